// Decodes the packets of a clip's track to frames: in this process, or wherever the program has set it up.
#pragma once

#include <functional>
#include <memory>

#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Thread: one at a time.
class FrameDecoder {
 public:
  FrameDecoder() = default;
  FrameDecoder(const FrameDecoder&) = delete;
  FrameDecoder& operator=(const FrameDecoder&) = delete;
  virtual ~FrameDecoder() = default;

  // nullptr: no more will come. Errors: Corrupt, Io.
  virtual Result<void> send(const AVPacket* packet) = 0;
  // pts as the packet's; sound is planar floats. Errors: TryAgain (send more), EndOfStream, Corrupt,
  // Unsupported.
  virtual Result<FramePtr> receive() = 0;
  // What the pictures' parameter sets claim, once one was decoded; 0/1: nothing.
  [[nodiscard]] virtual AVRational frame_rate() const = 0;
};

using OpenFrameDecoder = std::function<Result<std::unique_ptr<FrameDecoder>>(const AVCodecParameters& track,
                                                                             AVRational time_base)>;

// H.264 and AAC only, in this process. Errors: Unsupported, Corrupt.
Result<std::unique_ptr<FrameDecoder>> open_frame_decoder_here(const AVCodecParameters& track,
                                                              AVRational time_base);

// From now on open_frame_decoder() asks `open`; empty: it decodes here. Any thread.
void decode_frames_with(OpenFrameDecoder open);
// Any thread. Errors: as open_frame_decoder_here; Unavailable (no decoder can be had).
Result<std::unique_ptr<FrameDecoder>> open_frame_decoder(const AVCodecParameters& track,
                                                         AVRational time_base);

}  // namespace meanwhile
