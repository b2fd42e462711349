// The pointer that is drawn where a clip doesn't say what its own looked like.
#pragma once

#include "media/play/pointer_image.h"
#include "media/play/pointer_track.h"

namespace meanwhile {

const PointerImage& plain_arrow();

}  // namespace meanwhile
