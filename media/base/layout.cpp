#include "media/base/layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace meanwhile {
namespace {

constexpr std::array<std::pair<Layout, std::string_view>, 4> kNames{{{Layout::SideBySide, "side-by-side"},
                                                                     {Layout::Screen, "screen"},
                                                                     {Layout::Camera, "camera"},
                                                                     {Layout::Bubble, "bubble"}}};

// The camera's share of what it divides with the screen: about a quarter at least, so that a face can be
// read; more only where the screen can't use it, and never more than the screen has.
constexpr double kCameraShare = 0.24;
constexpr double kLargestCameraShare = 0.4;
// Stacking is for areas where it clearly helps the screen: beside is what people expect.
constexpr double kStackingMustGain = 1.4;
// The bubble's diameter, of the screen's shorter side.
constexpr double kBubbleShare = 0.28;
// A gap that is harmless in a window must not eat a thumbnail.
constexpr int kLeastPartsOfGap = 8;

bool is_empty(Size size) {
  return size.width <= 0 || size.height <= 0;
}

std::int64_t area_of(Size size) {
  return static_cast<std::int64_t>(size.width) * size.height;
}

// The largest size of picture's shape within box, which isn't empty.
Size fit(Size picture, Size box) {
  const double scale = std::min(static_cast<double>(box.width) / picture.width,
                                static_cast<double>(box.height) / picture.height);
  const auto scaled = [&](int side, int limit) {
    return std::clamp(static_cast<int>(side * scale + 0.5), 1, limit);
  };
  return {scaled(picture.width, box.width), scaled(picture.height, box.height)};
}

Rect centred(Size size, Rect box) {
  return {box.x + (box.width - size.width) / 2, box.y + (box.height - size.height) / 2, size.width,
          size.height};
}

Rect fitted(Size picture, Size area) {
  return centred(fit(picture, area), {0, 0, area.width, area.height});
}

struct Pair {
  Size screen;
  Size camera;
};

// Both pictures along one line of `length`, in a strip as thick as across. Written for a horizontal line.
Pair share_width(Size area, Size screen, Size camera, int gap, double camera_share) {
  const int length = area.width - gap;
  if (camera_share > 0) {
    const int strip = std::clamp(static_cast<int>(length * camera_share), 1, std::max(1, length - 1));
    return {fit(screen, {std::max(1, length - strip), area.height}), fit(camera, {strip, area.height})};
  }
  const int least = std::clamp(static_cast<int>(length * kCameraShare), 1, std::max(1, length - 1));
  const Size shown_screen = fit(screen, {std::max(1, length - least), area.height});
  const int most = std::max(least, static_cast<int>(length * kLargestCameraShare));
  const int left = std::clamp(length - shown_screen.width, 1, most);
  return {shown_screen, fit(camera, {left, area.height})};
}

Size turned(Size size) {
  return {size.height, size.width};
}

Pair share_height(Size area, Size screen, Size camera, int gap, double camera_share) {
  const Pair pair = share_width(turned(area), turned(screen), turned(camera), gap, camera_share);
  return {turned(pair.screen), turned(pair.camera)};
}

Composition place_beside(Size area, const Pair& pair, int gap) {
  const int x = (area.width - pair.screen.width - gap - pair.camera.width) / 2;
  Composition composition;
  composition.screen = centred(pair.screen, {x, 0, pair.screen.width, area.height});
  composition.camera = centred(pair.camera, {x + pair.screen.width + gap, 0, pair.camera.width, area.height});
  return composition;
}

Composition place_below(Size area, const Pair& pair, int gap) {
  const int y = (area.height - pair.screen.height - gap - pair.camera.height) / 2;
  Composition composition;
  composition.screen = centred(pair.screen, {0, y, area.width, pair.screen.height});
  composition.camera =
      centred(pair.camera, {0, y + pair.screen.height + gap, area.width, pair.camera.height});
  return composition;
}

// Which of the two ways is decided by what fits best, whatever share is chosen: a hand that drags the line
// between them must not turn them round.
Composition compose_side_by_side(Size area, Size screen, Size camera, int gap, double camera_share) {
  const bool can_be_beside = area.width >= 2;
  const bool can_be_below = area.height >= 2;
  const int gap_beside = std::clamp(gap, 0, area.width / kLeastPartsOfGap);
  const int gap_below = std::clamp(gap, 0, area.height / kLeastPartsOfGap);
  const Pair beside = share_width(area, screen, camera, gap_beside, 0);
  const Pair below = share_height(area, screen, camera, gap_below, 0);
  const bool below_is_better = static_cast<double>(area_of(below.screen)) >
                               static_cast<double>(area_of(beside.screen)) * kStackingMustGain;
  if (can_be_below && (below_is_better || !can_be_beside))
    return place_below(area, share_height(area, screen, camera, gap_below, camera_share), gap_below);
  if (can_be_beside)
    return place_beside(area, share_width(area, screen, camera, gap_beside, camera_share), gap_beside);
  return {.screen = fitted(screen, area)};
}

Composition compose_bubble(Size area, Size screen, int gap) {
  const Rect whole = fitted(screen, area);
  const int shorter = std::min(whole.width, whole.height);
  const int diameter = std::max(1, static_cast<int>(shorter * kBubbleShare));
  const int margin = std::clamp(gap, 0, shorter / kLeastPartsOfGap);
  return {.screen = whole,
          .camera = Rect{whole.x + margin, whole.y + whole.height - margin - diameter, diameter, diameter},
          .camera_is_round = true};
}

Rect between(const Rect& from, const Rect& to, double share) {
  const auto mix = [share](int a, int b) { return a + static_cast<int>(std::lround((b - a) * share)); };
  return {mix(from.x, to.x), mix(from.y, to.y), mix(from.width, to.width), mix(from.height, to.height)};
}

std::optional<Rect> between(const std::optional<Rect>& from, const std::optional<Rect>& to, double share) {
  if (!to) return std::nullopt;
  const Rect middle{to->x + to->width / 2, to->y + to->height / 2, 0, 0};
  return between(from.value_or(middle), *to, share);
}

}  // namespace

Composition between(const Composition& from, const Composition& to, double share) {
  Composition composition = to;
  composition.screen = between(from.screen, to.screen, share);
  composition.camera = between(from.camera, to.camera, share);
  return composition;
}

std::string layout_name(Layout layout) {
  const auto found =
      std::find_if(kNames.begin(), kNames.end(), [&](const auto& entry) { return entry.first == layout; });
  return std::string(found->second);
}

std::optional<Layout> parse_layout(std::string_view name) {
  const auto found =
      std::find_if(kNames.begin(), kNames.end(), [&](const auto& entry) { return entry.second == name; });
  if (found == kNames.end()) return std::nullopt;
  return found->first;
}

Composition compose(Layout layout, Size area, std::optional<Size> screen, std::optional<Size> camera, int gap,
                    double camera_share) {
  if (screen && is_empty(*screen)) screen.reset();
  if (camera && is_empty(*camera)) camera.reset();
  if (is_empty(area) || (!screen && !camera)) return {};
  if (!camera || (layout == Layout::Screen && screen)) return {.screen = fitted(*screen, area)};
  if (!screen || layout == Layout::Camera) return {.camera = fitted(*camera, area)};
  if (layout == Layout::Bubble) return compose_bubble(area, *screen, gap);
  return compose_side_by_side(area, *screen, *camera, gap, camera_share);
}

}  // namespace meanwhile
