#include "media/play/file_sound.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/mathematics.h>
#include <libavutil/samplefmt.h>
}

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/play/file_reader.h"

namespace meanwhile {
namespace {

constexpr const char* kConvertingSound = tr_later("converting the sound");

MediaTime length_of(std::int64_t samples, int rate) {
  return MediaTime(av_rescale(samples, 1'000'000, rate));
}

}  // namespace

bool FileSound::is_for(const AVFrame& frame) const {
  return resampler_ && form_->format == frame.format && form_->sample_rate == frame.sample_rate &&
         av_channel_layout_compare(&form_->ch_layout, &frame.ch_layout) == 0;
}

Result<void> FileSound::build(const AVFrame& frame) {
  form_ = make_frame();
  form_->format = frame.format;
  form_->sample_rate = frame.sample_rate;
  if (av_channel_layout_copy(&form_->ch_layout, &frame.ch_layout) < 0)
    return fail(ErrorCode::Unsupported, tr(kConvertingSound));
  AVChannelLayout from =
      frame.ch_layout;  // a view; a layout that only has a number isn't mixed as it should be
  if (from.order == AV_CHANNEL_ORDER_UNSPEC) av_channel_layout_default(&from, from.nb_channels);
  AVChannelLayout to{};
  av_channel_layout_default(&to, channels_);
  SwrContext* context = nullptr;
  int error = swr_alloc_set_opts2(&context, &to, AV_SAMPLE_FMT_FLTP, kFileSampleRate, &from,
                                  static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
  resampler_.reset(context);
  if (error >= 0) error = swr_init(context);
  if (error >= 0) return {};
  resampler_.reset();
  return fail(ErrorCode::Unsupported, error_from_av(error, tr(kConvertingSound)).message);
}

Result<void> FileSound::push(const AVFrame& frame, std::vector<FileSamples>& out) {
  if (frame.nb_samples <= 0 || frame.sample_rate <= 0) return {};
  if (!is_for(frame)) {
    MEANWHILE_TRY(finish(out));
    MEANWHILE_TRY(build(frame));
  }
  const bool has_time = frame.pts != AV_NOPTS_VALUE;
  const MediaTime at = has_time ? MediaTime(av_rescale_q(frame.pts, time_base_, kMicroseconds)) : next_;
  next_ = at + length_of(frame.nb_samples, frame.sample_rate);
  return convert(&frame, at, out);
}

Result<void> FileSound::finish(std::vector<FileSamples>& out) {
  return resampler_ ? convert(nullptr, next_, out) : Result<void>{};
}

Result<void> FileSound::convert(const AVFrame* frame, MediaTime at, std::vector<FileSamples>& out) {
  // What the resampler still holds comes out first.
  at -= MediaTime(swr_get_delay(resampler_.get(), 1'000'000));
  const int most = swr_get_out_samples(resampler_.get(), frame ? frame->nb_samples : 0);
  if (most <= 0) return {};
  const auto room = static_cast<std::size_t>(most);
  std::vector<std::vector<float>> planes(static_cast<std::size_t>(channels_), std::vector<float>(room));
  std::vector<std::uint8_t*> into;
  for (auto& plane : planes) into.push_back(reinterpret_cast<std::uint8_t*>(plane.data()));
  // The input's pointers lost their inner const in FFmpeg's newer interface only; it never writes to them.
  auto** from = frame ? const_cast<const std::uint8_t**>(frame->extended_data) : nullptr;
  const int count = swr_convert(resampler_.get(), into.data(), most, from, frame ? frame->nb_samples : 0);
  if (count < 0) return fail(ErrorCode::Unsupported, error_from_av(count, tr(kConvertingSound)).message);
  if (count == 0) return {};
  FileSamples given{.at = at, .samples = {}};
  for (const auto& plane : planes)
    given.samples.insert(given.samples.end(), plane.begin(), plane.begin() + count);
  out.push_back(std::move(given));
  return {};
}

}  // namespace meanwhile
