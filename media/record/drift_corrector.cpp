#include "media/record/drift_corrector.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/mathematics.h>
#include <libavutil/opt.h>
}

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/sample_blocks.h"
#include "media/ffmpeg/errors.h"

namespace meanwhile {
namespace {

// Timestamps jitter by milliseconds: the lag is averaged over about a second, and worked off over three.
constexpr double kSmoothingSamples = 1.0 * kSampleRate;
constexpr double kCorrectionSeconds = 3;
// 0.5 %, a twelfth of a semitone: far above any crystal's error, below what is heard.
constexpr double kLargestCorrection = 0.005;
// The resampler takes whole samples per distance: ten seconds make steps of 2 ppm.
constexpr int kCompensationDistance = 10 * kSampleRate;
constexpr double kLargestSlipSamples = to_seconds(DriftCorrector::kLargestSlip) * kSampleRate;
constexpr std::int64_t kSilencePiece = 4800;

std::int64_t to_samples(MediaTime time) {
  return av_rescale(time.count(), kSampleRate, 1'000'000);
}

}  // namespace

Result<DriftCorrector> DriftCorrector::create(int channels, std::optional<std::int64_t> start) {
  DriftCorrector corrector(channels, start);
  AVChannelLayout layout{};
  av_channel_layout_default(&layout, channels);
  SwrContext* raw = nullptr;
  int code = swr_alloc_set_opts2(&raw, &layout, AV_SAMPLE_FMT_FLTP, kSampleRate, &layout, AV_SAMPLE_FMT_FLTP,
                                 kSampleRate, 0, nullptr);
  corrector.resampler_.reset(raw);
  if (code >= 0) {
    av_opt_set_int(raw, "flags", SWR_FLAG_RESAMPLE,
                   0);  // from the first sample on, so that correcting never clicks
    code = swr_init(raw);
  }
  if (code < 0) return av_failure(code, tr("preparing the sound's clock"));
  return corrector;
}

Result<void> DriftCorrector::push(const AVFrame& samples, MediaTime at, PlanarSamples& out) {
  if (samples.format != AV_SAMPLE_FMT_FLTP || samples.sample_rate != kSampleRate ||
      samples.ch_layout.nb_channels != channels_) {
    return fail(ErrorCode::InvalidArgument, tr("its sound changed its format"));
  }
  if (!has_started_) MEANWHILE_TRY(begin(at, out));
  std::int64_t skipped = 0;
  const double lag = lag_at(at);
  if (lag > kLargestSlipSamples) {
    longest_gap_ = std::max<std::int64_t>(longest_gap_, std::llround(lag));
    MEANWHILE_TRY(add_silence(std::llround(lag), out));
  }
  if (lag < -kLargestSlipSamples) skipped = std::min<std::int64_t>(samples.nb_samples, std::llround(-lag));
  if (skipped == samples.nb_samples) return {};
  const bool has_slipped = std::abs(lag) > kLargestSlipSamples;
  if (has_slipped) smoothed_lag_ = 0;  // it is made good
  MEANWHILE_TRY(steer(has_slipped ? 0 : lag, samples.nb_samples));

  std::vector<const std::uint8_t*> planes(static_cast<std::size_t>(channels_));
  for (std::size_t i = 0; i < planes.size(); ++i) {
    planes[i] = samples.extended_data[i] + skipped * static_cast<std::int64_t>(sizeof(float));
  }
  return convert(planes.data(), samples.nb_samples - skipped, out);
}

Result<void> DriftCorrector::begin(MediaTime at, PlanarSamples& out) {
  has_started_ = true;
  if (!start_) start_ = to_samples(at);
  return add_silence(std::max<std::int64_t>(0, to_samples(at) - *start_), out);
}

Result<void> DriftCorrector::finish(PlanarSamples& out) {
  if (!has_started_) return {};
  return convert(nullptr, 0, out);
}

// How many samples are missing before a block whose first sample was in the air at `at`.
double DriftCorrector::lag_at(MediaTime at) const {
  const std::int64_t held = swr_get_delay(resampler_.get(), kSampleRate);
  return static_cast<double>(to_samples(at) - start() - given_ - held);
}

Result<void> DriftCorrector::add_silence(std::int64_t samples, PlanarSamples& out) {
  static const std::vector<float> silence(kSilencePiece);
  const std::vector<const std::uint8_t*> planes(static_cast<std::size_t>(channels_),
                                                reinterpret_cast<const std::uint8_t*>(silence.data()));
  while (samples > 0) {
    const std::int64_t count = std::min(samples, kSilencePiece);
    MEANWHILE_TRY(convert(planes.data(), count, out));
    samples -= count;
  }
  return {};
}

Result<void> DriftCorrector::steer(double lag, std::int64_t samples) {
  const double weight = std::min(1.0, static_cast<double>(samples) / kSmoothingSamples);
  smoothed_lag_ += (lag - smoothed_lag_) * weight;
  const double ratio =
      std::clamp(smoothed_lag_ / (kCorrectionSeconds * kSampleRate), -kLargestCorrection, kLargestCorrection);
  const int delta = static_cast<int>(std::lround(ratio * kCompensationDistance));
  const int code = swr_set_compensation(resampler_.get(), delta, kCompensationDistance);
  if (code < 0) return av_failure(code, tr("steering the sound's clock"));
  return {};
}

// planes: nullptr takes out what the resampler holds.
Result<void> DriftCorrector::convert(const std::uint8_t* const* planes, std::int64_t samples,
                                     PlanarSamples& out) {
  out.resize(static_cast<std::size_t>(channels_));
  const int most = swr_get_out_samples(resampler_.get(), static_cast<int>(samples));
  if (most < 0) return av_failure(most, tr("resampling the sound"));
  const std::size_t before = out.front().size();
  std::vector<std::uint8_t*> into;
  for (auto& channel : out) {
    channel.resize(before + static_cast<std::size_t>(most));
    into.push_back(reinterpret_cast<std::uint8_t*>(channel.data() + before));
  }
  // The input's pointers lost their inner const in FFmpeg's newer interface only; it never writes to them.
  auto** input = const_cast<const std::uint8_t**>(planes);
  const int count = swr_convert(resampler_.get(), into.data(), most, input, static_cast<int>(samples));
  for (auto& channel : out) channel.resize(before + static_cast<std::size_t>(std::max(count, 0)));
  if (count < 0) return av_failure(count, tr("resampling the sound"));
  taken_ += samples;
  given_ += count;
  return {};
}

}  // namespace meanwhile
