#include "media/capture/avdevice/input_reader.h"

#include <chrono>
#include <expected>
#include <stop_token>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

// libavdevice gives nothing to wait on, and its blocking calls can't be ended. So a device that has nothing
// is asked again after a part of a frame; its stamps are the kernel's and don't suffer.
constexpr auto kAskAgain = std::chrono::milliseconds(4);

}  // namespace

Result<FramePtr> InputReader::next(const std::stop_token& stop) {
  one_thread_.check();
  const MonotonicTime deadline = clock_.now() + patience_;
  for (;;) {
    auto frame = input_->next(patience_);
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped"));
    if (frame) return frame;
    if (frame.error().code == ErrorCode::EndOfStream && spec_.is_looped) return next_round();
    if (frame.error().code != ErrorCode::TryAgain) return std::unexpected(translated(frame.error()));
    if (clock_.now() > deadline) return std::unexpected(silent());
    if (!alarm_.wait_until(clock_.now() + kAskAgain, clock_, stop))
      return fail(ErrorCode::Aborted, tr("stopped"));
  }
}

// A round that gives no frame would go on for ever.
Result<FramePtr> InputReader::next_round() {
  if (auto rewound = input_->rewind(); !rewound) return fail(ErrorCode::EndOfStream, "the end of the file");
  ++rounds_;
  return input_->next(patience_);
}

Error InputReader::translated(Error error) const {
  if (error.code == ErrorCode::EndOfStream && spec_.is_live) {
    return {ErrorCode::Unavailable, tr_format("recording {}: it ended the connection", spec_.name)};
  }
  if (error.code == ErrorCode::Aborted) return silent();
  if (spec_.is_device && error.code == ErrorCode::Io) {
    return {ErrorCode::Unavailable, tr_format("recording {}: it was unplugged or switched off", spec_.name)};
  }
  if (spec_.is_live && error.code == ErrorCode::Io) error.code = ErrorCode::Unavailable;
  return error;
}

Error InputReader::silent() const {
  return {ErrorCode::Unavailable,
          input_->decoder().codec_type == AVMEDIA_TYPE_VIDEO
              ? tr_format("recording {}: the camera stopped sending pictures", spec_.name)
              : tr_format("recording {}: the microphone stopped sending sound", spec_.name)};
}

}  // namespace meanwhile
