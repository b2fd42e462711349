// A title card as a picture.
#pragma once

#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/picture.h"

namespace meanwhile {

// size: even. White words on the exports' dark grey, in the middle, in the system's fonts: any script. Where
// the program was built without Pango, without the words. BT.601, limited range. Some milliseconds.
PicturePtr title_picture(const TitleCard& card, Size size);

}  // namespace meanwhile
