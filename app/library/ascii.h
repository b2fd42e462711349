// Letters of plain ASCII, for what machines read: links, names in a text.
#pragma once

namespace meanwhile {

// Whatever else it is, it stays.
constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace meanwhile
