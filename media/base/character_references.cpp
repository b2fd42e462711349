#include "media/base/character_references.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_map>

#include "media/base/character_names.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

using Characters = std::unordered_map<std::string_view, std::string_view>;

constexpr std::size_t kLongestName = 31;
constexpr std::size_t kLongestNumber = 16;
constexpr char32_t kNoBreakSpace = 0xA0;

// What old pages mean by 0x80 to 0x9F: their characters in Windows-1252.
constexpr std::array<char32_t, 32> kWindowsCharacters{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

Characters characters_in(std::string_view names) {
  Characters characters;
  while (!names.empty()) {
    const std::size_t name = names.find('=');
    const std::size_t end = names.find(' ', name);
    characters.emplace(names.substr(0, name), names.substr(name + 1, end - name - 1));
    names.remove_prefix(end + 1);
  }
  return characters;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

void add_code_point(std::string& plain, std::uint32_t number) {
  const bool is_none = number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF);
  char32_t character = is_none ? kReplacementCharacter : static_cast<char32_t>(number);
  if (character >= 0x80 && character < 0xA0) character = kWindowsCharacters[character - 0x80];
  const bool is_control = character < ' ' || (character >= 0x7F && character < 0xA0);
  append_code_point(plain, is_control || character == kNoBreakSpace ? U' ' : character);
}

// text: behind "&#".
bool take_number(std::string_view& text, std::string& plain) {
  const bool is_hex = text.starts_with('x') || text.starts_with('X');
  const std::string_view digits = text.substr(is_hex ? 1 : 0, kLongestNumber);
  std::uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, is_hex ? 16 : 10);
  if (end == digits.data()) return false;
  add_code_point(plain, error == std::errc() ? number : 0);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(';')) text.remove_prefix(1);
  return true;
}

// text: behind "&".
bool take_name(std::string_view& text, std::string& plain) {
  static const Characters with_end = characters_in(names_with_end());
  static const Characters without_end = characters_in(names_without_end());
  const auto* const last =
      std::find_if_not(text.begin(), text.begin() + std::min(text.size(), kLongestName), is_letter_or_digit);
  const std::string_view name(text.begin(), static_cast<std::size_t>(last - text.begin()));
  const bool has_end = text.substr(name.size()).starts_with(';');
  if (has_end && (name == "nbsp" || name == "NonBreakingSpace" || name == "Tab" || name == "NewLine")) {
    plain += ' ';
    text.remove_prefix(name.size() + 1);
    return true;
  }
  if (const auto found = with_end.find(name); has_end && found != with_end.end()) {
    plain += found->second;
    text.remove_prefix(name.size() + 1);
    return true;
  }
  for (std::size_t size = name.size(); size > 1; --size) {
    const auto found = without_end.find(name.substr(0, size));
    if (found == without_end.end()) continue;
    plain += found->second;
    text.remove_prefix(size + (text.substr(size).starts_with(';') ? 1 : 0));
    return true;
  }
  return false;
}

}  // namespace

void take_reference(std::string_view& text, std::string& plain) {
  std::string_view behind = text.substr(1);
  if (behind.starts_with('#')) {
    behind.remove_prefix(1);
    if (take_number(behind, plain)) {
      text = behind;
      return;
    }
  } else if (take_name(behind, plain)) {
    text = behind;
    return;
  }
  plain += '&';
  text.remove_prefix(1);
}

}  // namespace meanwhile
