// A closer look at the screen: how much of it is shown, and which part.
#pragma once

#include "media/base/layout.h"
#include "media/base/picture.h"

namespace meanwhile {

class Zoom {
 public:
  static constexpr float kMost = 8;

  [[nodiscard]] bool is_on() const { return factor_ > 1; }
  void reset() { *this = {}; }
  // Closer (steps > 0) or further away, towards what is at x, y: 0 to 1 of what is shown now.
  void turn(float steps, float x, float y);
  // By shares of what is shown now: the picture follows the hand.
  void drag(float x, float y);
  // What is shown of a picture of that size.
  [[nodiscard]] Rect shown(Size picture) const;

 private:
  void stay_inside();

  float factor_ = 1;
  float left_ = 0;  // 0 to 1 of the picture
  float top_ = 0;
};

// The part of each newest picture that is shown, made once a picture and place.
class ZoomedPicture {
 public:
  // shown: empty: all of it.
  PicturePtr of(const PicturePtr& picture, const Rect& shown);
  [[nodiscard]] Rect place() const { return place_; }

 private:
  PicturePtr whole_;
  PicturePtr part_;
  Rect place_;
};

}  // namespace meanwhile
