#include "media/base/offered_zooms.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <numeric>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"

namespace meanwhile {
namespace {

// Nobody wants to be moved about between two clicks.
constexpr MediaTime kStaysFor = std::chrono::seconds(4);
// The eye is there before the hand, and reads what came of it.
constexpr MediaTime kZoomLead = std::chrono::milliseconds(800);
constexpr MediaTime kZoomTail = std::chrono::milliseconds(1800);
constexpr double kClickZoom = 1.8;
// Of what is shown then, clicks lie at most so far from its middle: none at the very edge.
constexpr double kClickReach = 0.5 / kClickZoom * 0.8;

// Clicks that one zoom holds.
struct ClickGroup {
  TimeRange time;
  double left = 1;
  double top = 1;
  double right = 0;
  double bottom = 0;

  void add(const PointerClick& click) {
    time.to = click.at;
    left = std::min(left, click.x);
    right = std::max(right, click.x);
    top = std::min(top, click.y);
    bottom = std::max(bottom, click.y);
  }
  [[nodiscard]] bool takes(const PointerClick& click) const {
    ClickGroup with = *this;
    with.add(click);
    return click.at - time.to <= kStaysFor && with.right - with.left <= 2 * kClickReach &&
           with.bottom - with.top <= 2 * kClickReach;
  }
};

std::vector<ClickGroup> groups_of(const std::vector<PointerClick>& clicks) {
  std::vector<ClickGroup> groups;
  for (const PointerClick& click : clicks) {
    if (click.x < 0 || click.x > 1 || click.y < 0 || click.y > 1) continue;
    if (groups.empty() || !groups.back().takes(click)) groups.push_back({.time = {click.at, click.at}});
    groups.back().add(click);
  }
  return groups;
}

// Nothing beside the screen is shown.
double middle_of(double from, double to) {
  constexpr double kHalf = 0.5 / kClickZoom;
  return std::clamp((from + to) / 2, kHalf, 1 - kHalf);
}

bool meets(const TimeRange& range, const std::vector<ScreenZoom>& zooms) {
  return std::ranges::any_of(zooms, [&](const ScreenZoom& zoom) {
    return range.from < zoom.range.to && zoom.range.from < range.to;
  });
}

}  // namespace

std::vector<ScreenZoom> offered_zooms(const std::vector<PointerClick>& clicks,
                                      const std::vector<ScreenZoom>& there, MediaTime duration) {
  std::vector<ScreenZoom> offered;
  const std::vector<ClickGroup> groups = groups_of(clicks);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const ClickGroup& group = groups[i];
    TimeRange range{std::max(MediaTime{}, group.time.from - kZoomLead),
                    std::min(duration, group.time.to + kZoomTail)};
    // The next one begins before this one's end: half of the time is each one's.
    if (i + 1 < groups.size())
      range.to = std::min(range.to,
                          MediaTime(std::midpoint(group.time.to.count(), groups[i + 1].time.from.count())));
    if (!offered.empty()) range.from = std::max(range.from, offered.back().range.to);
    if (range.duration() < kZoomLead || meets(range, there)) continue;
    offered.push_back({.range = range,
                       .x = middle_of(group.left, group.right),
                       .y = middle_of(group.top, group.bottom),
                       .scale = kClickZoom});
  }
  return offered;
}

}  // namespace meanwhile
