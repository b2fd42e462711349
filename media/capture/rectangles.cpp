#include "media/capture/rectangles.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/base/layout.h"

namespace meanwhile {
namespace {

// Fetching and converting a pixel costs 0.7 ns, asking for a rectangle some 30 us: so many pixels are worth
// asking once less.
constexpr std::int64_t kPixelsPerRequest = 40'000;

std::int64_t area_of(const Rect& r) {
  return std::int64_t{r.width} * r.height;
}

Rect united(const Rect& a, const Rect& b) {
  const int left = std::min(a.x, b.x);
  const int top = std::min(a.y, b.y);
  const int right = std::max(a.x + a.width, b.x + b.width);
  const int bottom = std::max(a.y + a.height, b.y + b.height);
  return {left, top, right - left, bottom - top};
}

// Pixels that would be fetched without need.
std::int64_t waste(const Rect& a, const Rect& b) {
  return area_of(united(a, b)) - area_of(a) - area_of(b);
}

int even_down(int value) {
  return value & ~1;
}
int even_up(int value) {
  return (value + 1) & ~1;
}

void add(std::vector<Rect>& merged, Rect area) {
  while (!merged.empty()) {
    const auto best = std::min_element(merged.begin(), merged.end(), [&area](const Rect& a, const Rect& b) {
      return waste(a, area) < waste(b, area);
    });
    const bool is_full = merged.size() >= kMostRectangles;
    if (!is_full && waste(*best, area) > kPixelsPerRequest) break;
    area = united(*best, area);
    merged.erase(best);
  }
  merged.push_back(area);
}

}  // namespace

std::optional<Rect> clip_to_even(Rect area, Rect frame) {
  const int left = even_down(std::max(area.x - frame.x, 0));
  const int top = even_down(std::max(area.y - frame.y, 0));
  const int right = even_up(std::min(area.x + area.width - frame.x, frame.width));
  const int bottom = even_up(std::min(area.y + area.height - frame.y, frame.height));
  if (right <= left || bottom <= top) return std::nullopt;
  return Rect{left, top, right - left, bottom - top};
}

std::vector<Rect> merge_rectangles(const std::vector<Rect>& areas) {
  std::vector<Rect> merged;
  merged.reserve(kMostRectangles);
  for (const Rect& area : areas) add(merged, area);
  return merged;
}

std::int64_t total_area(const std::vector<Rect>& areas) {
  std::int64_t total = 0;
  for (const Rect& area : areas) total += area_of(area);
  return total;
}

}  // namespace meanwhile
