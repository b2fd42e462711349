#include "media/play/apart/sent_frame.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/imgutils.h>
#include <libavutil/mem.h>
}

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr std::int32_t kLargestName = 255;  // of libavutil's lists of colours
constexpr std::int32_t kMostSamples = 1 << 16;
constexpr std::int32_t kMostChannels = 8;
constexpr std::int32_t kHighestSampleRate = 192'000;

struct TrackHeader {
  std::int32_t is_picture = 0;
  std::int32_t width = 0;
  std::int32_t height = 0;
  std::int32_t sample_rate = 0;
  std::int32_t channels = 0;
  std::int32_t base = 1;
  std::int32_t base_of = 1;
  std::int32_t codec_tag = 0;
};

bool is_name(std::int32_t value) {
  return value >= 0 && value <= kLargestName;
}

}  // namespace

Bytes pack_track(const AVCodecParameters& track, AVRational time_base) {
  const TrackHeader header{.is_picture = track.codec_id == AV_CODEC_ID_H264 ? 1 : 0,
                           .width = track.width,
                           .height = track.height,
                           .sample_rate = track.sample_rate,
                           .channels = track.ch_layout.nb_channels,
                           .base = time_base.num,
                           .base_of = time_base.den,
                           .codec_tag = static_cast<std::int32_t>(track.codec_tag)};
  const auto extradata =
      std::as_bytes(std::span(track.extradata, static_cast<std::size_t>(track.extradata_size)));
  Bytes bytes(sizeof header + extradata.size());
  std::memcpy(bytes.data(), &header, sizeof header);
  std::ranges::copy(extradata, bytes.begin() + sizeof header);
  return bytes;
}

Result<PackedTrack> unpack_track(std::span<const std::byte> bytes) {
  TrackHeader header;
  if (bytes.size() < sizeof header) return fail(ErrorCode::Corrupt, tr("the track has no header"));
  std::memcpy(&header, bytes.data(), sizeof header);
  const auto extradata = bytes.subspan(sizeof header);
  PackedTrack track{.parameters = CodecParametersPtr(avcodec_parameters_alloc()),
                    .time_base = {header.base, header.base_of}};
  if (!track.parameters) throw std::bad_alloc();
  AVCodecParameters& parameters = *track.parameters;
  parameters.codec_type = header.is_picture != 0 ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO;
  parameters.codec_id = header.is_picture != 0 ? AV_CODEC_ID_H264 : AV_CODEC_ID_AAC;
  parameters.codec_tag = static_cast<std::uint32_t>(header.codec_tag);
  parameters.width = header.width;
  parameters.height = header.height;
  parameters.sample_rate = header.sample_rate;
  if (header.channels > 0) av_channel_layout_default(&parameters.ch_layout, header.channels);
  parameters.extradata =
      static_cast<std::uint8_t*>(av_mallocz(extradata.size() + AV_INPUT_BUFFER_PADDING_SIZE));
  if (!parameters.extradata) throw std::bad_alloc();
  parameters.extradata_size = static_cast<int>(extradata.size());
  if (!extradata.empty()) std::memcpy(parameters.extradata, extradata.data(), extradata.size());
  return track;
}

SentFrame sent_frame(const AVFrame& frame, AVRational rate) {
  return {.range = frame.color_range,
          .space = frame.colorspace,
          .primaries = frame.color_primaries,
          .transfer = frame.color_trc,
          .chroma_place = frame.chroma_location,
          .rate = rate.num,
          .rate_base = rate.den,
          .sample_rate = frame.sample_rate,
          .channels = frame.ch_layout.nb_channels,
          .samples = frame.nb_samples};
}

Bytes pack_sound(const AVFrame& frame) {
  const SentFrame sent = sent_frame(frame, {0, 1});
  const std::size_t plane = static_cast<std::size_t>(frame.nb_samples) * sizeof(float);
  Bytes bytes(sizeof sent + plane * static_cast<std::size_t>(sent.channels));
  std::memcpy(bytes.data(), &sent, sizeof sent);
  for (int channel = 0; channel < sent.channels; ++channel)
    std::memcpy(bytes.data() + sizeof sent + plane * static_cast<std::size_t>(channel),
                frame.extended_data[channel], plane);
  return bytes;
}

std::optional<SentFrame> parse_sent_frame(std::span<const std::byte> bytes) {
  SentFrame sent;
  if (bytes.size() < sizeof sent) return std::nullopt;
  std::memcpy(&sent, bytes.data(), sizeof sent);  // it may be written to while we read it
  const bool has_colours = is_name(sent.range) && is_name(sent.space) && is_name(sent.primaries) &&
                           is_name(sent.transfer) && is_name(sent.chroma_place);
  if (!has_colours || sent.rate < 0 || sent.rate_base < 0) return std::nullopt;
  if (sent.samples == 0) return bytes.size() == sizeof sent ? std::optional(sent) : std::nullopt;
  if (sent.samples < 0 || sent.samples > kMostSamples || sent.channels < 1 || sent.channels > kMostChannels ||
      sent.sample_rate < 1 || sent.sample_rate > kHighestSampleRate)
    return std::nullopt;
  const std::size_t floats = static_cast<std::size_t>(sent.samples) * static_cast<std::size_t>(sent.channels);
  return bytes.size() == sizeof sent + floats * sizeof(float) ? std::optional(sent) : std::nullopt;
}

FramePtr frame_of(const Picture& picture, const SentFrame& sent) {
  FramePtr frame = make_frame();
  frame->format = picture.full_range ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
  frame->width = picture.width;
  frame->height = picture.height;
  frame->color_range = static_cast<AVColorRange>(sent.range);
  frame->colorspace = static_cast<AVColorSpace>(sent.space);
  frame->color_primaries = static_cast<AVColorPrimaries>(sent.primaries);
  frame->color_trc = static_cast<AVColorTransferCharacteristic>(sent.transfer);
  frame->chroma_location = static_cast<AVChromaLocation>(sent.chroma_place);
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  for (std::size_t plane = 0; plane < picture.planes.size(); ++plane) {
    const int width = plane == 0 ? picture.width : (picture.width + 1) / 2;
    const int height = plane == 0 ? picture.height : (picture.height + 1) / 2;
    av_image_copy_plane(frame->data[plane], frame->linesize[plane], picture.planes[plane],
                        picture.strides[plane], width, height);
  }
  return frame;
}

FramePtr frame_of(std::span<const std::byte> bytes, const SentFrame& sent) {
  FramePtr frame = make_frame();
  frame->format = AV_SAMPLE_FMT_FLTP;
  frame->sample_rate = sent.sample_rate;
  frame->nb_samples = sent.samples;
  av_channel_layout_default(&frame->ch_layout, sent.channels);
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  const std::size_t plane = static_cast<std::size_t>(sent.samples) * sizeof(float);
  for (int channel = 0; channel < sent.channels; ++channel)
    std::memcpy(frame->extended_data[channel],
                bytes.data() + sizeof(SentFrame) + plane * static_cast<std::size_t>(channel), plane);
  return frame;
}

}  // namespace meanwhile
