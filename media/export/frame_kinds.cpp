#include "media/export/frame_kinds.h"

#include <chrono>
#include <optional>

#include "media/base/media_time.h"

namespace meanwhile {
namespace {

// Seeking in an ordinary player.
constexpr MediaTime kBetweenKeyframes = std::chrono::seconds(4);
// A talking face beside a still screen: B frames are always worth it there. What changes more may be another
// slide, or a film.
constexpr double kCalm = 0.25;
// As many as libx264's presets have.
constexpr int kMostBetween = 3;

}  // namespace

bool FrameKinds::is_key(MediaTime at) const {
  return !last_key_ || at - *last_key_ >= kBetweenKeyframes;
}

AVPictureType FrameKinds::of(const Upcoming& frame, const std::optional<Upcoming>& next) {
  const bool is_calm = frame.changes <= kCalm;
  const bool is_film = !is_calm && last_changes_ > kCalm;
  last_changes_ = frame.changes;
  if (is_key(frame.at)) {
    last_key_ = frame.at;
    is_after_search_ = false;
    between_ = 0;
    return AV_PICTURE_TYPE_I;
  }
  // What the encoder chooses may be a B frame, which none that is told may stand beside.
  const bool can_be_between =
      is_calm && !is_after_search_ && between_ < kMostBetween && next && !is_key(next->at);
  is_after_search_ = is_film;
  between_ = can_be_between ? between_ + 1 : 0;
  if (is_film) return AV_PICTURE_TYPE_NONE;
  return can_be_between ? AV_PICTURE_TYPE_B : AV_PICTURE_TYPE_P;
}

}  // namespace meanwhile
