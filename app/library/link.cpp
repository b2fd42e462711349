#include "app/library/link.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "app/library/ascii.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/http/url.h"

namespace meanwhile {
namespace {

constexpr std::string_view kLinkScheme = "meanwhile:";
constexpr std::string_view kMoment = "t=";
constexpr std::size_t kIdLength = 26;
// A fragment may carry the moment too, and "&amp;" is what web pages make of "&".
constexpr std::string_view kSeparators = "?&;#";

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool has_words(std::string_view text) {
  return std::ranges::any_of(text, is_letter_or_digit);
}

// From the scheme to the first space, in lower case: a link has plain ASCII, so whatever else came along,
// like a curly quote or a place where a chat may break the line, is none of it. "": no link.
std::string bare(std::string_view text) {
  std::string plain;
  for (const char c : percent_decode(text)) {
    if (c > ' ' && c <= '~') plain += ascii_lower(c);
    if ((c == ' ' || c == '\n' || c == '\r' || c == '\t') && has_words(plain)) break;
  }
  const auto begin = plain.find(kLinkScheme);
  if (begin == std::string::npos || has_words(std::string_view(plain).substr(0, begin))) return "";
  return plain.substr(begin);
}

std::string_view without_slashes(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of('/'), text.size()));
}

std::optional<MediaTime> moment_of(std::string_view text) {
  while (!text.empty() && !is_letter_or_digit(text.back())) text.remove_suffix(1);
  if (const auto moment = parse_moment(text)) return *moment;
  if (const auto length = parse_duration(text)) return *length;
  return std::nullopt;
}

std::optional<MediaTime> moment_in_query(std::string_view query) {
  while (!query.empty()) {
    query.remove_prefix(1);
    const auto member = query.substr(0, query.find_first_of(kSeparators));
    if (member.starts_with(kMoment)) {
      if (const auto moment = moment_of(member.substr(kMoment.size()))) return moment;
    }
    query.remove_prefix(member.size());
  }
  return std::nullopt;
}

}  // namespace

std::string to_text(const ClipLink& link) {
  std::string text = fmt::format("{}//{}/{}", kLinkScheme, link.library, link.clip);
  if (link.at) text += fmt::format("?{}{:.1f}", kMoment, to_seconds(*link.at));
  return text;
}

bool is_link(std::string_view text) {
  return bare(text).starts_with(std::string(kLinkScheme) + "/");
}

Result<ClipLink> parse_link(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorCode::InvalidArgument, tr_format("'{}' is not a link to a clip", text.substr(0, 120)));
  };
  if (!is_link(text)) return bad();
  const std::string link = bare(text);
  const auto path = without_slashes(std::string_view(link).substr(kLinkScheme.size()));
  const auto library = path.substr(0, kIdLength);
  const auto below = path.substr(library.size());
  const auto clip = without_slashes(below).substr(0, kIdLength);
  const auto behind = without_slashes(below).substr(clip.size());
  const auto query = behind.substr(std::min(behind.find_first_of(kSeparators), behind.size()));
  const auto closing = behind.substr(0, behind.size() - query.size());
  if (!below.starts_with('/') || !is_clip_id(library) || !is_clip_id(clip) || has_words(closing))
    return bad();
  return ClipLink{.library = std::string(library), .clip = std::string(clip), .at = moment_in_query(query)};
}

Result<ClipLink> parse_clip_reference(const std::string& text) {
  if (is_link(text)) return parse_link(text);
  return ClipLink{.library = "", .clip = text, .at = {}};
}

}  // namespace meanwhile
