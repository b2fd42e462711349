#include "media/record/picture_health.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/capture/sinks.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

constexpr int kRowStep = 8;
constexpr int kColumnStep = 4;
// One in so many may shine all the time.
constexpr int kHotPixels = 1000;
constexpr MediaTime kUnseen = std::chrono::seconds(1);

}  // namespace

// FNV-1a. Source: RFC 9923.
PictureMark mark_of(const AVFrame& frame) {
  PictureMark mark{.hash = 14695981039346656037ULL, .is_black = false};
  int seen = 0;
  int bright = 0;
  for (int y = 0; y < frame.height; y += kRowStep) {
    const std::uint8_t* row = frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0];
    for (int x = y / kRowStep % kColumnStep; x < frame.width; x += kColumnStep) {
      mark.hash = (mark.hash ^ row[x]) * 1099511628211ULL;
      if (row[x] > kBlack) ++bright;
      ++seen;
    }
  }
  mark.is_black = bright <= seen / kHotPixels;
  return mark;
}

void PictureHealth::wait(MonotonicTime now) {
  if (!waited_since_) waited_since_ = now;
}

void PictureHealth::add(const PictureMark& mark, MonotonicTime at, bool is_recorded) {
  const bool is_same = newest_ && mark.hash == hash_;
  // What nobody saw, because this program stood still, was neither black nor the same.
  const bool is_behind_a_hole = newest_ && at - *newest_ > kUnseen;
  if (is_behind_a_hole) black_since_.reset();
  if (!is_same || is_behind_a_hole) same_since_ = at;
  hash_ = mark.hash;
  newest_ = at;
  const bool is_black = mark.is_black;
  if (!is_black) black_since_.reset();
  if (is_black && !black_since_) black_since_ = at;
  if (!is_recorded) return;
  longest_gap_ = std::max(longest_gap_, at - recorded_.value_or(at));
  if (is_black) longest_black_ = std::max(longest_black_, at - std::max(take_begin_, *black_since_));
  if (is_same) longest_frozen_ = std::max(longest_frozen_, at - std::max(take_begin_, same_since_));
  recorded_ = at;
}

void PictureHealth::reopen() {
  state_ = SourceState::Delivering;
  waited_since_.reset();
  newest_.reset();
  black_since_.reset();
}

void PictureHealth::begin_take(MonotonicTime now) {
  take_begin_ = now;
  recorded_.reset();
  longest_gap_ = longest_black_ = longest_frozen_ = MediaTime{};
}

TrackHealth PictureHealth::health(MonotonicTime now) const {
  if (state_ == SourceState::Paused) return TrackHealth::Paused;
  if (state_ == SourceState::Unseen) return TrackHealth::Unseen;
  if (!newest_)
    return waited_since_ && now - *waited_since_ >= kFirst ? TrackHealth::Stalled : TrackHealth::Good;
  if (now - *newest_ >= kPatience) return TrackHealth::Stalled;
  if (black_since_ && now - *black_since_ >= kPatience) return TrackHealth::Black;
  return now - same_since_ >= kPatience ? TrackHealth::Frozen : TrackHealth::Good;
}

MonotonicTime PictureHealth::since(TrackHealth health, MonotonicTime now) const {
  if (health == TrackHealth::Black) return black_since_.value_or(now);
  if (health == TrackHealth::Frozen) return same_since_;
  if (health == TrackHealth::Stalled) return newest_ ? *newest_ : waited_since_.value_or(now);
  return now;
}

}  // namespace meanwhile
