// Whether a camera shows what is before it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/capture/sinks.h"
#include "media/record/track_report.h"

namespace meanwhile {

// What a picture is like, by a part of its pixels.
struct PictureMark {
  std::uint64_t hash = 0;  // no two pictures of a real sensor are alike: they have noise
  bool is_black = false;   // but for a hot pixel or two
};
// Of luma 16 to 235: brighter than the noise of a covered sensor, darker than a dim room's lightest spots.
inline constexpr int kBlack = 40;
// frame: 8-bit planar YUV. Looks at one pixel in 32.
PictureMark mark_of(const AVFrame& frame);

// One thread at a time.
class PictureHealth {
 public:
  // Longer than a camera needs to come up, to change its exposure, or to be shaded by a hand.
  static constexpr MediaTime kPatience = std::chrono::seconds(3);
  // A camera may take longer to come up.
  static constexpr MediaTime kFirst = std::chrono::seconds(4);

  // Somebody looks from now on, if nobody did.
  void wait(MonotonicTime now);
  void add(const PictureMark& mark, MonotonicTime at, bool is_recorded);
  void set_state(SourceState state) { state_ = state; }
  // The source was lost and is there again.
  void reopen();
  // A new take: its figures begin anew.
  void begin_take(MonotonicTime now);
  // The pictures that follow don't continue those before: after a pause nothing was missing.
  void interrupt() { recorded_.reset(); }

  // Good, Paused, Stalled, Black or Frozen: the gravest first.
  TrackHealth health(MonotonicTime now) const;
  // Since when it has been so; now, where that isn't known.
  MonotonicTime since(TrackHealth health, MonotonicTime now) const;
  MediaTime longest_gap() const { return longest_gap_; }
  MediaTime longest_black() const { return longest_black_; }
  MediaTime longest_frozen() const { return longest_frozen_; }

 private:
  SourceState state_ = SourceState::Delivering;
  std::optional<MonotonicTime> waited_since_;
  std::optional<MonotonicTime> newest_;
  std::optional<MonotonicTime> black_since_;
  std::uint64_t hash_ = 0;
  MonotonicTime same_since_{};
  // Of the take.
  MonotonicTime take_begin_{};
  std::optional<MonotonicTime> recorded_;  // the newest
  MediaTime longest_gap_{};
  MediaTime longest_black_{};
  MediaTime longest_frozen_{};
};

}  // namespace meanwhile
