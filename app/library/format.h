// How the window writes names, sizes and counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/library/events.h"
#include "media/base/media_time.h"

namespace meanwhile {

// "0 B", "12.4 MB", "1.1 GB": powers of ten, as file managers write them.
std::string format_size(std::uint64_t bytes);

// What a title-less clip is called.
std::string title_or_untitled(std::string_view title);

// "0.5x", "1x", "1.25x".
std::string format_speed(double speed);

// "3" up to "99+".
std::string format_badge(int count);

// "Decision", "Answer needed", "For information".
std::string_view ask_kind_words(AskKind kind);

// How long free_bytes will do at the rate of the take so far: "about 3 h left on this disk", "Disk almost
// full: about 1 min left"; empty while the rate isn't known (under 3 s) or when it is more than 12 h.
std::string format_time_left(std::uint64_t free_bytes, std::uint64_t bytes, MediaTime elapsed);

// "about 2 to 12 MB a minute"; empty: nothing is known. least and most: bytes a minute.
std::string format_rate(std::uint64_t least, std::uint64_t most);

// text, cut after at most `count` bytes of its beginning, but never inside a character.
std::string_view utf8_prefix(std::string_view text, std::size_t count);

}  // namespace meanwhile
