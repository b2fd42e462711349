// Every thread of the program has a name: only NamedThread makes any.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;

// std::thread::id and std::this_thread make none.
bool makes_thread(const std::string& line) {
  static const std::regex kMakers(R"(std::j?thread\b(?!::)|std::async\b|pthread_create|SDL_CreateThread)");
  return std::regex_search(line, kMakers);
}

struct Line {
  std::string file;  // relative to the root
  std::string text;
};

std::vector<Line> all_lines(const fs::path& root) {
  std::vector<Line> lines;
  for (const char* top : {"app", "media", "upload"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
      std::ifstream in(entry.path());
      const std::string file = fs::relative(entry.path(), root).generic_string();
      for (std::string line; std::getline(in, line);) lines.push_back({file, line});
    }
  }
  return lines;
}

std::vector<std::string> makers_of_threads(const fs::path& root) {
  std::vector<std::string> found;
  for (const auto& [file, line] : all_lines(root)) {
    if (makes_thread(line)) found.push_back(file);
  }
  return found;
}

// Names that Linux would cut (prctl(2), PR_SET_NAME).
std::vector<std::string> names_too_long(const fs::path& root) {
  static const std::regex kName(R"re((?:NamedThread|thread_)\("([^"]{16,})")re");
  std::vector<std::string> found;
  for (const auto& [file, line] : all_lines(root)) {
    std::smatch match;
    if (std::regex_search(line, match, kName)) found.push_back(match[1]);
  }
  return found;
}

TEST(Threads, AreMadeByNamedThreadOnly) {
  EXPECT_THAT(makers_of_threads(MEANWHILE_SOURCE_DIR), testing::Each("media/base/named_thread.h"));
}

TEST(Threads, HaveNamesThatTheSystemKeeps) {
  EXPECT_THAT(names_too_long(MEANWHILE_SOURCE_DIR), testing::IsEmpty());
}

TEST(Threads, AreSeenWhereTheyAreMade) {
  EXPECT_TRUE(makes_thread("  std::jthread thread_;"));
  EXPECT_TRUE(makes_thread("auto opening = std::async(std::launch::async, work);"));
  EXPECT_FALSE(makes_thread("std::thread::hardware_concurrency(); std::this_thread::get_id();"));
}

}  // namespace
}  // namespace meanwhile::test
