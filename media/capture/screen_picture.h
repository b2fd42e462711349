// The screen as YUV, of which only what changed is converted again, in a size that stays what it was at
// first.
#pragma once

#include <cstdint>
#include <vector>

#include "media/base/layout.h"
#include "media/base/thread_checker.h"
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

// What pictures of `source` are recorded as: even, and at most most_width wide, in their own shape.
Size recorded_size(Size source, int most_width);

// Where a picture of `source` stands in one of `target`: as it is where it fits, else scaled down in its own
// shape; in the middle, on even corners.
Rect placement_of(Size source, Size target);

// Where a point of the source is in the picture; both may lie outside.
struct PicturePoint {
  int x = 0;
  int y = 0;
};

// BT.601, limited range: what libyuv converts to. One thread. All sizes are even.
class ScreenPicture {
 public:
  // Of the frames that come out; the source has the same size at first.
  explicit ScreenPicture(Size size);

  // From now on pixels are of a picture of this size; if it is another one than before, the next update()
  // must cover all of it. Larger ones come out scaled down, smaller ones as they are, with black around.
  void set_source(Size source);
  // A new frame: the last one with the areas (even corners, of the source) replaced by pixels, one for each.
  // The first call must cover everything.
  FramePtr update(const std::vector<Rect>& areas, const std::vector<ScreenPixels>& pixels);

  // Another thread goes on with it.
  void hand_over() { one_thread_.hand_over(); }

  Size size() const { return {pool_.width(), pool_.height()}; }
  Size source() const { return source_; }
  // Where the source is in the frames.
  Rect placement() const { return placement_; }
  PicturePoint place(int x, int y) const;

 private:
  bool is_scaled() const;
  bool is_whole_frame(const std::vector<Rect>& areas) const;
  FramePtr next_frame(const std::vector<Rect>& areas);
  void draw(const Rect& area, const ScreenPixels& pixels, AVFrame& into);
  void scale(const Rect& area, AVFrame& into) const;

  PicturePool pool_;
  Size source_;
  Rect placement_;
  FramePtr last_;        // shared with whoever got it: never written; nullptr: black
  FramePtr full_sized_;  // only where the source is scaled: what it looks like
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
