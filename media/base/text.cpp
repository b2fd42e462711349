#include "media/base/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace meanwhile {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

struct Lead {
  int continuations;
  char32_t bits;
  char32_t smallest;  // below it the form is overlong
};

std::optional<Lead> read_lead(unsigned char byte) {
  if (byte < 0x80) return Lead{0, byte, 0};
  if ((byte & 0xE0) == 0xC0) return Lead{1, byte & 0x1Fu, 0x80};
  if ((byte & 0xF0) == 0xE0) return Lead{2, byte & 0x0Fu, 0x800};
  if ((byte & 0xF8) == 0xF0) return Lead{3, byte & 0x07u, 0x10000};
  return std::nullopt;
}

// Most of what people write, and quickly passed over. How much it was.
std::size_t take_ascii(std::string_view& text) {
  const auto other = std::ranges::find_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const auto length = static_cast<std::size_t>(other - text.begin());
  text.remove_prefix(length);
  return length;
}

struct CodeRange {
  char32_t first;
  char32_t last;
};

// What is never shown: C0 and C1 controls, soft hyphen, Arabic letter mark, zero-width space, direction
// marks, embeddings and overrides, invisible operators and isolates, byte order mark and annotations, tags.
// ZWNJ and ZWJ (U+200C, U+200D) stay: scripts and emoji need them.
constexpr std::array<CodeRange, 11> kUnseen = {{{0x00, 0x08},
                                                {0x0B, 0x1F},
                                                {0x7F, 0x9F},
                                                {0xAD, 0xAD},
                                                {0x61C, 0x61C},
                                                {0x200B, 0x200B},
                                                {0x200E, 0x200F},
                                                {0x202A, 0x202E},
                                                {0x2060, 0x206F},
                                                {0xFEFF, 0xFEFF},
                                                {0xE0000, 0xE007F}}};

bool is_unseen(char32_t c) {
  return std::ranges::any_of(kUnseen,
                             [c](const CodeRange& range) { return c >= range.first && c <= range.last; }) ||
         (c >= 0xFFF9 && c <= 0xFFFB);
}

// Hebrew, Arabic, Syriac, Thaana, NKo and their kin, with the forms for presentation.
constexpr std::array<CodeRange, 5> kRightToLeft = {
    {{0x590, 0x8FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}}};

bool is_right_to_left(char32_t c) {
  return std::ranges::any_of(kRightToLeft,
                             [c](const CodeRange& range) { return c >= range.first && c <= range.last; });
}

bool is_line_end(char32_t c) {
  return c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
         c == 0x205F || c == 0x3000 || is_line_end(c);
}

}  // namespace

std::optional<char32_t> take_code_point(std::string_view& text) {
  const auto lead = read_lead(static_cast<unsigned char>(text.front()));
  const auto invalid = [&] {
    text.remove_prefix(1);
    return std::nullopt;
  };
  if (!lead || text.size() <= static_cast<std::size_t>(lead->continuations)) return invalid();
  char32_t code_point = lead->bits;
  for (std::size_t i = 1; i <= static_cast<std::size_t>(lead->continuations); ++i) {
    if (!is_continuation(text[i])) return invalid();
    code_point = code_point << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  }
  const bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < lead->smallest || code_point > 0x10FFFF || is_surrogate) return invalid();
  text.remove_prefix(static_cast<std::size_t>(lead->continuations) + 1);
  return code_point;
}

void append_code_point(std::string& text, char32_t c) {
  const auto tail = [&](int shift) { text += static_cast<char>(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | c >> 6);
    tail(0);
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | c >> 12);
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0 | c >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_valid_utf8(std::string_view text) {
  for (take_ascii(text); !text.empty(); take_ascii(text)) {
    if (!take_code_point(text)) return false;
  }
  return true;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = take_ascii(text);
  for (; !text.empty(); count += 1 + take_ascii(text)) take_code_point(text);
  return count;
}

std::string replace_invalid_utf8(std::string_view text) {
  if (is_valid_utf8(text)) return std::string(text);
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) append_code_point(valid, take_code_point(text).value_or(kReplacementCharacter));
  return valid;
}

std::string display_text(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = take_code_point(text).value_or(kReplacementCharacter);
    // "\r\n" is one line end, a lone "\r" too.
    const bool is_return = c == '\r' && !text.starts_with('\n');
    if (is_return || is_line_end(c)) {
      shown += '\n';
    } else if (!is_unseen(c)) {
      append_code_point(shown, c);
    }
  }
  return shown;
}

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    const char32_t c = take_code_point(text).value_or(kReplacementCharacter);
    if (!is_space(c) && !is_unseen(c)) return false;
  }
  return true;
}

std::string display_line(std::string_view text) {
  const std::string shown = display_text(text);
  std::string line;
  bool space_waits = false;
  for (std::string_view rest = shown; !rest.empty();) {
    const char32_t c = take_code_point(rest).value_or(kReplacementCharacter);
    if (is_space(c)) {
      space_waits = !line.empty();
      continue;
    }
    if (std::exchange(space_waits, false)) line += ' ';
    append_code_point(line, c);
  }
  return line;
}

std::string isolated(std::string_view text) {
  constexpr std::string_view kFirstStrongIsolate = "\u2068";
  constexpr std::string_view kPopIsolate = "\u2069";
  for (std::string_view rest = text; !rest.empty();)
    if (is_right_to_left(take_code_point(rest).value_or(0)))
      return std::string(kFirstStrongIsolate).append(text).append(kPopIsolate);
  return std::string(text);
}

std::string shorten(std::string_view text, std::size_t characters) {
  std::string_view rest = text;
  for (std::size_t i = 0; i < characters && !rest.empty(); ++i) take_code_point(rest);
  if (rest.empty()) return std::string(text);
  return std::string(text.substr(0, text.size() - rest.size())) + "…";
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace meanwhile
