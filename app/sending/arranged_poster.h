// The picture that stands for an update as its author arranged it: of what is shown, without what is covered.
#pragma once

#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/play/clip_media.h"

namespace meanwhile {

// A JPEG of the screen at that moment of the recorded timeline, else of the camera. Blocks while it is read
// and decoded. Errors: NotFound (there are no pictures), as open_video and encode_poster.
Result<Bytes> arranged_poster(const ClipMedia& media, const Arrangement& arrangement, MediaTime moment);

}  // namespace meanwhile
