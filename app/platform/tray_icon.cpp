#include "app/platform/tray_icon.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/platform/tray.h"

namespace meanwhile {
namespace {

// In a square from -1 to 1, y down.
struct Spot {
  float x;
  float y;
};

struct Ink {
  std::uint8_t red;
  std::uint8_t green;
  std::uint8_t blue;
};

// Seen on light panels and on dark ones.
constexpr Ink kRecordingRed{0xE5, 0x48, 0x4D};
constexpr Ink kPausedGrey{0x8A, 0x90, 0x9C};
constexpr Ink kTroubleYellow{0xF5, 0xA5, 0x24};
constexpr Ink kSignWhite{0xFF, 0xFF, 0xFF};
constexpr Ink kSignBlack{0x1A, 0x1A, 0x1A};

// Distances to outlines, negative inside.
float to_disc(Spot p, float radius) {
  return std::hypot(p.x, p.y) - radius;
}

float to_box(Spot p, Spot middle, Spot half) {
  return std::max(std::abs(p.x - middle.x) - half.x, std::abs(p.y - middle.y) - half.y);
}

// A line from the upper left to the lower right.
float to_strike(Spot p, float half_width) {
  return std::max(std::abs(p.x - p.y) * 0.7071F - half_width, std::abs(p.x + p.y) * 0.7071F - 0.95F);
}

// Stands on its base, its tip above.
float to_upright_triangle(Spot p) {
  const float base = p.y - 0.8F;
  const float slope = std::abs(p.x) * 0.8742F - (p.y + 0.9F) * 0.4856F;
  return std::max(base, slope);
}

class SignLayers {
 public:
  // pixel: how large one is, for soft edges.
  explicit SignLayers(float pixel) : pixel_(pixel) {}

  void lay(float distance, Ink ink) {
    const float amount = std::clamp(0.5F - distance / pixel_, 0.0F, 1.0F);
    const float below = alpha_ * (1 - amount);
    alpha_ = below + amount;
    if (alpha_ <= 0) return;
    red_ = (red_ * below + float(ink.red) * amount) / alpha_;
    green_ = (green_ * below + float(ink.green) * amount) / alpha_;
    blue_ = (blue_ * below + float(ink.blue) * amount) / alpha_;
  }
  // Nothing is there any more.
  void clear(float distance) { alpha_ *= 1 - std::clamp(0.5F - distance / pixel_, 0.0F, 1.0F); }

  void append_to(std::vector<std::uint8_t>& bytes) const {
    for (const float value : {alpha_ * 255, red_, green_, blue_})
      bytes.push_back(static_cast<std::uint8_t>(std::lround(value)));
  }

 private:
  const float pixel_;
  float alpha_ = 0;
  float red_ = 0;
  float green_ = 0;
  float blue_ = 0;
};

void draw_mood(SignLayers& layers, TrayMood mood, Spot p) {
  constexpr float kDisc = 0.82F;
  switch (mood) {
    case TrayMood::Recording:
      return layers.lay(to_disc(p, kDisc), kRecordingRed);
    case TrayMood::Busy:
      return layers.lay(to_disc(p, kDisc), kPausedGrey);
    case TrayMood::Muted:
      layers.lay(to_disc(p, kDisc), kRecordingRed);
      layers.clear(to_strike(p, 0.3F));
      return layers.lay(to_strike(p, 0.15F), kRecordingRed);
    case TrayMood::Paused:
      layers.lay(to_disc(p, kDisc), kPausedGrey);
      for (const float side : {-0.24F, 0.24F}) layers.lay(to_box(p, {side, 0}, {0.12F, 0.38F}), kSignWhite);
      return;
    case TrayMood::Trouble:
      layers.lay(to_upright_triangle(p), kTroubleYellow);
      layers.lay(to_box(p, {0, 0.02F}, {0.1F, 0.3F}), kSignBlack);
      return layers.lay(to_box(p, {0, 0.55F}, {0.1F, 0.1F}), kSignBlack);
  }
}

}  // namespace

std::vector<std::uint8_t> tray_icon(TrayMood mood, int side) {
  constexpr std::size_t kBytesAPixel = 4;
  std::vector<std::uint8_t> bytes;
  bytes.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * kBytesAPixel);
  const float pixel = 2.0F / static_cast<float>(side);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      SignLayers layers(pixel);
      draw_mood(layers, mood,
                {(static_cast<float>(x) + 0.5F) * pixel - 1, (static_cast<float>(y) + 0.5F) * pixel - 1});
      layers.append_to(bytes);
    }
  }
  return bytes;
}

}  // namespace meanwhile
