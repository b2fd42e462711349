// The screen as YUV, of which only what changed is converted again.
#pragma once

#include <cstdint>
#include <vector>

#include "media/base/layout.h"
#include "media/capture/picture_pool.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// The order of a pixel's bytes in memory; the fourth is nothing, or an alpha that doesn't count.
enum class PixelOrder { BlueFirst, RedFirst };

// Four bytes a pixel.
struct ScreenPixels {
  const std::uint8_t* bytes = nullptr;
  int stride = 0;
  PixelOrder order = PixelOrder::BlueFirst;
};

// BT.601, limited range: what libyuv converts to.
class ScreenPicture {
 public:
  // Both even.
  explicit ScreenPicture(Size size) : pool_(size.width, size.height) {}

  // A new frame: the last one with the areas (even corners, inside the picture) replaced by pixels, one for
  // each. The first call must cover everything.
  FramePtr update(const std::vector<Rect>& areas, const std::vector<ScreenPixels>& pixels);

 private:
  bool is_everything(const std::vector<Rect>& areas) const;
  FramePtr copy_of_last();

  PicturePool pool_;
  FramePtr last_;  // shared with whoever got it: never written
};

}  // namespace meanwhile
