#include "media/play/decoder.h"

#include <cerrno>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/clip_codecs.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/frame_memory.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

// Each further thread of frame threading delays a sought picture by one frame; screen and camera decode side
// by side anyway.
constexpr int kVideoThreads = 2;
// 64 megapixels: larger than any screen that is recorded; a hostile file mustn't ask for gigabytes.
constexpr std::int64_t kMostPixels = 64ll << 20;
// AAC's highest; the more channels of a file are bounded by libavcodec.
constexpr int kHighestSampleRate = 96'000;

}  // namespace

Result<std::unique_ptr<Decoder>> Decoder::open(const AVCodecParameters& parameters, FrameMemory* memory) {
  const AVCodec* codec = find_clip_decoder(parameters.codec_id);
  if (!codec)
    return fail(ErrorCode::Unsupported, tr("the track is neither H.264 nor AAC, which clips are made of"));
  const bool is_sound = parameters.codec_type == AVMEDIA_TYPE_AUDIO;
  if (is_sound && parameters.sample_rate > kHighestSampleRate)
    return fail(ErrorCode::Unsupported, tr("the track has more samples a second than any recording"));
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  if (const int error = avcodec_parameters_to_context(context.get(), &parameters); error < 0) {
    return av_failure(error, tr("opening a decoder"));
  }
  context->pkt_timebase = {1, 1'000'000};
  context->max_pixels = kMostPixels;
  context->thread_count = parameters.codec_type == AVMEDIA_TYPE_VIDEO ? kVideoThreads : 1;
  if (memory) decode_into(*context, *memory);
  if (const int error = avcodec_open2(context.get(), codec, nullptr); error < 0) {
    return fail(ErrorCode::Corrupt, error_from_av(error, tr("opening a decoder")).message);
  }
  return std::unique_ptr<Decoder>(new Decoder(std::move(context)));
}

Result<void> Decoder::send(const AVPacket& packet, Importance importance) {
  context_->skip_frame = importance == Importance::NotShown ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
  const int error = avcodec_send_packet(context_.get(), &packet);
  if (error < 0) return fail(ErrorCode::Corrupt, error_from_av(error, tr("decoding")).message);
  return {};
}

void Decoder::drain() {
  avcodec_send_packet(context_.get(), nullptr);
}

void Decoder::flush() {
  avcodec_flush_buffers(context_.get());
}

Result<FramePtr> Decoder::receive() {
  FramePtr frame = make_frame();
  const int error = avcodec_receive_frame(context_.get(), frame.get());
  if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return av_failure(error, tr("decoding"));
  if (error < 0) return fail(ErrorCode::Corrupt, error_from_av(error, tr("decoding")).message);
  return frame;
}

}  // namespace meanwhile
