// The catalogs of the program's languages: whole, and fit for the source.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/child_process.h"
#include "tests/structure/po_file.h"
#include "tests/support/environment.h"

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = MEANWHILE_SOURCE_DIR;

// "{} of {1:.0f}": which argument, and how it is written.
std::set<std::pair<int, std::string>> placeholders(std::string_view text) {
  std::set<std::pair<int, std::string>> found;
  int next = 0;
  for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
    if (text.substr(at).starts_with("{{")) {
      ++at;
      continue;
    }
    const std::string_view inside = text.substr(at + 1, text.find('}', at) - at - 1);
    const auto colon = std::min(inside.find(':'), inside.size());
    const std::string number(inside.substr(0, colon));
    found.emplace(number.empty() ? next++ : std::stoi(number), inside.substr(colon));
  }
  return found;
}

bool fits(const PoEntry& entry) {
  const auto of_one = placeholders(entry.id);
  const auto of_many = placeholders(entry.plural);
  for (const std::string& said : entry.said) {
    const auto here = placeholders(said);
    // The form for one may leave the number out.
    const bool is_whole =
        entry.plural.empty() ? here == of_one : std::ranges::includes(of_many, here) || here == of_one;
    if (!is_whole) return false;
  }
  // The one for most numbers may not.
  return entry.plural.empty() || placeholders(entry.said.back()) == of_many;
}

std::vector<fs::path> catalogs() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kSource / "app/languages"))
    if (entry.path().extension() == ".po") files.push_back(entry.path());
  return files;
}

using Sentence = std::pair<std::string, std::string>;  // context, English

TEST(Catalogs, HaveASentenceForEachOfTheirs) {
  ASSERT_GE(catalogs().size(), 2);
  for (const fs::path& file : catalogs()) {
    const auto entries = read_po(file);
    EXPECT_GT(entries.size(), 2000) << file;
    for (const PoEntry& entry : entries) {
      EXPECT_FALSE(entry.is_fuzzy) << file << ": " << entry.id;
      for (const std::string& said : entry.said) EXPECT_NE(said, "") << file << ": " << entry.id;
      EXPECT_TRUE(fits(entry)) << file << ": " << entry.id;
      for (const std::string& said : entry.said) {
        EXPECT_EQ(said.starts_with(' '), entry.id.starts_with(' ')) << file << ": " << entry.id;
        EXPECT_EQ(said.ends_with('\n'), entry.id.ends_with('\n')) << file << ": " << entry.id;
      }
    }
  }
}

// After a change of the source: app/languages/update.sh, and translate what is new.
TEST(Catalogs, HaveWhatTheSourceSays) {
  if (!fs::exists(kSource / ".git")) GTEST_SKIP() << "the sources are no checkout";
  const ScopedFolder folder;
  const fs::path made = folder.path() / "meanwhile.pot";
  const auto status = run_program({(kSource / "app/languages/update.sh").string(), "pot", made.string()}, {});
  ASSERT_EQ(status.value_or(-1), 0);
  std::set<Sentence> wanted;
  for (const PoEntry& entry : read_po(made)) wanted.emplace(entry.context, entry.id);
  for (const fs::path& file : catalogs()) {
    std::set<Sentence> there;
    for (const PoEntry& entry : read_po(file)) there.emplace(entry.context, entry.id);
    for (const Sentence& sentence : wanted)
      EXPECT_TRUE(there.contains(sentence)) << file << " lacks: " << sentence.second;
    for (const Sentence& sentence : there)
      EXPECT_TRUE(wanted.contains(sentence)) << file << " has what nobody says: " << sentence.second;
  }
}

}  // namespace
}  // namespace meanwhile::test
