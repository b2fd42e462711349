#include "media/play/pointer_painter.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "media/base/layout.h"
#include "media/ffmpeg/pictures.h"
#include "media/play/pointer_image.h"

namespace meanwhile {
namespace {

// A disc that is seen at a glance and hides nothing: half transparent, in the window's accent.
constexpr std::array<std::uint8_t, 4> kClickColour{0x5B, 0x5B, 0xF0, 0x73};
constexpr int kSmallestClick = 12;
constexpr int kClicksAcross = 80;  // so many radii make the picture's width

struct Yuva {
  float y = 0;
  float u = 0;
  float v = 0;
  float alpha = 0;
};

// How RGB becomes the frame's YUV. Source: ITU-R BT.601 s. 2.5, BT.709 s. 3.
class Colours {
 public:
  explicit Colours(const AVFrame& frame) {
    const bool bt709 = is_bt709(frame);
    red_ = bt709 ? 0.2126F : 0.299F;
    blue_ = bt709 ? 0.0722F : 0.114F;
    if (frame.color_range == AVCOL_RANGE_JPEG) {
      black_ = 0;
      luma_range_ = 255;
      chroma_range_ = 255;
    }
  }

  [[nodiscard]] Yuva convert(const std::uint8_t* rgba) const {
    const float r = static_cast<float>(rgba[0]) / 255;
    const float g = static_cast<float>(rgba[1]) / 255;
    const float b = static_cast<float>(rgba[2]) / 255;
    const float luma = red_ * r + (1 - red_ - blue_) * g + blue_ * b;
    return {.y = black_ + luma_range_ * luma,
            .u = 128 + chroma_range_ * (b - luma) / (2 * (1 - blue_)),
            .v = 128 + chroma_range_ * (r - luma) / (2 * (1 - red_)),
            .alpha = static_cast<float>(rgba[3]) / 255};
  }

 private:
  float red_ = 0;
  float blue_ = 0;
  float black_ = 16;
  float luma_range_ = 219;
  float chroma_range_ = 224;
};

void blend(std::uint8_t& onto, float value, float alpha) {
  onto = static_cast<std::uint8_t>(
      std::clamp(static_cast<float>(onto) * (1 - alpha) + value * alpha + 0.5F, 0.F, 255.F));
}

std::uint8_t& pixel(AVFrame& frame, int plane, int x, int y) {
  return frame.data[plane][y * frame.linesize[plane] + x];
}

// The colour of the up to four pixels that share a chroma sample, weighted by how much they cover.
class ChromaSum {
 public:
  void add(const Yuva& colour) {
    u_ += colour.u * colour.alpha;
    v_ += colour.v * colour.alpha;
    alpha_ += colour.alpha;
  }
  void blend_onto(AVFrame& frame, int x, int y) const {
    if (alpha_ <= 0) return;
    blend(pixel(frame, 1, x, y), u_ / alpha_, alpha_ / 4);
    blend(pixel(frame, 2, x, y), v_ / alpha_, alpha_ / 4);
  }

 private:
  float u_ = 0;
  float v_ = 0;
  float alpha_ = 0;
};

// Block by block of the chroma planes, clipped to the frame. colour_at(x, y): what is laid over that pixel.
template <typename ColourAt>
void lay_over(AVFrame& frame, const Rect& area, const ColourAt& colour_at) {
  const int last_x = std::min(frame.width, area.x + area.width);
  const int last_y = std::min(frame.height, area.y + area.height);
  for (int block_y = std::max(0, area.y) / 2; block_y * 2 < last_y; ++block_y) {
    for (int block_x = std::max(0, area.x) / 2; block_x * 2 < last_x; ++block_x) {
      ChromaSum chroma;
      for (int i = 0; i < 4; ++i) {
        const int px = block_x * 2 + i % 2;
        const int py = block_y * 2 + i / 2;
        if (px >= frame.width || py >= frame.height) continue;
        const Yuva colour = colour_at(px, py);
        blend(pixel(frame, 0, px, py), colour.y, colour.alpha);
        chroma.add(colour);
      }
      chroma.blend_onto(frame, block_x, block_y);
    }
  }
}

}  // namespace

Rect pointer_area(const PointerImage& image, int x, int y) {
  return {x - image.hot_x, y - image.hot_y, image.width, image.height};
}

Rect click_area(int frame_width, int x, int y) {
  const int radius = std::max(kSmallestClick, frame_width / kClicksAcross);
  return {x - radius, y - radius, 2 * radius, 2 * radius};
}

void draw_pointer(AVFrame& frame, const PointerImage& image, int x, int y) {
  const Colours colours(frame);
  const Rect area = pointer_area(image, x, y);
  lay_over(frame, area, [&](int px, int py) -> Yuva {
    const int column = px - area.x;
    const int row = py - area.y;
    if (column < 0 || row < 0 || column >= image.width || row >= image.height) return {};
    return colours.convert(&image.rgba[static_cast<std::size_t>(row * image.width + column) * 4]);
  });
}

void draw_click(AVFrame& frame, int x, int y) {
  const Rect area = click_area(frame.width, x, y);
  const int radius = area.width / 2;
  const Yuva colour = Colours(frame).convert(kClickColour.data());
  lay_over(frame, area, [&](int px, int py) -> Yuva {
    const bool is_inside = (px - x) * (px - x) + (py - y) * (py - y) <= radius * radius;
    return is_inside ? colour : Yuva{};
  });
}

}  // namespace meanwhile
