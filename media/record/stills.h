// Single pictures as files: the poster of a clip, the shapes of the pointer.
#pragma once

#include <cstdint>
#include <span>

#include "media/base/byte_stream.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

constexpr int kPosterWidth = 640;

// A JPEG of the frame, at most kPosterWidth wide. Errors: Unsupported, InvalidArgument, Internal.
Result<Bytes> encode_poster(const AVFrame& frame);

// The same of a decoded picture.
Result<Bytes> encode_poster(const Picture& picture);

// A JPEG of many small pictures, in their own size, for a glance. Errors: as encode_poster.
Result<Bytes> encode_thumbs(const AVFrame& sheet);

// rgba: straight alpha, rows without padding. Errors: InvalidArgument (sizes that don't fit), Unsupported,
// Internal.
Result<Bytes> encode_png(int width, int height, std::span<const std::uint8_t> rgba);

}  // namespace meanwhile
