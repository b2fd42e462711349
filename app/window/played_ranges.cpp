#include "app/window/played_ranges.h"

#include <chrono>

#include "media/base/media_time.h"

namespace meanwhile {
namespace {

// Time that passes between two looks at a playing clip; more is a seek.
constexpr std::chrono::seconds kLargestStep{4};
// A glance is no watching.
constexpr std::chrono::milliseconds kShortestWatch{500};

}  // namespace

bool PlayedRanges::follow(MediaTime position, bool is_playing) {
  const bool is_step = position >= position_ && position - position_ < kLargestStep;
  if (!is_step) cut();
  position_ = position;
  if (is_playing && !since_) since_ = position;
  if (is_playing || !since_) return false;
  cut();
  return true;
}

void PlayedRanges::cut() {
  if (since_ && position_ - *since_ >= kShortestWatch) ranges_.push_back({*since_, position_});
  since_.reset();
}

}  // namespace meanwhile
