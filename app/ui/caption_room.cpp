#include "app/ui/caption_room.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "app/ui/box.h"

namespace meanwhile {
namespace {

// Of the picture's width: narrower, sentences would be broken into too many lines.
constexpr float kLeastShare = 0.55F;
constexpr float kGapShare = 0.01F;  // of the picture's width, around what is taken

Box strip_of(const Box& room, float height, PictureEdge edge) {
  Box strip = room;
  return edge == PictureEdge::Bottom ? strip.cut_bottom(height) : strip.cut_top(height);
}

const Box* first_in(const Box& strip, const std::vector<Box>& taken) {
  const auto found =
      std::ranges::find_if(taken, [&](const Box& box) { return !box.clipped_to(strip).is_empty(); });
  return found == taken.end() ? nullptr : &*found;
}

// What is left beside `other`, on its wider side.
Box beside(Box room, const Box& other, float gap) {
  if (other.left - room.left > room.right - other.right)
    room.right = std::min(room.right, other.left - gap);
  else
    room.left = std::max(room.left, other.right + gap);
  return room;
}

Box beyond(Box room, const Box& other, PictureEdge edge, float gap) {
  if (edge == PictureEdge::Bottom)
    room.bottom = std::min(room.bottom, other.top - gap);
  else
    room.top = std::max(room.top, other.bottom + gap);
  return room;
}

}  // namespace

Box caption_room(const Box& picture, float height, PictureEdge edge, const std::vector<Box>& taken) {
  const float gap = picture.width() * kGapShare;
  Box room = picture;
  // Each turn leaves one of them behind.
  for (std::size_t turn = 0; turn <= 2 * taken.size(); ++turn) {
    const Box* other = first_in(strip_of(room, height, edge), taken);
    if (other == nullptr) return room.height() >= height ? room : picture;
    const Box narrower = beside(room, *other, gap);
    const bool is_wide = narrower.width() >= picture.width() * kLeastShare;
    room = is_wide ? narrower : beyond(room, *other, edge, gap);
  }
  return picture;
}

}  // namespace meanwhile
