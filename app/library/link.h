// Links to clips: meanwhile://<library id>/<clip id>?t=<seconds>, which the desktop hands to this program.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

struct ClipLink {
  std::string library;
  std::string clip;
  std::optional<MediaTime> at;
};

std::string to_text(const ClipLink& link);

// As browsers, chats and mail hand links on: in quotes or brackets, with a full stop or a slash at the end,
// in capitals, percent-encoded, with members of a query that aren't ours. A moment that can't be read is
// none.
bool is_link(std::string_view text);
// Errors: InvalidArgument.
Result<ClipLink> parse_link(std::string_view text);

// What stands where a clip is wanted: a link, or a word for a clip, which is then `clip`, without a library.
// Errors: InvalidArgument (a link that leads nowhere).
Result<ClipLink> parse_clip_reference(const std::string& text);

}  // namespace meanwhile
