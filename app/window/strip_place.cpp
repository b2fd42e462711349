#include "app/window/strip_place.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "media/base/layout.h"

namespace meanwhile {
namespace {

// Free of panels at the screen's edge, as far as one can guess.
constexpr int kStripMargin = 48;

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool holds(const Rect& outer, const Rect& inner) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width &&
         inner.y + inner.height <= outer.y + outer.height;
}

// In the middle of the display's width and, if the recorded area leaves only a side free, at its sides.
std::vector<Rect> places_on(const Rect& display, Size strip) {
  const int middle = display.x + (display.width - strip.width) / 2;
  const int left = display.x + kStripMargin;
  const int right = display.x + display.width - strip.width - kStripMargin;
  const int bottom = display.y + display.height - strip.height - kStripMargin;
  const int top = display.y + kStripMargin;
  std::vector<Rect> places;
  for (const int y : {bottom, top})
    for (const int x : {middle, right, left}) places.push_back({x, y, strip.width, strip.height});
  return places;
}

}  // namespace

std::optional<Rect> strip_place(const std::vector<Rect>& displays, const Rect& recorded, Size strip) {
  // A display of its own before a corner of the recorded one.
  std::vector<Rect> ordered = displays;
  std::ranges::stable_partition(ordered, [&](const Rect& display) { return !overlap(display, recorded); });
  for (const Rect& display : ordered) {
    for (const Rect& place : places_on(display, strip))
      if (holds(display, place) && !overlap(place, recorded)) return place;
  }
  return std::nullopt;
}

}  // namespace meanwhile
