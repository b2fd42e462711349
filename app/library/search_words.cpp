#include "app/library/search_words.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/text.h"

namespace meanwhile {
namespace {

// More than anybody types; each word costs a search of its own.
constexpr std::size_t kMostWords = 12;
constexpr std::size_t kLongestQuery = 200;

// Kana, ideographs, Hangul, and their extensions and full-width forms.
bool is_written_without_spaces(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF66 && c <= 0xFF9D) || (c >= 0x20000 && c <= 0x3FFFF);
}

// Punctuation, signs and emoji, roughly: FTS5's tokenizer makes no word of them, and what asks for no word
// finds nothing.
constexpr std::pair<char32_t, char32_t> kSigns[] = {
    {0x00, 0x2F},     {0x3A, 0x40},       {0x5B, 0x60},       {0x7B, 0xA9},      {0xAB, 0xB1},
    {0xB4, 0xB4},     {0xB6, 0xB8},       {0xBB, 0xBB},       {0xBF, 0xBF},      {0xD7, 0xD7},
    {0xF7, 0xF7},     {0x2000, 0x206F},   {0x20A0, 0x20CF},   {0x2190, 0x245F},  {0x2500, 0x2775},
    {0x2794, 0x2BFF}, {0x2E00, 0x2E7F},   {0x3000, 0x3004},   {0x3008, 0x3020},  {0x3030, 0x3030},
    {0xFE00, 0xFE6F}, {0x1F000, 0x1F0FF}, {0x1F300, 0x1FAFF}, {0xE0000, 0xE01EF}};

bool is_sign(char32_t c) {
  return std::ranges::any_of(kSigns,
                             [c](const auto& range) { return c >= range.first && c <= range.second; });
}

bool has_letter(std::string_view word) {
  while (!word.empty()) {
    if (!is_sign(take_code_point(word).value_or(kReplacementCharacter))) return true;
  }
  return false;
}

std::vector<std::string> split_words(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty() && words.size() < kMostWords) {
    const auto space = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, space);
    if (has_letter(word)) words.emplace_back(word);
    line.remove_prefix(std::min(space + 1, line.size()));
  }
  return words;
}

// In quotes nothing is an operator; a quote in it is doubled. Source: SQLite, "FTS5 Strings".
std::string quote(std::string_view word) {
  std::string quoted = "\"";
  for (char c : word) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

std::string searchable_text(std::string_view text) {
  const std::string shown = display_text(text);
  std::string spaced;
  for (std::string_view rest = shown; !rest.empty();) {
    const char32_t c = take_code_point(rest).value_or(kReplacementCharacter);
    const bool stands_alone = is_written_without_spaces(c);
    if (stands_alone) spaced += ' ';
    append_code_point(spaced, c);
    if (stands_alone) spaced += ' ';
  }
  return spaced;
}

std::optional<std::string> match_expression(std::string_view words) {
  std::string expression;
  for (const std::string& word : split_words(display_line(words.substr(0, kLongestQuery)))) {
    if (!expression.empty()) expression += " AND ";
    // Characters that stand alone make a phrase: they must follow each other.
    expression += quote(searchable_text(word));
  }
  if (expression.empty()) return std::nullopt;
  return expression + " *";
}

}  // namespace meanwhile
