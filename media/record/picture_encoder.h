// The encoder behind a video track, whichever it is.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/record/load_policy.h"

namespace meanwhile {

enum class VideoUse { Screen, Camera };

struct EncoderRequest {
  const AVFrame& first;  // what all pictures are like: size, colours
  VideoUse use = VideoUse::Screen;
  double frames_per_second = 30;
  Effort effort = Effort::Full;
  int parameter_sets = 0;  // the number of its parameter sets (libx264 alone has others than 0)
};

// Pictures in, H.264 out; no B-frames. Thread: one at a time.
class PictureEncoder {
 public:
  virtual ~PictureEncoder() = default;

  // Opened: size, colours, extradata (Annex B), time base of microseconds. codec_tag is kParameterSetsInBand
  // where the track must be able to go on with other parameter sets.
  virtual const AVCodecContext& context() const = 0;
  // frame: YUV420P, pts in us, strictly rising; a keyframe where pict_type says I. nullptr: no more will
  // come. Errors: Internal (the encoder is of no use any more).
  virtual Result<void> send(const AVFrame* frame) = 0;
  // pts as the frame's, keyframes flagged. Errors: TryAgain, EndOfStream, Internal (as send).
  virtual Result<PacketPtr> receive() = 0;
};

// Errors: Unsupported (there is no such encoder here), Internal.
using OpenEncoder = std::function<Result<std::unique_ptr<PictureEncoder>>(const EncoderRequest&)>;

// Sample entry "avc3": parameter sets may also be in the samples. Source: ISO/IEC 14496-15 s. 5.4.2.1.
constexpr unsigned kParameterSetsInBand = MKTAG('a', 'v', 'c', '3');

// An opened libavcodec encoder as it is.
class CodecEncoder : public PictureEncoder {
 public:
  explicit CodecEncoder(CodecContextPtr context) : context_(std::move(context)) {}
  const AVCodecContext& context() const override { return *context_; }
  Result<void> send(const AVFrame* frame) override;
  Result<PacketPtr> receive() override;

 private:
  const CodecContextPtr context_;
};

}  // namespace meanwhile
