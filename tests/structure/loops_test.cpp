// No range-for goes over the inside of a temporary: compilers before GCC 15 end it before the first round.
// Source: P2718, C++23 [class.temporary].
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "tests/support/environment.h"

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint64_t kLargestFile = 10 << 20;

// Up to the bracket that closes what was opened before the text.
std::string_view inside(std::string_view text) {
  int depth = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::string_view("([{").contains(text[i])) ++depth;
    if (std::string_view(")]}").contains(text[i]) && --depth == 0) return text.substr(0, i);
  }
  return text;
}

// What a loop goes over, by what stands in its brackets; nullopt: it counts.
std::optional<std::string_view> range_of(std::string_view head) {
  constexpr std::string_view kColon = " : ";
  const auto colon = head.find(kColon);
  if (colon == head.npos || head.substr(0, colon).contains("; ")) return std::nullopt;
  return head.substr(colon + kColon.size());
}

// As far as can be told without types: what a call gave is looked into.
bool is_inside_of_temporary(std::string_view range) {
  const bool is_call = range.ends_with(')');
  return (range.starts_with('*') && is_call) || range.ends_with(").items()") || range.contains(".lock()->") ||
         range.contains(")[");
}

std::vector<std::string> loops_over_temporaries(std::string_view text) {
  constexpr std::string_view kLoop = "for (";
  std::vector<std::string> found;
  for (auto at = text.find(kLoop); at != text.npos; at = text.find(kLoop, at + 1)) {
    const auto range = range_of(inside(text.substr(at + kLoop.size())));
    if (range && is_inside_of_temporary(*range)) found.emplace_back(*range);
  }
  return found;
}

TEST(Loops, GoOverNoInsideOfATemporary) {
  std::vector<std::string> found;
  for (const char* top : {"app", "media", "upload", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(MEANWHILE_SOURCE_DIR) / top)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      if (entry.path().filename() == "loops_test.cpp") continue;
      const auto text = read_file(entry.path(), kLargestFile);
      ASSERT_TRUE(text) << text.error().message;
      for (const std::string& range : loops_over_temporaries(as_text(*text)))
        found.push_back(entry.path().string() + ": " + range);
    }
  }
  EXPECT_THAT(found, IsEmpty());
}

TEST(Loops, OverTheInsideOfATemporaryAreFound) {
  EXPECT_THAT(loops_over_temporaries("for (auto* library : *context.libraries()) {"),
              ElementsAre("*context.libraries()"));
  EXPECT_THAT(loops_over_temporaries("for (const auto& [name, value] : to_json(all).items()) {"),
              ElementsAre("to_json(all).items()"));
  EXPECT_THAT(loops_over_temporaries("for (const Json& use : done(\"ben\", {\"usage\"})[\"all\"]) {"),
              ElementsAre("done(\"ben\", {\"usage\"})[\"all\"]"));
  EXPECT_THAT(loops_over_temporaries("for (int socket : state_.lock()->sockets) close(socket);"),
              ElementsAre("state_.lock()->sockets"));
}

TEST(Loops, OverWhatLivesLongEnoughAreNot) {
  EXPECT_THAT(loops_over_temporaries("for (auto* library : *libraries) {"), IsEmpty());
  EXPECT_THAT(loops_over_temporaries("for (const auto& [name, value] : json.items()) {"), IsEmpty());
  EXPECT_THAT(loops_over_temporaries("for (const Take& take : list_takes(home)) {"), IsEmpty());
  EXPECT_THAT(loops_over_temporaries("for (int i = 0; i < *count(); ++i) {"), IsEmpty());
}

}  // namespace
}  // namespace meanwhile::test
