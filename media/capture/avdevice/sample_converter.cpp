#include "media/capture/avdevice/sample_converter.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libavutil/samplefmt.h>
}

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/sample_blocks.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr std::size_t kBlockSamples = kSampleRate / 50;

// A layout that says more than a number of channels; devices often don't.
void copy_known_layout(AVChannelLayout& into, const AVChannelLayout& from) {
  if (from.order == AV_CHANNEL_ORDER_UNSPEC) {
    av_channel_layout_default(&into, from.nb_channels);
  } else {
    av_channel_layout_copy(&into, &from);
  }
}

}  // namespace

bool SampleConverter::is_configured_for(const AVFrame& frame) const {
  return resampler_ && configured_->format == frame.format && configured_->sample_rate == frame.sample_rate &&
         configured_->ch_layout.nb_channels == frame.ch_layout.nb_channels;
}

Result<void> SampleConverter::configure(const AVFrame& frame) {
  configured_ = make_frame();
  configured_->format = frame.format;
  configured_->sample_rate = frame.sample_rate;
  copy_known_layout(configured_->ch_layout, frame.ch_layout);
  const FramePtr target = make_frame();
  // The same layout on both sides: nothing is mixed, whatever it says.
  const bool is_kept = configured_->ch_layout.nb_channels == channels_;
  if (is_kept) av_channel_layout_copy(&target->ch_layout, &configured_->ch_layout);
  if (!is_kept) av_channel_layout_default(&target->ch_layout, channels_);
  SwrContext* context = nullptr;
  const int made = swr_alloc_set_opts2(&context, &target->ch_layout, AV_SAMPLE_FMT_FLTP, kSampleRate,
                                       &configured_->ch_layout, static_cast<AVSampleFormat>(frame.format),
                                       frame.sample_rate, 0, nullptr);
  resampler_.reset(context);
  const int ready = made < 0 ? made : swr_init(context);
  if (ready >= 0) return {};
  resampler_.reset();
  return fail(ErrorCode::Unsupported, tr_count(static_cast<std::uint64_t>(frame.ch_layout.nb_channels),
                                               "converting sound of {} Hz and {} channels",
                                               "converting sound of {} Hz and {} channels", frame.sample_rate,
                                               frame.ch_layout.nb_channels));
}

Result<void> SampleConverter::push(const AVFrame& frame) {
  one_thread_.check();
  if (!is_configured_for(frame)) MEANWHILE_TRY(configure(frame));
  const auto before = pending_[0].size();
  const auto room =
      static_cast<std::size_t>(std::max(swr_get_out_samples(resampler_.get(), frame.nb_samples), 0));
  std::vector<std::uint8_t*> into(pending_.size());
  for (std::size_t channel = 0; channel < into.size(); ++channel) {
    pending_[channel].resize(before + room);
    into[channel] = reinterpret_cast<std::uint8_t*>(pending_[channel].data() + before);
  }
  const auto** samples = const_cast<const std::uint8_t**>(frame.extended_data);
  const int converted =
      swr_convert(resampler_.get(), into.data(), static_cast<int>(room), samples, frame.nb_samples);
  for (auto& channel : pending_) channel.resize(before + static_cast<std::size_t>(std::max(converted, 0)));
  if (converted < 0) return av_failure(converted, tr("converting sound"));
  return {};
}

FramePtr SampleConverter::take() {
  one_thread_.check();
  if (pending_[0].size() < kBlockSamples) return nullptr;
  FramePtr block = make_sample_block(channels_, static_cast<int>(kBlockSamples));
  for (std::size_t channel = 0; channel < pending_.size(); ++channel) {
    auto& samples = pending_[channel];
    const auto end = samples.begin() + static_cast<std::ptrdiff_t>(kBlockSamples);
    std::copy(samples.begin(), end, reinterpret_cast<float*>(block->extended_data[channel]));
    samples.erase(samples.begin(), end);
  }
  return block;
}

std::int64_t SampleConverter::held() const {
  const std::int64_t inside = resampler_ ? swr_get_delay(resampler_.get(), kSampleRate) : 0;
  return inside + static_cast<std::int64_t>(pending_[0].size());
}

}  // namespace meanwhile
