#include "app/ui/zoom.h"

#include <algorithm>
#include <cmath>

#include "app/ui/thumbs.h"
#include "media/base/layout.h"
#include "media/base/picture.h"

namespace meanwhile {
namespace {

constexpr float kStep = 1.25F;
constexpr float kNearlyOne = 1.01F;

bool is_same(const Rect& a, const Rect& b) {
  return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

}  // namespace

void Zoom::turn(float steps, float x, float y) {
  const float factor = std::clamp(factor_ * std::pow(kStep, steps), 1.0F, kMost);
  left_ += x * (1 / factor_ - 1 / factor);
  top_ += y * (1 / factor_ - 1 / factor);
  factor_ = factor < kNearlyOne ? 1 : factor;
  stay_inside();
}

void Zoom::drag(float x, float y) {
  left_ -= x / factor_;
  top_ -= y / factor_;
  stay_inside();
}

void Zoom::stay_inside() {
  left_ = std::clamp(left_, 0.0F, 1 - 1 / factor_);
  top_ = std::clamp(top_, 0.0F, 1 - 1 / factor_);
}

Rect Zoom::shown(Size picture) const {
  const auto part = [&](int size) { return std::max(2, int(float(size) / factor_) / 2 * 2); };
  const auto place = [](float share, int size, int shown) {
    return std::clamp(int(share * float(size)) / 2 * 2, 0, size - shown);
  };
  const int width = part(picture.width);
  const int height = part(picture.height);
  return {place(left_, picture.width, width), place(top_, picture.height, height), width, height};
}

PicturePtr ZoomedPicture::of(const PicturePtr& picture, const Rect& shown) {
  const Rect all = picture ? Rect{0, 0, picture->width, picture->height} : Rect{};
  if (!picture || shown.width <= 0 || is_same(shown, all)) {
    whole_ = part_ = nullptr;
    place_ = all;
    return picture;
  }
  if (picture != whole_ || !is_same(shown, place_)) {
    whole_ = picture;
    place_ = shown;
    part_ = part_of(picture, shown);
  }
  return part_;
}

}  // namespace meanwhile
