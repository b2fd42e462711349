#include "media/play/apart/packed_picture.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "media/base/picture.h"

namespace meanwhile {
namespace {

struct PlaneSize {
  std::size_t width = 0;
  std::size_t height = 0;
};

std::array<PlaneSize, 3> plane_sizes(const Picture& picture) {
  const auto width = static_cast<std::size_t>(picture.width);
  const auto height = static_cast<std::size_t>(picture.height);
  const PlaneSize half{(width + 1) / 2, (height + 1) / 2};
  return {PlaneSize{width, height}, half, half};
}

}  // namespace

std::size_t packed_size(const Picture& picture) {
  std::size_t size = 0;
  for (const PlaneSize& plane : plane_sizes(picture)) size += plane.width * plane.height;
  return size;
}

Picture pack_into(const Picture& picture, std::uint8_t* to) {
  Picture copy = picture;
  copy.owner.reset();
  const auto sizes = plane_sizes(picture);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    copy.planes[i] = to;
    copy.strides[i] = static_cast<int>(sizes[i].width);
    for (std::size_t line = 0; line < sizes[i].height; ++line, to += sizes[i].width) {
      const std::ptrdiff_t from = static_cast<std::ptrdiff_t>(line) * picture.strides[i];
      std::memcpy(to, picture.planes[i] + from, sizes[i].width);
    }
  }
  return copy;
}

}  // namespace meanwhile
