// A clip's chapters and comments as markers on a timeline, for programs that cut films.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/index.h"
#include "media/base/media_time.h"

namespace meanwhile {

// Frames a second: numerator / denominator.
struct FrameRate {
  int numerator = 30;
  int denominator = 1;
  bool operator==(const FrameRate&) const = default;
};

// "24", "25", "29.97", ...: those that such programs know. kFrameRates: all of them, for a person.
inline constexpr const char* kFrameRates = "23.976, 24, 25, 29.97, 30, 50, 59.94 or 60";
std::optional<FrameRate> parse_frame_rate(std::string_view text);

// The frame that is on show at that moment, to half a frame.
std::int64_t frame_of(MediaTime at, const FrameRate& rate);

enum class MarkerKind { Chapter, Comment, Question };

struct Marker {
  MarkerKind kind = MarkerKind::Comment;
  MediaTime at{};
  MediaTime length{};  // 0: a moment
  std::string title;   // one line: the chapter's name, or "Anna: Is that this month's?", shortened
  std::string note;    // all of it, with the replies; "" of a chapter
  bool is_resolved = false;
};

// By time, chapters first. Texts are ready to be shown. Deleted comments are left out.
std::vector<Marker> markers_of(const Clip& clip, const std::vector<Thread>& threads);

}  // namespace meanwhile
