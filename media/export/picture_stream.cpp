#include "media/export/picture_stream.h"

extern "C" {
#include <libavutil/mathematics.h>
#include <libavutil/mem.h>
#include <libavutil/opt.h>
#include <libavutil/pixfmt.h>
}

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/export/decode_times.h"
#include "media/export/encoder_stream.h"
#include "media/export/output_rate.h"
#include "media/ffmpeg/h264_units.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"

namespace meanwhile {
namespace {

// As good as the eye sees on slides and text, at a speed that two cores can keep up with.
constexpr const char* kPreset = "veryfast";
constexpr const char* kQuality = "21";
// Of a rate that is set, what a player may have to have ahead.
constexpr int kBufferSeconds = 4;
// Keyframes are asked for (frame_kinds.h); never so many seconds' frames without one, should nobody ask.
constexpr int kKeyframeSeconds = 6;

// As MP4 and MPEG streams usually count.
constexpr AVRational kTimeBase{1, 90'000};

// Half of the machine is for decoding and composing, and for whoever works on it meanwhile; what libx264's
// threads do beside each other also costs more in all.
int encoder_threads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2);
}

void describe_colours(AVCodecContext& context, bool bt709) {
  context.colorspace = bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  context.color_primaries = bt709 ? AVCOL_PRI_BT709 : AVCOL_PRI_SMPTE170M;
  context.color_trc = bt709 ? AVCOL_TRC_BT709 : AVCOL_TRC_SMPTE170M;
  context.color_range = AVCOL_RANGE_MPEG;
}

Units sets_of(const AVCodecContext& encoder) {
  return sets_of_encoder({encoder.extradata, static_cast<std::size_t>(encoder.extradata_size)});
}

void set_extradata(AVCodecParameters& parameters, UnitView bytes) {
  av_freep(static_cast<void*>(&parameters.extradata));
  parameters.extradata = static_cast<std::uint8_t*>(av_mallocz(bytes.size() + AV_INPUT_BUFFER_PADDING_SIZE));
  if (!parameters.extradata) throw std::bad_alloc();
  std::ranges::copy(bytes, parameters.extradata);
  parameters.extradata_size = static_cast<int>(bytes.size());
}

}  // namespace

PictureStream::PictureStream(AVFormatContext& format, const OutputPictures& pictures, const OutputRate& rate)
    : format_(format), pictures_(pictures), rate_(rate) {}

Result<std::unique_ptr<PictureStream>> PictureStream::create(AVFormatContext& format,
                                                             const OutputPictures& pictures,
                                                             const OutputRate& rate) {
  std::unique_ptr<PictureStream> stream(new PictureStream(format, pictures, rate));
  MEANWHILE_TRY(stream->open());
  return stream;
}

Result<void> PictureStream::open() {
  const auto is_beside = open_beside_copied();
  if (!is_beside) return std::unexpected(is_beside.error());
  takes_packets_ = *is_beside;
  if (!takes_packets_) {
    auto encoder = make_opened(std::nullopt);
    if (!encoder) return std::unexpected(encoder.error());
    encoder_ = std::move(*encoder);
  }
  const auto stream = add_stream(format_, *encoder_);
  if (!stream) return std::unexpected(stream.error());
  stream_ = *stream;
  decode_times_.emplace(encoder_->has_b_frames, kTimeBase.den / pictures_.frames_per_second);
  if (!takes_packets_) return {};
  const auto both = with_sets(pictures_.copied_sets, sets_of(*encoder_));
  if (!both) return std::unexpected(both.error());
  set_extradata(*stream_->codecpar, *both);
  return {};
}

// What is copied goes on needing its own parameter sets: the encoder's get a number that none of them has,
// and a place beside them. false: that can't be.
Result<bool> PictureStream::open_beside_copied() {
  if (pictures_.copied_sets.empty()) return false;
  const auto theirs = sets_of_file(pictures_.copied_sets);
  if (!theirs) return false;
  const auto number = free_number(*theirs);
  if (!number) return false;
  auto encoder = make_opened(number);
  if (!encoder) return std::unexpected(encoder.error());
  const Units ours = sets_of(**encoder);
  const bool has_number = have_number(ours, static_cast<unsigned>(*number));
  if (!has_number || !may_hold(pictures_.copied_sets, ours) || !with_sets(pictures_.copied_sets, ours))
    return false;
  sets_number_ = number;
  encoder_ = std::move(*encoder);
  return true;
}

Result<CodecContextPtr> PictureStream::make_opened(std::optional<int> number) const {
  auto encoder = make_encoder("libx264", AV_CODEC_ID_H264);
  if (!encoder) return encoder;
  AVCodecContext& context = **encoder;
  context.width = pictures_.size.width;
  context.height = pictures_.size.height;
  context.pix_fmt = AV_PIX_FMT_YUV420P;
  context.time_base = kTimeBase;
  context.framerate = {pictures_.frames_per_second, 1};
  context.gop_size = pictures_.frames_per_second * kKeyframeSeconds;
  context.thread_count = encoder_threads();
  describe_colours(context, pictures_.bt709);
  // Options of libx264; another H.264 encoder does without them.
  av_opt_set(context.priv_data, "preset", kPreset, 0);
  av_opt_set(context.priv_data, "forced-idr", "1", 0);
  if (number) av_opt_set(context.priv_data, "x264-params", ("sps-id=" + std::to_string(*number)).c_str(), 0);
  if (rate_.picture_bps == 0) {
    av_opt_set(context.priv_data, "crf", kQuality, 0);
  } else {
    context.bit_rate = rate_.picture_bps;
    context.rc_max_rate = 2 * rate_.picture_bps;
    context.rc_buffer_size = static_cast<int>(kBufferSeconds * rate_.picture_bps);
  }
  MEANWHILE_TRY(check(avcodec_open2(&context, nullptr, nullptr), tr("opening an encoder")));
  return encoder;
}

Result<void> PictureStream::add(const AVFrame& frame, MediaTime time, AVPictureType kind) {
  if (!encoder_) {
    auto encoder = make_opened(sets_number_);
    if (!encoder) return std::unexpected(encoder.error());
    encoder_ = std::move(*encoder);
  }
  const FramePtr copy = reference(frame);
  copy->pts = av_rescale_q(time.count(), kMicroseconds, kTimeBase);
  copy->pict_type = kind;
  decode_times_->show(copy->pts);
  return encode_next(copy.get());
}

Result<void> PictureStream::encode_next(const AVFrame* frame) {
  return encode(*encoder_, frame, [this](PacketPtr packet) {
    return write(takes_packets_ ? with_lengths(*packet, {}) : std::move(packet));
  });
}

Result<void> PictureStream::copy(PacketPtr packet) {
  MEANWHILE_TRY(finish());
  av_packet_rescale_ts(packet.get(), kMicroseconds, kTimeBase);
  decode_times_->show(packet->pts);
  return write(std::move(packet));
}

Result<void> PictureStream::finish() {
  if (!encoder_) return {};
  MEANWHILE_TRY(encode_next(nullptr));
  encoder_.reset();
  return {};
}

Result<void> PictureStream::write(PacketPtr packet) {
  packet->dts = decode_times_->next();
  return write_packet(format_, *stream_, std::move(packet), kTimeBase);
}

}  // namespace meanwhile
