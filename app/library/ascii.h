// Letters of plain ASCII, for what machines read: links, ids, file names, names in a text.
#pragma once

#include <string>

namespace meanwhile {

// Whatever else it is, it stays.
constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string ascii_lower(std::string text) {
  for (char& c : text) c = ascii_lower(c);
  return text;
}

}  // namespace meanwhile
