// Names for things: ULIDs for clips, and wall-clock time as our formats write it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "media/base/result.h"

namespace meanwhile {

// Wall-clock time in UTC. Not to be trusted for order: see design of events.
using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

WallTime wall_now();

// RFC 3339 with milliseconds: "2026-11-22T20:34:47.123Z".
std::string format_rfc3339(WallTime time);
// Errors: InvalidArgument. Accepts any number of fractional digits, and offsets ("+02:00") besides "Z".
Result<WallTime> parse_rfc3339(std::string_view text);

// A clip's id: a ULID, 48 bits of time and 80 random bits, in 26 characters of lower-case Crockford base32.
std::string new_clip_id(WallTime time);
bool is_clip_id(std::string_view text);

// The month in a clip's id: "2026-11". id must be a clip id.
std::string month_of_clip(std::string_view id);

// 26 characters of lower-case Crockford base32: the form of device and person ids.
bool is_key_id(std::string_view text);

// Lower-case Crockford base32 of the first 130 bits of at least 17 bytes.
std::string base32_130(const unsigned char* bytes);

}  // namespace meanwhile
