// Thumbnails of a clip: which one stands for which moment.
#pragma once

#include <string_view>

#include "app/ui/play_tools.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"

namespace meanwhile {

// vtt: thumbs.vtt. Tiles that don't lie inside the sheet are left out. Errors: Corrupt.
Result<Thumbs> make_thumbs(PicturePtr sheet, std::string_view vtt);

// nullptr: none stands for it.
const Thumbs::Tile* tile_at(const Thumbs& thumbs, MediaTime moment);

// A part of a picture as a picture of its own: the same pixels. place: inside it; moved to even places, so
// that the colours stay with their pixels.
PicturePtr part_of(const PicturePtr& picture, Rect place);

}  // namespace meanwhile
