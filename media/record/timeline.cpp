#include "media/record/timeline.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/capture/sample_blocks.h"

namespace meanwhile {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;

// Samples that begin before `length` after the first one.
std::int64_t samples_before(std::chrono::microseconds length) {
  if (length.count() <= 0) return 0;
  return (length.count() * kSampleRate + kMicrosPerSecond - 1) / kMicrosPerSecond;
}

std::chrono::microseconds duration_of(std::int64_t samples) {
  return std::chrono::microseconds(samples * kMicrosPerSecond / kSampleRate);
}

}  // namespace

void Timeline::start(MonotonicTime at) {
  auto spans = spans_.lock();
  spans->assign(1, Span{at, MonotonicTime::max(), MediaTime{}});
}

void Timeline::pause(MonotonicTime at) {
  auto spans = spans_.lock();
  if (spans->empty() || spans->back().to != MonotonicTime::max()) return;
  spans->back().to = std::max(at, spans->back().from);
}

void Timeline::resume(MonotonicTime at) {
  auto spans = spans_.lock();
  if (spans->empty() || spans->back().to == MonotonicTime::max()) return;
  const Span& last = spans->back();
  const MediaTime start = last.start + (last.to - last.from);
  spans->push_back({std::max(at, last.to), MonotonicTime::max(), start});
}

void Timeline::cut_back(MediaTime end) {
  auto spans = spans_.lock();
  while (spans->size() > 1 && spans->back().start >= end) spans->pop_back();
  if (spans->empty()) return;
  Span& last = spans->back();
  last.to = std::min(last.to, last.from + std::max(MediaTime{}, end - last.start));
}

std::optional<MediaTime> Timeline::at(MonotonicTime instant) const {
  for (const Span& span : spans_.copy()) {
    if (instant >= span.from && instant < span.to) return span.start + (instant - span.from);
  }
  return std::nullopt;
}

std::optional<MediaTime> Timeline::at_or_after(MonotonicTime instant) const {
  for (const Span& span : spans_.copy()) {
    if (instant < span.to) return span.start + std::max(MediaTime{}, MediaTime(instant - span.from));
  }
  return std::nullopt;
}

MediaTime Timeline::elapsed(MonotonicTime now) const {
  MediaTime total{};
  for (const Span& span : spans_.copy()) total += std::max(MediaTime{}, std::min(now, span.to) - span.from);
  return total;
}

std::vector<Timeline::Piece> Timeline::pieces(MonotonicTime first_sample_at, std::int64_t samples) const {
  std::vector<Piece> pieces;
  for (const Span& span : spans_.copy()) {
    if (span.to <= first_sample_at) continue;
    const bool is_open = span.to == MonotonicTime::max();
    const std::int64_t begin = samples_before(span.from - first_sample_at);
    const std::int64_t end = is_open ? samples : std::min(samples, samples_before(span.to - first_sample_at));
    if (begin >= end) continue;
    const MonotonicTime at = std::max(span.from, first_sample_at + duration_of(begin));
    pieces.push_back({begin, end - begin, span.start + (at - span.from)});
  }
  return pieces;
}

}  // namespace meanwhile
