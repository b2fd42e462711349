// libav's frames as Pictures, without copying.
#pragma once

#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Shares the frame's planes. nullptr: not 8-bit planar 4:2:0.
PicturePtr to_picture(FramePtr frame, MediaTime at);

// The pictures' colours as the frame says, or as everybody guesses where it doesn't: BT.709 from 720 lines
// on.
bool is_bt709(const AVFrame& frame);

}  // namespace meanwhile
