#include "media/base/look.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <optional>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"

namespace meanwhile {
namespace {

// So long a zoom takes to come and to go, unless it is shorter than both.
constexpr MediaTime kZoomTime = std::chrono::milliseconds(400);

// Gently begun and gently ended. Source: the usual cubic Hermite step, 3t^2 - 2t^3.
double eased(double share) {
  const double t = std::clamp(share, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

bool is_in(const TimeRange& range, MediaTime moment) {
  return range.from <= moment && moment < range.to;
}

// The layout that counts at that moment; layouts.end(): none yet.
auto layout_at(const std::vector<TimedLayout>& layouts, MediaTime moment) {
  const auto after = std::ranges::upper_bound(layouts, moment, {}, &TimedLayout::at);
  return after == layouts.begin() ? layouts.end() : std::prev(after);
}

Composition with_bubble(Composition composition, const std::optional<BubblePlace>& bubble) {
  if (!bubble || !composition.camera_is_round || !composition.screen) return composition;
  const Rect& whole = *composition.screen;
  const int size = std::clamp(static_cast<int>(std::lround(bubble->size * whole.height)), 1,
                              std::max(1, std::min(whole.width, whole.height)));
  const auto place = [size](double share, int from, int length) {
    return std::clamp(from + static_cast<int>(std::lround(share * length)) - size / 2, from,
                      from + length - size);
  };
  composition.camera =
      Rect{place(bubble->x, whole.x, whole.width), place(bubble->y, whole.y, whole.height), size, size};
  return composition;
}

double zoom_strength(const ScreenZoom& zoom, MediaTime moment) {
  const MediaTime ramp = std::min(kZoomTime, zoom.range.duration() / 2);
  const MediaTime near = std::min(moment - zoom.range.from, zoom.range.to - moment);
  return ramp > MediaTime{} ? eased(to_seconds(near) / to_seconds(ramp)) : 1;
}

class LayoutByTime {
 public:
  LayoutByTime(const Arrangement& arrangement, const OwnLayout& own, const LookArea& area,
               std::optional<Size> screen, std::optional<Size> camera)
      : layouts_(arrangement.layouts), own_(own), area_(area), screen_(screen), camera_(camera) {}

  [[nodiscard]] Composition at(MediaTime moment) const {
    const auto now = own_.is_chosen ? layouts_.end() : layout_at(layouts_, moment);
    if (now == layouts_.end()) return place(own_.layout);
    const Composition target = with_bubble(place(now->layout), now->bubble);
    if (moment >= now->at + now->transition) return target;
    const Composition before = now == layouts_.begin()
                                   ? place(own_.layout)
                                   : with_bubble(place(std::prev(now)->layout), std::prev(now)->bubble);
    return between(before, target, eased(to_seconds(moment - now->at) / to_seconds(now->transition)));
  }

 private:
  [[nodiscard]] Composition place(Layout layout) const {
    return compose(layout, area_.size, screen_, camera_, area_.gap, area_.camera_share);
  }

  const std::vector<TimedLayout>& layouts_;
  const OwnLayout& own_;
  const LookArea& area_;
  const std::optional<Size> screen_;
  const std::optional<Size> camera_;
};

// Borders at which something begins, ends or comes to rest; moving(): it changes all the time.
class LookChanges {
 public:
  LookChanges(MediaTime moment) : moment_(moment) {}

  void border(MediaTime at) {
    if (at > moment_ && (!next_ || at < *next_)) next_ = at;
  }
  void moving(const TimeRange& range) {
    border(range.from);
    if (is_in(range, moment_)) next_ = moment_;
  }
  [[nodiscard]] std::optional<MediaTime> next() const { return next_; }

 private:
  const MediaTime moment_;
  std::optional<MediaTime> next_;
};

}  // namespace

PictureShare part_in(const std::vector<ScreenZoom>& zooms, MediaTime moment) {
  for (const ScreenZoom& zoom : zooms) {
    if (!is_in(zoom.range, moment)) continue;
    const double strength = zoom_strength(zoom, moment);
    const double side = 1 / (1 + (zoom.scale - 1) * strength);
    const auto begin = [&](double middle) {
      return std::clamp(0.5 + (middle - 0.5) * strength - side / 2, 0.0, 1 - side);
    };
    return {begin(zoom.x), begin(zoom.y), side, side};
  }
  return {};
}

Look look_at(const Arrangement& arrangement, MediaTime moment, const OwnLayout& own, const LookArea& area,
             std::optional<Size> screen, std::optional<Size> camera) {
  Look look{.places = LayoutByTime(arrangement, own, area, screen, camera).at(moment),
            .screen_part = part_in(arrangement.zooms, moment)};
  for (const CoveredArea& covered : arrangement.covered) {
    if (is_in(covered.range, moment)) look.covered.push_back(&covered);
  }
  for (const TitleCard& card : arrangement.cards) {
    if (is_in(card.place, moment)) look.card = &card;
  }
  return look;
}

std::optional<MediaTime> next_look(const Arrangement& arrangement, MediaTime moment, const OwnLayout& own) {
  LookChanges changes(moment);
  for (const TimedLayout& layout : arrangement.layouts)
    if (!own.is_chosen) changes.border(layout.at);
  for (const CoveredArea& covered : arrangement.covered) {
    changes.border(covered.range.from);
    changes.border(covered.range.to);
  }
  for (const TitleCard& card : arrangement.cards) {
    changes.border(card.place.from);
    changes.border(card.place.to);
  }
  for (const ScreenZoom& zoom : arrangement.zooms) {
    const MediaTime ramp = std::min(kZoomTime, zoom.range.duration() / 2);
    changes.moving({zoom.range.from, zoom.range.from + ramp});
    changes.moving({zoom.range.to - ramp, zoom.range.to});
  }
  for (const TimedLayout& layout : arrangement.layouts)
    if (!own.is_chosen) changes.moving({layout.at, layout.at + layout.transition});
  return changes.next();
}

}  // namespace meanwhile
