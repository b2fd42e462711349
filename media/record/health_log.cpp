#include "media/record/health_log.h"

#include <algorithm>
#include <vector>

#include "media/base/media_time.h"
#include "media/record/track_report.h"

namespace meanwhile {

void HealthLog::note(TrackHealth health, MediaTime since, MediaTime now) {
  if (health == TrackHealth::Good) return;
  MediaTime from = std::clamp(since, MediaTime{}, now);
  if (!stretches_.empty()) {
    HealthStretch& last = stretches_.back();
    const bool goes_on = last.health == health && from - last.to <= kShortest;
    if (goes_on) {
      last.to = std::max(last.to, now);
      return;
    }
    from = std::max(from, last.to);
  }
  if (stretches_.size() < kMost)
    stretches_.push_back({.health = health, .from = from, .to = std::max(from, now)});
}

void HealthLog::cut_back(MediaTime at) {
  std::erase_if(stretches_, [at](const HealthStretch& stretch) { return stretch.from >= at; });
  if (!stretches_.empty()) stretches_.back().to = std::min(stretches_.back().to, at);
}

void note_in(HealthLog& log, const Timeline& timeline, TrackHealth health, MonotonicTime since,
             MonotonicTime now) {
  const auto here = timeline.at(now);
  if (here) log.note(health, timeline.at_or_after(since).value_or(*here), *here);
}

}  // namespace meanwhile
