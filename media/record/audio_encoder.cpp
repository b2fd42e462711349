#include "media/record/audio_encoder.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/sample_blocks.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/record/codec_string.h"
#include "media/record/drift_corrector.h"
#include "media/record/video_encoder.h"

namespace meanwhile {
namespace {

// A minute of blocks of 10 ms: sound is small, and losing it is worse than holding it.
constexpr std::size_t kQueueBlocks = 6000;
constexpr std::int64_t kMonoBitrate = 96'000;
constexpr std::int64_t kStereoBitrate = 128'000;

std::int64_t samples_of(MediaTime time) {
  return av_rescale(time.count(), kSampleRate, 1'000'000);
}

std::int64_t to_microseconds(std::int64_t samples) {
  return av_rescale(samples, 1'000'000, kSampleRate);
}

Result<CodecContextPtr> open_aac(int channels) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
  if (!codec) return fail(ErrorCode::Unsupported, tr("opening the sound encoder: this FFmpeg has no AAC"));
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) return fail(ErrorCode::Internal, tr("opening the sound encoder failed"));
  context->sample_fmt = AV_SAMPLE_FMT_FLTP;
  context->sample_rate = kSampleRate;
  av_channel_layout_default(&context->ch_layout, channels);
  context->bit_rate = channels == 1 ? kMonoBitrate : kStereoBitrate;
  context->time_base = {1, kSampleRate};
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  const int code = avcodec_open2(context.get(), codec, nullptr);
  if (code < 0) return av_failure(code, tr("opening the sound encoder"));
  return context;
}

}  // namespace

AudioEncoder::AudioEncoder(std::string track, OpenTrack open, std::function<void(const Error&)> on_failure,
                           SoundBefore before)
    : track_(std::move(track)),
      open_(std::move(open)),
      on_failure_(std::move(on_failure)),
      first_sample_(samples_of(before.end.value_or(MediaTime{}))),
      waveform_(std::move(before.waveform)),
      loudness_(std::move(before.loudness)),
      queue_(kQueueBlocks),
      thread_("aenc-" + track_, [this] { work(); }) {}

AudioEncoder::~AudioEncoder() {
  queue_.cancel();
}

void AudioEncoder::push(FramePtr samples, MediaTime at) {
  queue_.push({std::move(samples), at});
}

void AudioEncoder::flush() {
  queue_.push({});
}

void AudioEncoder::finish() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

void AudioEncoder::cancel() {
  queue_.cancel();
  if (thread_.joinable()) thread_.join();
}

void AudioEncoder::work() {
  const auto check = [this](const Result<void>& outcome) {
    if (outcome || has_failed_) return;
    has_failed_ = true;
    on_failure_(outcome.error());
  };
  while (auto job = queue_.pop()) check(handle(std::move(*job)));
  check(drain());
}

Result<void> AudioEncoder::handle(Job job) {
  if (has_failed_) return {};
  if (!job.samples) return writer_ ? writer_->flush(std::nullopt) : Result<void>{};
  if (!context_) MEANWHILE_TRY(open(*job.samples));
  MEANWHILE_TRY(corrector_->push(*job.samples, job.at, pending_));
  note_correction();
  return encode_whole_frames();
}

void AudioEncoder::note_correction() {
  longest_gap_us_ = to_microseconds(corrector_->longest_gap());
  stretched_us_ = to_microseconds(corrector_->stretched());
}

Result<void> AudioEncoder::open(const AVFrame& first) {
  const int channels = first.ch_layout.nb_channels;
  auto context = open_aac(channels);
  if (!context) return std::unexpected(context.error());
  auto corrector = DriftCorrector::create(channels, first_sample_);
  if (!corrector) return std::unexpected(corrector.error());
  auto writer = open_(**context);
  if (!writer) return std::unexpected(writer.error());
  *codec_.lock() = codec_string(**context);
  corrector_ = std::move(*corrector);
  writer_ = std::move(*writer);
  context_ = std::move(*context);
  return {};
}

Result<void> AudioEncoder::encode_whole_frames() {
  const auto frame_size = static_cast<std::size_t>(context_->frame_size);
  while (!pending_.empty() && pending_.front().size() >= frame_size) MEANWHILE_TRY(encode_front(frame_size));
  return {};
}

Result<void> AudioEncoder::encode_front(std::size_t samples) {
  FramePtr frame = make_frame();
  frame->format = context_->sample_fmt;
  frame->sample_rate = kSampleRate;
  frame->nb_samples = static_cast<int>(samples);
  int code = av_channel_layout_copy(&frame->ch_layout, &context_->ch_layout);
  if (code >= 0) code = av_frame_get_buffer(frame.get(), 0);
  if (code < 0) return av_failure(code, tr("encoding the sound"));
  frame->pts = corrector_->start() + encoded_samples_;
  std::vector<const float*> planes;
  for (const auto& channel : pending_) planes.push_back(channel.data());
  loudness_.add(planes, samples, frame->pts);
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    auto& channel = pending_[i];
    const auto end = channel.begin() + static_cast<std::ptrdiff_t>(samples);
    waveform_.add(std::span(channel).first(samples), frame->pts);
    std::copy(channel.begin(), end, reinterpret_cast<float*>(frame->extended_data[i]));
    channel.erase(channel.begin(), end);
  }
  encoded_samples_ += static_cast<std::int64_t>(samples);
  code = avcodec_send_frame(context_.get(), frame.get());
  if (code < 0) return av_failure(code, tr("encoding the sound"));
  return receive_packets();
}

Result<void> AudioEncoder::receive_packets() {
  for (;;) {
    PacketPtr packet = make_packet();
    const int code = avcodec_receive_packet(context_.get(), packet.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
    if (code < 0) return av_failure(code, tr("encoding the sound"));
    // The priming before the take's first instant, or before what goes on: decoding starts without it, at the
    // price of a soft first 21 ms.
    if (packet->pts < first_sample_) continue;
    packet->dts = packet->pts;
    ++packets_;
    MEANWHILE_TRY(writer_->push(std::move(packet)));
  }
}

Result<void> AudioEncoder::drain() {
  if (!writer_) return {};
  if (!has_failed_) {
    MEANWHILE_TRY(corrector_->finish(pending_));
    MEANWHILE_TRY(encode_whole_frames());
    if (!pending_.empty() && !pending_.front().empty()) MEANWHILE_TRY(encode_front(pending_.front().size()));
    avcodec_send_frame(context_.get(), nullptr);
    MEANWHILE_TRY(receive_packets());
  }
  const auto flushed = writer_->flush(std::nullopt);
  duration_ = writer_->end();
  return flushed;
}

}  // namespace meanwhile
