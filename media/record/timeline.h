// The take's own time: monotonic time since the take's first instant, pauses taken out.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "media/base/clock.h"
#include "media/base/guarded.h"
#include "media/base/media_time.h"

namespace meanwhile {

// Any thread. All tracks of a take ask the same timeline, so that they stay together whatever happens: what a
// source delivers late still lands at the instant it was captured.
class Timeline {
 public:
  void start(MonotonicTime at);
  void pause(MonotonicTime at);
  void resume(MonotonicTime at);
  // In a pause: takes back what was recorded at or after `end`; resume() goes on from there.
  void cut_back(MediaTime end);
  // Nothing at or after `at` belongs to the take any more.
  void finish(MonotonicTime at) { pause(at); }

  // nullopt: before the take, in a pause, or after its end.
  std::optional<MediaTime> at(MonotonicTime instant) const;

  // The same, but what was before the take or in a pause belongs where recording went on. nullopt: it didn't
  // (yet).
  std::optional<MediaTime> at_or_after(MonotonicTime instant) const;

  // Recorded time up to `now`.
  MediaTime elapsed(MonotonicTime now) const;

  // What of a block of samples belongs to the take.
  struct Piece {
    std::int64_t first_sample = 0;
    std::int64_t samples = 0;
    MediaTime at{};
  };
  std::vector<Piece> pieces(MonotonicTime first_sample_at, std::int64_t samples) const;

 private:
  // A stretch that is recorded: [from, to).
  struct Span {
    MonotonicTime from;
    MonotonicTime to;
    MediaTime start;
  };
  Guarded<std::vector<Span>> spans_;
};

}  // namespace meanwhile
