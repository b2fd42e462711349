// Places in a text, counted in bytes and in characters (UTF-8).
#pragma once

#include <cstddef>
#include <string_view>

namespace meanwhile {

// The others go on with one.
constexpr bool begins_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

// How many characters begin before that byte.
constexpr int characters_before(std::string_view text, std::size_t byte) {
  int count = 0;
  for (const char each : text.substr(0, byte)) count += begins_character(each) ? 1 : 0;
  return count;
}

// Where the character with that number begins; at the text's end, where it has fewer or the number is
// negative.
constexpr std::size_t byte_of_character(std::string_view text, int character) {
  if (character < 0) return text.size();
  for (std::size_t byte = 0; byte < text.size(); ++byte)
    if (begins_character(text[byte]) && character-- == 0) return byte;
  return text.size();
}

}  // namespace meanwhile
