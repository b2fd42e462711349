#include "app/link.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

constexpr std::string_view kScheme = "meanwhile://";
constexpr std::string_view kMoment = "?t=";

}  // namespace

std::string to_text(const ClipLink& link) {
  std::string text = std::string(kScheme) + link.library + "/" + link.clip;
  if (link.at) text += fmt::format("{}{:.1f}", kMoment, to_seconds(*link.at));
  return text;
}

bool is_link(std::string_view text) {
  return text.starts_with(kScheme);
}

Result<ClipLink> parse_link(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorCode::InvalidArgument,
                "'" + std::string(text.substr(0, 120)) + "' is not a link to a clip");
  };
  if (!is_link(text)) return bad();
  std::string_view rest = text.substr(kScheme.size());
  ClipLink link;
  if (const auto question = rest.find(kMoment); question != std::string_view::npos) {
    auto moment = parse_moment(rest.substr(question + kMoment.size()));
    if (!moment) return bad();
    link.at = *moment;
    rest = rest.substr(0, question);
  }
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) return bad();
  link.library = rest.substr(0, slash);
  link.clip = rest.substr(slash + 1);
  if (!is_clip_id(link.library) || !is_clip_id(link.clip)) return bad();
  return link;
}

}  // namespace meanwhile
