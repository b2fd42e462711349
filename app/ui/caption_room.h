// Where captions may lie over a picture without covering what lies there already.
#pragma once

#include <vector>

#include "app/ui/box.h"

namespace meanwhile {

enum class PictureEdge { Bottom, Top };

// The part of the picture whose lower, or upper, edge captions of that height go to: beside what is `taken`,
// where enough of the width is left, else beyond it. All of the picture, if there is no such place.
Box caption_room(const Box& picture, float height, PictureEdge edge, const std::vector<Box>& taken);

}  // namespace meanwhile
