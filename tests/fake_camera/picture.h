// What the make-believe camera sees.
#pragma once

#include <linux/videodev2.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "media/ffmpeg/owners.h"

namespace meanwhile::fake_camera {

struct Mode {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t yuyv_rate = 0;
  std::uint32_t mjpeg_rate = 0;
};
inline constexpr Mode kModes[] = {{640, 480, 30, 30}, {1280, 720, 10, 30}, {1920, 1080, 5, 30}};

// Draws and packs pictures of one size and format (V4L2_PIX_FMT_YUYV or _MJPEG).
class Painter {
 public:
  Painter(std::uint32_t format, const Mode& mode);
  // A dark (or, is_flash, white) picture with a moving bar, reddish left and bluish right; in the upper left
  // corner `number` as 32 blocks of 16 x 16, white 1 and black 0, lowest bit first. The bytes written to
  // `into`.
  std::size_t paint(std::uint32_t number, bool is_flash, std::span<std::uint8_t> into);

 private:
  void draw(std::uint32_t number, bool is_flash);
  std::size_t pack(std::span<std::uint8_t> into) const;
  std::size_t encode(std::span<std::uint8_t> into);

  const std::uint32_t format_;
  const Mode mode_;
  FramePtr frame_;  // YUV422P
  CodecContextPtr encoder_;
};

}  // namespace meanwhile::fake_camera
