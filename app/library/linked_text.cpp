#include "app/library/linked_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace meanwhile {
namespace {

constexpr std::array<std::string_view, 3> kSchemes{"https://", "http://", "meanwhile://"};
constexpr std::size_t kLongestAddress = 2000;
constexpr std::size_t kMostLinks = 200;

bool ends_address(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= ' ' || byte == 0x7F || std::string_view("<>\"`{}|\\^").find(c) != std::string_view::npos;
}

bool is_within_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Of the address that text begins with; 0: it begins with none. What ends a sentence isn't part of it, nor is
// a bracket that wasn't opened in it.
std::size_t address_length(std::string_view text) {
  const auto scheme = std::ranges::find_if(kSchemes, [&](auto one) { return text.starts_with(one); });
  if (scheme == kSchemes.end()) return 0;
  std::size_t length = scheme->size();
  while (length < text.size() && !ends_address(text[length])) ++length;
  const auto count = [&](char c) { return std::ranges::count(text.substr(0, length), c); };
  while (length > scheme->size()) {
    const char last = text[length - 1];
    const bool is_loose =
        (last == ')' && count(')') > count('(')) || (last == ']' && count(']') > count('['));
    if (!is_loose && std::string_view(".,;:!?'*_").find(last) == std::string_view::npos) break;
    --length;
  }
  return length > scheme->size() && length <= kLongestAddress ? length : 0;
}

struct NamedLink {
  std::string_view label;
  std::string_view url;
  std::size_t length = 0;  // of all of it
};

// "[label](address)" at the beginning of text.
std::optional<NamedLink> named_link(std::string_view text) {
  if (!text.starts_with('[')) return std::nullopt;
  const std::size_t close = text.find_first_of("]\n", 1);
  if (close == std::string_view::npos || close == 1 || text[close] != ']') return std::nullopt;
  if (close + 1 >= text.size() || text[close + 1] != '(') return std::nullopt;
  const std::string_view rest = text.substr(close + 2);
  const std::size_t end = rest.find_first_of(") \n");
  if (end == std::string_view::npos || rest[end] != ')') return std::nullopt;
  const std::string_view url = rest.substr(0, end);
  if (address_length(url) != url.size()) return std::nullopt;
  return NamedLink{text.substr(1, close - 1), url, close + 2 + end + 1};
}

}  // namespace

LinkedText linked_text(std::string_view text, Markup markup) {
  LinkedText linked;
  std::size_t at = 0;
  const auto add_link = [&](std::string_view shown, std::string_view url) {
    const std::size_t from = linked.text.size();
    linked.text += shown;
    linked.links.push_back({from, linked.text.size(), std::string(url)});
  };
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    const bool begins_line = at == 0 || text[at - 1] == '\n';
    if (markup == Markup::Links && begins_line && (rest.starts_with("- ") || rest.starts_with("* "))) {
      linked.text += "• ";
      at += 2;
      continue;
    }
    const bool has_room = linked.links.size() < kMostLinks;
    const auto named = markup == Markup::Links && has_room ? named_link(rest) : std::nullopt;
    if (named) {
      add_link(named->label, named->url);
      at += named->length;
      continue;
    }
    const bool begins_word = at == 0 || !is_within_word(text[at - 1]);
    const std::size_t length = begins_word && has_room ? address_length(rest) : 0;
    if (length > 0) {
      add_link(rest.substr(0, length), rest.substr(0, length));
      at += length;
      continue;
    }
    linked.text += text[at++];
  }
  return linked;
}

}  // namespace meanwhile
