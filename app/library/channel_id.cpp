// Channel ids: see events.h.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/library/ascii.h"
#include "app/library/events.h"
#include "app/library/hash.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestSlug = 50;  // leaves room for "-" and the hash

bool is_id_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

}  // namespace

bool is_channel_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId &&
         std::ranges::all_of(text, [](char c) { return is_id_letter(c) || c == '-'; });
}

std::string channel_id_for(std::string_view name) {
  const std::string line = ascii_lower(display_line(name));
  std::string slug;
  bool is_whole = true;
  for (char c : line) {
    is_whole = is_whole && (is_id_letter(c) || c == ' ' || c == '-');
    if (is_id_letter(c)) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  is_whole = is_whole && slug.size() <= kLongestSlug;
  slug.resize(std::min(slug.size(), kLongestSlug));
  while (slug.ends_with('-')) slug.pop_back();
  if (slug.empty()) slug = "channel";
  return is_whole ? slug : fmt::format("{}-{:08x}", slug, static_cast<std::uint32_t>(fnv1a(line)));
}

}  // namespace meanwhile
