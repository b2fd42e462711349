#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "tests/app/ui_states/scripted_states.h"

namespace meanwhile {
namespace {

struct Yuv {
  std::uint8_t y;
  std::uint8_t u;
  std::uint8_t v;
};

class Canvas420 {
 public:
  Canvas420(int width, int height)
      : width_(width), height_(height), bytes_(std::size_t(width) * height * 3 / 2) {}

  void fill(int left, int top, int wide, int high, Yuv color) {
    for (int y = std::max(0, top); y < std::min(height_, top + high); ++y)
      for (int x = std::max(0, left); x < std::min(width_, left + wide); ++x) put(x, y, color);
  }
  void disc(int cx, int cy, int radius, Yuv color) {
    for (int y = cy - radius; y <= cy + radius; ++y)
      for (int x = cx - radius; x <= cx + radius; ++x)
        if ((x - cx) * (x - cx) + (y - cy) * (y - cy) <= radius * radius && x >= 0 && y >= 0 && x < width_ &&
            y < height_)
          put(x, y, color);
  }
  PicturePtr finish() && {
    auto owner = std::make_shared<std::vector<std::uint8_t>>(std::move(bytes_));
    auto picture = std::make_shared<Picture>();
    picture->width = width_;
    picture->height = height_;
    picture->planes[0] = owner->data();
    picture->planes[1] = owner->data() + std::size_t(width_) * height_;
    picture->planes[2] = picture->planes[1] + std::size_t(width_) * height_ / 4;
    picture->strides = {width_, width_ / 2, width_ / 2};
    picture->owner = owner;
    return picture;
  }

 private:
  void put(int x, int y, Yuv color) {
    bytes_[std::size_t(y) * width_ + x] = color.y;
    const std::size_t chroma = std::size_t(y / 2) * (width_ / 2) + x / 2;
    bytes_[std::size_t(width_) * height_ + chroma] = color.u;
    bytes_[std::size_t(width_) * height_ * 5 / 4 + chroma] = color.v;
  }
  int width_;
  int height_;
  std::vector<std::uint8_t> bytes_;
};

constexpr Yuv kPaper{228, 126, 129};
constexpr Yuv kInk{50, 132, 126};
constexpr Yuv kGrey{170, 128, 128};

}  // namespace

PicturePtr slide_picture(int width, int height, int variant) {
  Canvas420 canvas(width, height);
  const Yuv accent{std::uint8_t(90 + variant * 23 % 80), std::uint8_t(90 + variant * 47 % 90),
                   std::uint8_t(90 + variant * 71 % 100)};
  canvas.fill(0, 0, width, height, kPaper);
  canvas.fill(0, 0, width, height / 12, accent);
  canvas.fill(width / 16, height / 6, width / 2, height / 16, kInk);
  for (int line = 0; line < 7; ++line)
    canvas.fill(width / 16, height * (6 + line * 2) / 22, width * (4 + (line * 5 + variant) % 4) / 16,
                height / 60, kGrey);
  for (int bar = 0; bar < 5; ++bar) {
    const int high = height * (2 + (bar * 3 + variant) % 5) / 14;
    canvas.fill(width * (19 + bar * 2) / 32, height * 8 / 10 - high, width / 22, high, accent);
  }
  return std::move(canvas).finish();
}

PicturePtr face_picture(int width, int height) {
  Canvas420 canvas(width, height);
  canvas.fill(0, 0, width, height, {96, 136, 122});
  canvas.fill(width * 2 / 3, 0, width / 3, height * 3 / 4, {120, 132, 124});
  canvas.disc(width / 2, height + height / 10, height * 2 / 5, {70, 150, 116});
  canvas.disc(width / 2, height * 9 / 20, height / 4, {165, 108, 150});
  canvas.disc(width / 2, height * 6 / 20, height / 5, {45, 124, 134});
  canvas.disc(width / 2, height * 10 / 20, height * 9 / 40, {165, 108, 150});
  canvas.disc(width * 46 / 100, height * 9 / 20, height / 50, {40, 128, 128});
  canvas.disc(width * 54 / 100, height * 9 / 20, height / 50, {40, 128, 128});
  canvas.fill(width * 47 / 100, height * 57 / 100, width * 6 / 100, height / 60, {90, 115, 165});
  return std::move(canvas).finish();
}

}  // namespace meanwhile
