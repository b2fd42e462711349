// No sentence for a person is outside of the catalogs (media/base/translation.h).
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/structure/literals.h"

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;

// Who is given one has it translated, or says it to nobody but a log, a program or a developer.
const std::set<std::string_view> kTakers{
    "tr",  "tr_in",    "tr_format",     "tr_format_in", "tr_count",      "tr_later",
    "log", "log_once", "runtime_error", "logic_error",  "static_assert", "warn_unless"};

bool is_sentence(std::string_view text) {
  static const std::regex words("[A-Za-z]{2,},? [a-zA-Z]{2,}");
  return std::regex_search(text.begin(), text.end(), words);
}

bool is_taken(const Literal& literal) {
  return std::ranges::any_of(literal.calls, [](const std::string& call) { return kTakers.contains(call); });
}

std::string read(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator(in), {}};
}

std::vector<std::string> outside_of_catalogs(std::string_view source) {
  std::vector<std::string> sentences;
  for (const Literal& literal : literals_of(source))
    if (is_sentence(literal.text) && !is_taken(literal)) sentences.push_back(literal.text);
  return sentences;
}

// A line each: what people don't see as our words, or see in English for a reason.
std::set<std::string> left_in_english() {
  std::ifstream in(fs::path(MEANWHILE_SOURCE_DIR) / "tests/structure/left_in_english.txt");
  std::set<std::string> lines;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && !line.starts_with('#')) lines.insert(line);
  return lines;
}

TEST(Translated, ScansWhatStandsInCalls) {
  EXPECT_THAT(
      outside_of_catalogs("f(\"not in it\"); tr(\"it is in\"); g(tr_format(\"so is\" \" {} this\", x));"
                          "// \"in a comment\"\n"
                          "const char* k = \"one\" /* x */ \" and more\"; log(\"to a log\");"),
      ElementsAre("not in it", "one and more"));
}

TEST(Translated, NoSentenceForAPersonIsOutside) {
  const std::set<std::string> left = left_in_english();
  std::vector<std::string> outside;
  for (const char* folder : {"app/ui", "app/window", "app/cli", "app/speech"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(MEANWHILE_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      if (entry.path().parent_path().filename() == "manual") continue;  // made once, in English
      for (const std::string& sentence : outside_of_catalogs(read(entry.path()))) {
        if (!left.contains(sentence))
          outside.push_back(fmt::format("{}: {}", entry.path().filename().string(), sentence));
      }
    }
  }
  EXPECT_EQ(fmt::format("{}", fmt::join(outside, "\n")), "")
      << "wrap them in tr(), or say why not in tests/structure/left_in_english.txt";
}

// Errors are shown to people, wherever they come from.
TEST(Translated, NoErrorIsOutside) {
  const std::set<std::string> left = left_in_english();
  std::vector<std::string> outside;
  for (const char* folder : {"app", "media", "upload"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(MEANWHILE_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cpp") continue;
      for (const Literal& literal : literals_of(read(entry.path())))
        if (std::ranges::find(literal.calls, "fail") != literal.calls.end() && is_sentence(literal.text) &&
            !is_taken(literal) && !left.contains(literal.text))
          outside.push_back(
              fmt::format("{}:{}: {}", entry.path().filename().string(), literal.line, literal.text));
    }
  }
  EXPECT_EQ(fmt::format("{}", fmt::join(outside, "\n")), "");
}

}  // namespace
}  // namespace meanwhile::test
