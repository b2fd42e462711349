#include "app/platform/window_place.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

#include "media/base/layout.h"

namespace meanwhile {
namespace {

constexpr int kFrameSlack = 28;

std::int64_t shared_pixels(const Rect& a, const Rect& b) {
  const std::int64_t width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const std::int64_t height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

// Where most of it would be; the main one where none has any of it.
const Rect& display_of(const Rect& window, std::span<const Rect> work_areas) {
  return *std::ranges::max_element(work_areas, {},
                                   [&](const Rect& area) { return shared_pixels(window, area); });
}

}  // namespace

Rect window_place(const std::optional<Rect>& left, int width, int height, std::span<const Rect> work_areas) {
  const Rect area = left ? display_of(*left, work_areas) : work_areas.front();
  const int most_height = std::max(1, area.height - kTitleBarHeight);
  Rect place = left.value_or(Rect{0, 0, width, height});
  place.width = std::clamp(place.width, 1, std::max(1, area.width));
  place.height = std::clamp(place.height, 1, most_height);
  if (!left) {
    // On a busy desktop a window manager may put the inside where its frame was to be: a title lower.
    place.height = std::min(place.height, std::max(1, most_height - 2 * kFrameSlack));
    place.x = area.x + (area.width - place.width) / 2;
    place.y = area.y + kTitleBarHeight + (most_height - place.height) / 2;
  }
  place.x = std::clamp(place.x, area.x, area.x + area.width - place.width);
  place.y = std::clamp(place.y, area.y + kTitleBarHeight, area.y + area.height - place.height);
  return place;
}

}  // namespace meanwhile
