#include "media/base/covered_picture.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"

namespace meanwhile {
namespace {

// Text of that height can't be guessed from blocks of it: a sixteenth of the picture's height, and never less
// than 24 lines.
constexpr int kBlocksInHeight = 16;
constexpr int kLeastBlock = 24;
constexpr std::uint8_t kSolidLuma = 32;
constexpr std::uint8_t kNoColour = 128;

struct OwnedPlanes {
  std::vector<std::uint8_t> bytes;
};

struct Plane {
  std::uint8_t* data;
  int stride;
  Rect area;
  int block;
};

std::shared_ptr<Picture> copy_of(const Picture& picture) {
  auto planes = std::make_shared<OwnedPlanes>();
  auto copy = std::make_shared<Picture>(picture);
  std::size_t size = 0;
  for (int i = 0; i < 3; ++i) {
    const int shift = i == 0 ? 0 : 1;
    copy->strides[static_cast<std::size_t>(i)] = (picture.width + shift) >> shift;
    size += static_cast<std::size_t>((picture.width + shift) >> shift) *
            static_cast<std::size_t>((picture.height + shift) >> shift);
  }
  planes->bytes.resize(size);
  std::uint8_t* to = planes->bytes.data();
  for (std::size_t i = 0; i < 3; ++i) {
    const int height = i == 0 ? picture.height : (picture.height + 1) / 2;
    const auto width = static_cast<std::size_t>(copy->strides[i]);
    copy->planes[i] = to;
    for (int y = 0; y < height; ++y, to += width)
      std::memcpy(to, picture.planes[i] + static_cast<std::ptrdiff_t>(y) * picture.strides[i], width);
  }
  copy->owner = planes;
  return copy;
}

// Outwards to even numbers: colours have half of the picture's size.
Rect pixels_of(const CoveredArea& area, const Picture& picture) {
  const auto edge = [](double share, int length, bool is_end) {
    const int at = static_cast<int>(is_end ? std::ceil(share * length) : std::floor(share * length));
    return std::clamp(is_end ? (at + 1) / 2 * 2 : at / 2 * 2, 0, (length + 1) / 2 * 2);
  };
  const int left = edge(area.x, picture.width, false);
  const int top = edge(area.y, picture.height, false);
  return {left, top, edge(area.x + area.width, picture.width, true) - left,
          edge(area.y + area.height, picture.height, true) - top};
}

std::uint8_t average(const Plane& plane, const Rect& block) {
  std::uint64_t sum = 0;
  for (int y = block.y; y < block.y + block.height; ++y)
    for (int x = block.x; x < block.x + block.width; ++x)
      sum += plane.data[static_cast<std::ptrdiff_t>(y) * plane.stride + x];
  return static_cast<std::uint8_t>(
      sum / (static_cast<std::uint64_t>(block.width) * static_cast<std::uint64_t>(block.height)));
}

void fill(const Plane& plane, const Rect& block, std::uint8_t value) {
  for (int y = block.y; y < block.y + block.height; ++y)
    std::memset(plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride + block.x, value,
                static_cast<std::size_t>(block.width));
}

void blur(const Plane& plane) {
  const Rect& area = plane.area;
  for (int y = area.y; y < area.y + area.height; y += plane.block)
    for (int x = area.x; x < area.x + area.width; x += plane.block) {
      const Rect block{x, y, std::min(plane.block, area.x + area.width - x),
                       std::min(plane.block, area.y + area.height - y)};
      fill(plane, block, average(plane, block));
    }
}

void cover(Picture& picture, const CoveredArea& area) {
  const Rect pixels = pixels_of(area, picture);
  const int block = std::max(kLeastBlock, picture.height / kBlocksInHeight) / 2 * 2;
  for (std::size_t i = 0; i < 3; ++i) {
    const int shift = i == 0 ? 0 : 1;
    const int width = (picture.width + shift) >> shift;
    const int height = (picture.height + shift) >> shift;
    const int left = pixels.x >> shift;
    const int top = pixels.y >> shift;
    const Plane plane{.data = const_cast<std::uint8_t*>(picture.planes[i]),  // our own copy
                      .stride = picture.strides[i],
                      .area = {left, top, std::min(pixels.width >> shift, width - left),
                               std::min(pixels.height >> shift, height - top)},
                      .block = block >> shift};
    if (area.kind == CoverKind::Blur)
      blur(plane);
    else
      fill(plane, plane.area, i == 0 ? kSolidLuma : kNoColour);
  }
}

}  // namespace

PicturePtr covered(const PicturePtr& picture, CoverTrack track,
                   const std::vector<const CoveredArea*>& areas) {
  std::shared_ptr<Picture> copy;
  for (const CoveredArea* area : areas) {
    if (area->track != track || !picture || picture->width <= 0) continue;
    if (!copy) copy = copy_of(*picture);
    cover(*copy, *area);
  }
  return copy ? PicturePtr(std::move(copy)) : picture;
}

PicturePtr TrackCovers::of(const PicturePtr& picture, const Arrangement* arrangement, MediaTime moment) {
  if (arrangement == nullptr || arrangement->covered.empty()) return picture;
  std::vector<const CoveredArea*> areas;
  for (const CoveredArea& area : arrangement->covered)
    if (area.track == track_ && area.range.from <= moment && moment < area.range.to) areas.push_back(&area);
  if (areas.empty()) return picture;
  if (picture != from_ || areas != areas_) {
    made_ = covered(picture, track_, areas);
    from_ = picture;
    areas_ = std::move(areas);
  }
  return made_;
}

}  // namespace meanwhile
