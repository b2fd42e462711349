#include "app/platform/icon.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "app/platform/sdl_owners.h"
#include "app/platform/window.h"

namespace meanwhile {
namespace {

constexpr int kSide = 64;
constexpr std::uint32_t kAccent = 0x5B5FEF;
constexpr std::uint32_t kWhite = 0xFFFFFF;

struct Point {
  float x;
  float y;
};

// Signed distances to the outline, in pixels: negative inside.
float to_rounded_square(Point p, float half, float radius) {
  const float dx = std::abs(p.x) - half + radius;
  const float dy = std::abs(p.y) - half + radius;
  return std::hypot(std::max(dx, 0.0F), std::max(dy, 0.0F)) + std::min(std::max(dx, dy), 0.0F) - radius;
}

float to_circle(Point p, Point middle, float radius) {
  return std::hypot(p.x - middle.x, p.y - middle.y) - radius;
}

// A triangle that points to the right, as the largest of the distances to its three sides.
float to_triangle(Point p) {
  const float left = -10 - p.x;
  const float slope = 0.5547F * p.x + 0.83205F * std::abs(p.y) - 8.9F;
  return std::max(left, slope);
}

float cover(float distance) {
  return std::clamp(0.5F - distance, 0.0F, 1.0F);
}

std::uint32_t mix(std::uint32_t below, std::uint32_t above, float amount) {
  std::uint32_t mixed = 0;
  for (int shift = 0; shift < 24; shift += 8) {
    const auto from = float((below >> shift) & 0xFF);
    const auto to = float((above >> shift) & 0xFF);
    mixed |= std::uint32_t(from + (to - from) * amount) << shift;
  }
  return mixed;
}

// A play sign with a face's bubble at its corner, on a rounded square.
std::uint32_t pixel_at(Point p, std::optional<std::uint32_t> badge) {
  const Point bubble{13, 13};
  std::uint32_t color = mix(kAccent, kWhite, cover(to_triangle(p)));
  color = mix(color, kAccent, cover(to_circle(p, bubble, 11)));
  color = mix(color, kWhite, cover(to_circle(p, bubble, 8)));
  float alpha = cover(to_rounded_square(p, 31, 15));
  if (badge) {
    const Point corner{18, -18};
    color = mix(color, kWhite, cover(to_circle(p, corner, 14)));
    color = mix(color, *badge, cover(to_circle(p, corner, 11)));
    alpha = std::max(alpha, cover(to_circle(p, corner, 14)));
  }
  return (std::uint32_t(255 * alpha) << 24) | color;
}

std::optional<std::uint32_t> badge_color(WindowBadge badge) {
  switch (badge) {
    case WindowBadge::None:
      break;
    case WindowBadge::Recording:
      return 0xE5484D;
    case WindowBadge::Paused:
      return 0x8A909C;
    case WindowBadge::Trouble:
      return 0xF5A524;
  }
  return std::nullopt;
}

}  // namespace

void set_window_icon(SDL_Window* window, WindowBadge badge) {
  std::vector<std::uint32_t> pixels(std::size_t(kSide) * kSide);
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x)
      pixels[std::size_t(y) * kSide + x] = pixel_at({float(x) - 31.5F, float(y) - 31.5F}, badge_color(badge));
  const SdlSurfacePtr surface(SDL_CreateRGBSurfaceWithFormatFrom(pixels.data(), kSide, kSide, 32, kSide * 4,
                                                                 SDL_PIXELFORMAT_ARGB8888));
  if (surface) SDL_SetWindowIcon(window, surface.get());
}

}  // namespace meanwhile
