// What to leave out when the machine can't keep up, and when to take it up again.
#pragma once

#include <chrono>
#include <optional>

#include "media/base/media_time.h"

namespace meanwhile {

// In the order in which work is left out: first care, which costs bytes, then the camera's pictures, then the
// screen's. Sound is never touched.
enum class LoadLevel { Full, QuickEncoding, SlowCamera, SlowScreen, Least };

enum class Effort { Full, Quick };

// What a level allows. The intervals lie between two pictures of a track at least; zero: any.
struct WorkLimits {
  Effort effort = Effort::Full;
  MediaTime camera_interval{};
  MediaTime screen_interval{};
};
WorkLimits limits_of(LoadLevel level);

// How a track's encoder is getting on.
struct LoadSigns {
  double queue_share = 0;  // of its queue that is filled, 0 to 1
  bool has_dropped = false;
};

// Pure: knows no clock but what it is told. One step down at once when a queue is half full or lost a
// picture, the next one not before kSettle; one step up after kCalm without such signs. If the work then
// proves too much again, the next calm must last twice as long, up to kLongestCalm.
class LoadPolicy {
 public:
  static constexpr MediaTime kSettle = std::chrono::seconds(1);
  static constexpr MediaTime kCalm = std::chrono::seconds(10);
  static constexpr MediaTime kLongestCalm = std::chrono::seconds(160);

  // now: on the take's timeline; rising, or nearly so (tracks report in turns).
  LoadLevel observe(MediaTime now, LoadSigns signs);
  LoadLevel level() const { return level_; }

 private:
  void lower(MediaTime now);
  void raise(MediaTime now);

  LoadLevel level_ = LoadLevel::Full;
  MediaTime needed_calm_ = kCalm;
  std::optional<MediaTime> calm_since_;
  std::optional<MediaTime> changed_;
  std::optional<MediaTime> raised_;
};

}  // namespace meanwhile
