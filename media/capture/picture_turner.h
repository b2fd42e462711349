// Pictures that were taken with the camera on its side, upright.
#pragma once

#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/turn.h"

namespace meanwhile {

// picture: YUV420P with even sides. The same picture where there is no turn.
FramePtr turned(FramePtr picture, const Turn& turn);

}  // namespace meanwhile
