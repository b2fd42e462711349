#include "media/ffmpeg/frame_decoder.h"

#include <memory>
#include <new>
#include <utility>

#include "media/base/guarded.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/clip_codecs.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr const char* kDecoding = tr_later("decoding a track");

class FrameDecoderHere final : public FrameDecoder {
 public:
  explicit FrameDecoderHere(CodecContextPtr context) : context_(std::move(context)) {}

  Result<void> send(const AVPacket* packet) override {
    const int code = avcodec_send_packet(context_.get(), packet);
    if (code < 0) return av_failure(code, tr(kDecoding));
    return {};
  }
  Result<FramePtr> receive() override {
    FramePtr frame = make_frame();
    const int code = avcodec_receive_frame(context_.get(), frame.get());
    if (code < 0) return av_failure(code, tr(kDecoding));
    return frame;
  }
  [[nodiscard]] AVRational frame_rate() const override { return context_->framerate; }

 private:
  const CodecContextPtr context_;
};

Guarded<OpenFrameDecoder>& chosen() {
  static Guarded<OpenFrameDecoder> only;
  return only;
}

}  // namespace

Result<std::unique_ptr<FrameDecoder>> open_frame_decoder_here(const AVCodecParameters& track,
                                                              AVRational time_base) {
  const AVCodec* codec = find_clip_decoder(track.codec_id);
  if (!codec) return fail(ErrorCode::Unsupported, tr("reading a track: it is neither H.264 nor AAC"));
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  int code = avcodec_parameters_to_context(context.get(), &track);
  context->pkt_timebase = time_base;
  context->thread_count = 1;
  if (code >= 0) code = avcodec_open2(context.get(), codec, nullptr);
  if (code < 0) return av_failure(code, tr("reading a track"));
  return std::make_unique<FrameDecoderHere>(std::move(context));
}

void decode_frames_with(OpenFrameDecoder open) {
  *chosen().lock() = std::move(open);
}

Result<std::unique_ptr<FrameDecoder>> open_frame_decoder(const AVCodecParameters& track,
                                                         AVRational time_base) {
  const OpenFrameDecoder open = chosen().copy();
  return open ? open(track, time_base) : open_frame_decoder_here(track, time_base);
}

}  // namespace meanwhile
