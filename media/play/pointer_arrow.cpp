#include "media/play/pointer_arrow.h"

#include <array>
#include <cstdint>
#include <string_view>

#include "media/play/pointer_image.h"
#include "media/play/pointer_track.h"

namespace meanwhile {
namespace {

// X: the black outline, o: the white inside.
constexpr std::array<std::string_view, 19> kArrow{
    "X           ", "XX          ", "XoX         ", "XooX        ", "XoooX       ",
    "XooooX      ", "XoooooX     ", "XooooooX    ", "XoooooooX   ", "XooooooooX  ",
    "XoooooooooX ", "XooooooXXXXX", "XoooXooX    ", "XooXXooX    ", "XoX  XooX   ",
    "XX   XooX   ", "X     XooX  ", "      XooX  ", "       XX   "};

PointerImage make_arrow() {
  PointerImage image{.width = static_cast<int>(kArrow[0].size()), .height = static_cast<int>(kArrow.size())};
  for (const std::string_view row : kArrow) {
    for (const char c : row) {
      const std::uint8_t shade = c == 'o' ? 255 : 0;
      const std::uint8_t alpha = c == ' ' ? 0 : 255;
      image.rgba.insert(image.rgba.end(), {shade, shade, shade, alpha});
    }
  }
  return image;
}

}  // namespace

const PointerImage& plain_arrow() {
  static const PointerImage arrow = make_arrow();
  return arrow;
}

}  // namespace meanwhile
