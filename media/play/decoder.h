// One codec's decoder, for packets and frames whose times are microseconds.
#pragma once

#include <memory>
#include <utility>

#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

class FrameMemory;

enum class Importance { Shown, NotShown };

// Thread: one at a time.
class Decoder {
 public:
  // memory: where its pictures lie; must outlive them. nullptr: on the heap. Errors: Unsupported (no decoder
  // for it), Corrupt (it doesn't take the parameters).
  static Result<std::unique_ptr<Decoder>> open(const AVCodecParameters& parameters,
                                               FrameMemory* memory = nullptr);

  // NotShown: nobody will look at this frame, so that it needn't be decoded if no other one stands on it.
  // Call only after receive() said TryAgain. Errors: Corrupt (the packet; the next one may do), Io.
  Result<void> send(const AVPacket& packet, Importance importance);
  // No more packets: receive() gives what is left, then EndOfStream.
  void drain();
  // Ready for packets from another place.
  void flush();
  // Errors: TryAgain (send more), EndOfStream, Corrupt.
  Result<FramePtr> receive();

 private:
  explicit Decoder(CodecContextPtr context) : context_(std::move(context)) {}
  const CodecContextPtr context_;
};

}  // namespace meanwhile
