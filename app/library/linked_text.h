// Text that people wrote, with the links in it found: what is shown, and which parts of it lead somewhere.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace meanwhile {

struct TextLink {
  std::size_t from = 0;  // bytes of the shown text
  std::size_t to = 0;
  std::string url;  // "https://…", "http://…" or "meanwhile://…": nothing else becomes a link

  friend bool operator==(const TextLink&, const TextLink&) = default;
};

struct LinkedText {
  std::string text;             // UTF-8, as the writer's
  std::vector<TextLink> links;  // in its order, apart from each other
};

// None: only bare addresses are links, the text stays byte for byte. Links: "[label](address)" becomes its
// label, and "- " or "* " at the beginning of a line a bullet, as in Markdown.
enum class Markup { None, Links };

// text: any bytes, of anybody.
LinkedText linked_text(std::string_view text, Markup markup);

}  // namespace meanwhile
