// One stream of whatever libavformat and libavdevice can open, decoded.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/thread_checker.h"
#include "media/capture/avdevice/input_spec.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/turn.h"

namespace meanwhile {

// One thread, but for abort().
class MediaInput {
 public:
  // type: video or audio; the best stream of that type. Blocks for the input's first answer, 10 s at most.
  // Errors: NotFound, PermissionDenied, Unavailable (busy, no answer), Corrupt, Unsupported (no decoder),
  // InvalidArgument (a filter graph that is none, an input without such a stream).
  static Result<std::unique_ptr<MediaInput>> open(const InputSpec& spec, AVMediaType type);

  // The next frame. Blocks while the input does, at most `limit`; a device doesn't block.
  // Errors: TryAgain (a device that has nothing now), EndOfStream, Aborted (abort(), or the limit), Corrupt,
  // Io (a device that is gone).
  Result<FramePtr> next(std::chrono::milliseconds limit);
  // To the beginning. Errors: Unsupported (it can't).
  Result<void> rewind();
  // Any thread, and for good.
  void abort() { is_aborted_ = true; }

  const AVStream& stream() const { return *stream_; }
  const AVCodecContext& decoder() const { return *decoder_; }
  // How its pictures are to be turned to be upright.
  Turn turn() const;
  // Of a frame from next(), in the stream's own time.
  std::optional<MediaTime> time_of(const AVFrame& frame) const;

 private:
  explicit MediaInput(std::string name) : name_(std::move(name)) {}
  Result<void> open_format(const InputSpec& spec);
  Result<void> open_decoder(AVMediaType type);
  Result<void> feed();
  void set_limit(std::chrono::milliseconds limit);
  static int is_interrupted(void* self);

  const std::string name_;
  InputContextPtr format_;
  AVStream* stream_ = nullptr;  // belongs to format_
  CodecContextPtr decoder_;
  PacketPtr packet_ = make_packet();
  int bad_packets_ = 0;  // one after the other
  std::chrono::steady_clock::time_point deadline_;
  std::atomic<bool> is_aborted_ = false;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
