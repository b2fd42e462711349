// Until when an answer is hoped for: as a person says it, and as it is read. Zones as in time_words.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "media/base/identifier.h"

namespace meanwhile {

// "16:00" (the next one), "today 16:00", "tomorrow 9:30", "Thu 16:00" or "Thursday 16:00" (the next one),
// "2026-12-03 16:00", in that zone; or RFC 3339. A time that summer time leaves out is the moment when it
// begins. nullopt: none of them.
std::optional<WallTime> parse_reply_by(std::string_view text, WallTime now, std::string_view zone);

// "today 16:00", "tomorrow 16:00", "Thu 16:00", "3 Dec 16:00": as somebody in that zone says it.
std::string reply_by_words(WallTime by, WallTime now, std::string_view zone);
// "in 20 min", "in 5 h", "in 3 days", "2 h ago".
std::string distance_words(WallTime then, WallTime now);

}  // namespace meanwhile
