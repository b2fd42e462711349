// What ailed a track in the course of its take, and when.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/record/timeline.h"
#include "media/record/track_report.h"

namespace meanwhile {

// One thread at a time.
class HealthLog {
 public:
  // More than that of one take nobody reads.
  static constexpr std::size_t kMost = 100;
  // What comes back after a shorter while never was away.
  static constexpr MediaTime kShortest = std::chrono::seconds(1);

  // Now and then, in order. since: from when on it has been so. Both on the take's timeline.
  void note(TrackHealth health, MediaTime since, MediaTime now);
  // What was recorded at or after `at` was taken back.
  void cut_back(MediaTime at);
  // A new take.
  void clear() { stretches_.clear(); }
  // Oldest first; none is Good, none overlaps another.
  const std::vector<HealthStretch>& stretches() const { return stretches_; }

 private:
  std::vector<HealthStretch> stretches_;
};

// The same by the machine's clock; nothing, while the take stands still.
void note_in(HealthLog& log, const Timeline& timeline, TrackHealth health, MonotonicTime since,
             MonotonicTime now);

}  // namespace meanwhile
