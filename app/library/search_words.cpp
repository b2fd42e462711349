#include "app/library/search_words.h"

#include <algorithm>
#include <vector>

#include "app/library/text.h"

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

// ASCII punctuation is no word for FTS5's tokenizer; about anything else it may decide itself.
bool has_letter(std::string_view word) {
  return std::ranges::any_of(word, [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  });
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
