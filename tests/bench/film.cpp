#include "tests/bench/film.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace meanwhile {
namespace {

constexpr int kMargin = 400;  // that the camera pans over, each way
constexpr int kGrainRows = 64;
constexpr unsigned kSeed = 2026;

// Smooth noise: a lattice of random heights, between which it is interpolated.
class Octave {
 public:
  Octave(Size size, int cell, std::mt19937& random)
      : cell_(cell), columns_(size.width / cell + 2), heights_(columns_ * (size.height / cell + 2)) {
    std::uniform_real_distribution<float> height(-0.5F, 0.5F);
    for (float& value : heights_) value = height(random);
  }
  float at(int x, int y) const {
    const float fx = ease(static_cast<float>(x % cell_) / static_cast<float>(cell_));
    const float fy = ease(static_cast<float>(y % cell_) / static_cast<float>(cell_));
    const float* above = &heights_[static_cast<std::size_t>(y / cell_) * columns_ + x / cell_];
    const float* below = above + columns_;
    return std::lerp(std::lerp(above[0], above[1], fx), std::lerp(below[0], below[1], fx), fy);
  }

 private:
  static float ease(float t) { return t * t * (3 - 2 * t); }
  const int cell_;
  const std::size_t columns_;
  std::vector<float> heights_;
};

// Room is left at the top of each channel, so that grain can be added to the whole pixel at once.
std::uint32_t colour_of(float height, float tint) {
  const auto channel = [](float value) {
    return static_cast<std::uint32_t>(std::clamp(value, 16.0F, 230.0F));
  };
  const float light = 120 + 150 * height;
  return channel(light + 60 * tint) << 16 | channel(light) << 8 | channel(light - 60 * tint);
}

std::vector<std::uint32_t> make_landscape(Size size) {
  std::mt19937 random(kSeed);
  const Octave coarse(size, 320, random);
  const Octave middle(size, 80, random);
  const Octave fine(size, 20, random);
  const Octave finest(size, 5, random);
  std::vector<std::uint32_t> pixels;
  pixels.reserve(static_cast<std::size_t>(size.width) * size.height);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const float height =
          coarse.at(x, y) + 0.4F * middle.at(x, y) + 0.2F * fine.at(x, y) + 0.1F * finest.at(x, y);
      pixels.push_back(colour_of(height, coarse.at(x, y)));
    }
  }
  return pixels;
}

// The same in all three channels, 0 to 7; two rows' worth and more, to start anywhere.
std::vector<std::uint32_t> make_grain(int width) {
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<std::uint32_t> strength(0, 7);
  std::vector<std::uint32_t> grain(static_cast<std::size_t>(width) * kGrainRows);
  for (std::uint32_t& value : grain) value = strength(random) * 0x010101U;
  return grain;
}

void draw_number(const ScreenCanvas& canvas, int number) {
  for (int bit = 0; bit < kNumberBits; ++bit) {
    const bool is_set = (number >> (kNumberBits - 1 - bit)) & 1;
    canvas.fill({bit * kNumberSquare, 0, kNumberSquare, kNumberSquare}, is_set ? 0xffffff : 0x000000);
  }
}

int swing(int number, double frames_per_swing, int middle, int reach) {
  return middle + static_cast<int>(std::lround(reach * std::sin(number * 6.283 / frames_per_swing)));
}

}  // namespace

Film::Film(Size size)
    : size_(size),
      landscape_size_{size.width + 2 * kMargin, size.height + 2 * kMargin},
      landscape_(make_landscape(landscape_size_)),
      grain_(make_grain(size.width)) {}

void Film::draw_row(std::span<std::uint32_t> row, int landscape_x, int landscape_y) {
  const std::uint32_t* from =
      &landscape_[static_cast<std::size_t>(landscape_y) * landscape_size_.width + landscape_x];
  grain_state_ = grain_state_ * 1664525 + 1013904223;  // a linear congruence is random enough for grain
  const std::uint32_t* grain = &grain_[(grain_state_ >> 8) % (grain_.size() - row.size())];
  for (std::size_t x = 0; x < row.size(); ++x) row[x] = from[x] + grain[x];
}

void Film::draw(const ScreenCanvas& canvas, int number) {
  const int pan_x = swing(number, 190, kMargin, kMargin - 1);
  const int pan_y = swing(number, 310, kMargin, kMargin / 2);
  const int walker_x = swing(number, 240, size_.width / 2, size_.width / 3);
  for (int y = 0; y < size_.height; ++y) {
    draw_row(canvas.row(y), pan_x, pan_y + y);
    if (y > size_.height / 4)
      draw_row(canvas.row(y).subspan(static_cast<std::size_t>(walker_x) - 150, 300), 40 + number % 7, y);
  }
  draw_number(canvas, number);
}

}  // namespace meanwhile
