// Pictures of cameras that send JPEG.
#pragma once

#include <cstdint>
#include <span>

#include "media/base/result.h"
#include "media/base/thread_checker.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// One thread.
class JpegDecoder {
 public:
  // Errors: Corrupt (this picture; the next one may be whole), Unsupported (libavcodec has no such decoder).
  Result<FramePtr> decode(std::span<const std::uint8_t> bytes);

 private:
  Result<void> open();
  CodecContextPtr decoder_;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
