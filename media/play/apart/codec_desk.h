// Decodes packets one by one, in a decoder's process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "media/base/byte_stream.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/ffmpeg/frame_decoder.h"
#include "media/play/apart/messages.h"

namespace meanwhile {

// Thread: one.
class CodecDesk {
 public:
  // track: as pack_track() has it. Errors: as open_frame_decoder_here.
  Result<void> open(std::span<const std::byte> track);
  // order: Decode. Errors: as FrameDecoder::send.
  Result<void> decode(const Order& order, std::span<const std::byte> packet);

  struct Given {
    std::int64_t at = 0;  // in the track's time
    PicturePtr picture;   // nullptr: it is sound
    Bytes rest;           // what goes along (sent_frame.h)
  };
  // Errors: as FrameDecoder::receive; Unsupported (pictures that aren't 8-bit 4:2:0).
  Result<Given> take();

 private:
  std::unique_ptr<FrameDecoder> decoder_;
};

}  // namespace meanwhile
