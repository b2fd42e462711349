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
bool is_link(std::string_view text);
// Errors: InvalidArgument.
Result<ClipLink> parse_link(std::string_view text);

}  // namespace meanwhile
