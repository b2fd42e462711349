#include "media/record/silent_packet.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
#include <libavutil/frame.h>
#include <libavutil/samplefmt.h>
}

#include <cstdint>
#include <expected>
#include <new>
#include <utility>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

// By then the encoder has nothing in mind but silence.
constexpr int kFrames = 6;

Result<CodecContextPtr> open_encoder(const AVCodecParameters& parameters) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
  if (codec == nullptr || parameters.codec_id != AV_CODEC_ID_AAC)
    return fail(ErrorCode::Unsupported, tr("silence can't be made for this track's sound"));
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) return fail(ErrorCode::Internal, tr("making silence failed"));
  context->sample_fmt = AV_SAMPLE_FMT_FLTP;
  context->sample_rate = parameters.sample_rate;
  context->time_base = {1, parameters.sample_rate};
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  // A file tells how many there are, not always which.
  av_channel_layout_default(&context->ch_layout, parameters.ch_layout.nb_channels);
  const int code = avcodec_open2(context.get(), codec, nullptr);
  if (code < 0) return av_failure(code, tr("making silence"));
  return context;
}

Result<FramePtr> silent_frame(const AVCodecContext& encoder) {
  FramePtr frame = make_frame();
  frame->format = encoder.sample_fmt;
  frame->sample_rate = encoder.sample_rate;
  frame->nb_samples = encoder.frame_size;
  if (av_channel_layout_copy(&frame->ch_layout, &encoder.ch_layout) < 0 ||
      av_frame_get_buffer(frame.get(), 0) < 0)
    throw std::bad_alloc();
  av_samples_set_silence(frame->extended_data, 0, frame->nb_samples, frame->ch_layout.nb_channels,
                         encoder.sample_fmt);
  return frame;
}

}  // namespace

Result<PacketPtr> silent_packet(const AVCodecParameters& parameters) {
  const auto encoder = open_encoder(parameters);
  if (!encoder) return std::unexpected(encoder.error());
  const auto frame = silent_frame(**encoder);
  if (!frame) return std::unexpected(frame.error());
  PacketPtr last;
  for (int i = 0; i < kFrames; ++i) {
    (*frame)->pts = static_cast<std::int64_t>(i) * (*encoder)->frame_size;
    if (const int code = avcodec_send_frame(encoder->get(), frame->get()); code < 0)
      return av_failure(code, tr("making silence"));
    PacketPtr packet = make_packet();
    while (avcodec_receive_packet(encoder->get(), packet.get()) >= 0) {
      last = std::move(packet);
      packet = make_packet();
    }
  }
  if (!last) return fail(ErrorCode::Internal, tr("making silence failed"));
  return last;
}

}  // namespace meanwhile
