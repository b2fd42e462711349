#include "media/export/frame_times.h"

#include "media/base/media_time.h"

namespace meanwhile {

FrameTimes::Span FrameTimes::after(MediaTime last, MediaTime change) const {
  // A change that comes soon is waited for: a frame right before it would be one too many.
  if (change > last + interval_ * 3 / 2) return {last + interval_, last + interval_};
  // Shorter than the interval, so that of one track at that rate each picture has a frame, at its own time.
  // Of 30 a second no change is further from its frame than 15 ms.
  return {change, change + interval_ * 9 / 10};
}

}  // namespace meanwhile
