// Where a decoder puts its pictures, if not on the heap.
#pragma once

#include <cstddef>

#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Any thread.
class FrameMemory {
 public:
  virtual ~FrameMemory() = default;
  // Aligned to 64 bytes; given back when the last reference to it goes. nullptr: there is no room.
  virtual BufferPtr allocate(std::size_t size_bytes) = 0;
};

// Before avcodec_open2: pictures of 8-bit planar 4:2:0 lie in memory, which must outlive them.
void decode_into(AVCodecContext& context, FrameMemory& memory);

}  // namespace meanwhile
