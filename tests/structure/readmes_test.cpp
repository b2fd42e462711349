// What the READMEs, decisions and formats name is there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "tests/support/environment.h"

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string> kTops{"app", "media", "upload", "tests", "third_party", "findings"};

// Relative to the root, with '/'.
std::vector<std::string> files_below(const fs::path& root) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(root)) {
    if (entry.is_regular_file()) files.push_back(entry.path().filename().generic_string());
  }
  for (const auto& top : kTops) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), root).generic_string());
    }
  }
  return files;
}

// `media/base/result.h`, `source.cpp`, [FORMAT.md](FORMAT.md): what looks like a file of ours.
std::vector<std::string> named_files(const fs::path& text) {
  std::ifstream file(text);
  const std::string words{std::istreambuf_iterator(file), {}};
  static const std::regex name(
      R"((?:`|\]\()((?:\.\./)*[a-z_][A-Za-z0-9_/-]*\.(?:cpp|h|sh)|[A-Za-z_./]+\.md)[`)])");
  std::vector<std::string> named;
  for (auto found = std::sregex_iterator(words.begin(), words.end(), name); found != std::sregex_iterator();
       ++found)
    named.push_back((*found)[1]);
  return named;
}

bool ends_in(const std::string& file, const std::string& name) {
  return file == name || file.ends_with("/" + name);
}

// "app/README.md names gone.cpp", for each that isn't there.
std::vector<std::string> missing_files(const fs::path& root) {
  std::vector<std::string> missing;
  const auto files = files_below(root);
  for (const auto& file : files) {
    if (!file.ends_with(".md")) continue;
    for (const auto& name : named_files(root / file)) {
      const bool is_there = fs::exists((root / file).parent_path() / name) ||
                            std::ranges::any_of(files, [&](const auto& each) { return ends_in(each, name); });
      if (!is_there) missing.push_back(file + " names " + name);
    }
  }
  return missing;
}

TEST(Readmes, NameFilesThatAreThere) {
  EXPECT_THAT(missing_files(MEANWHILE_SOURCE_DIR), IsEmpty());
}

TEST(Readmes, ThatNameWhatIsGoneAreFound) {
  const ScopedFolder folder;
  fs::create_directories(folder.path() / "app/cli");
  std::ofstream(folder.path() / "app/cli/list.cpp") << "\n";
  std::ofstream(folder.path() / "app/README.md")
      << "`cli/list.cpp`, `list.cpp`, `cli/gone.cpp`, [why](WHY.md)\n";
  EXPECT_THAT(missing_files(folder.path()),
              ElementsAre("app/README.md names cli/gone.cpp", "app/README.md names WHY.md"));
}

TEST(Readmes, FitOnOneScreen) {
  constexpr std::ptrdiff_t kMostLines = 90;
  const fs::path root = MEANWHILE_SOURCE_DIR;
  for (const auto& file : files_below(root)) {
    if (!ends_in(file, "README.md")) continue;
    std::ifstream text(root / file);
    EXPECT_LE(std::count(std::istreambuf_iterator(text), {}, '\n'), kMostLines) << file;
  }
}

}  // namespace
}  // namespace meanwhile::test
