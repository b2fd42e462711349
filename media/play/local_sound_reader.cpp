#include "media/play/local_sound_reader.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"
#include "media/play/decoder.h"
#include "media/play/sound_reader.h"
#include "media/play/track_demuxer.h"

namespace meanwhile {
namespace {

// AAC needs the frame before to decode one, and SBR some more to settle.
constexpr MediaTime kWarmUp = std::chrono::milliseconds(120);
// Rounding of times in a file makes jumps of a few samples that aren't there in the sound.
constexpr std::int64_t kJitterFrames = kSoundRate / 200;

}  // namespace

Result<std::unique_ptr<LocalSoundReader>> LocalSoundReader::open(std::shared_ptr<ByteSource> track) {
  auto demuxer = TrackDemuxer::open(std::move(track));
  if (!demuxer) return std::unexpected(demuxer.error());
  if ((*demuxer)->parameters().codec_type != AVMEDIA_TYPE_AUDIO) {
    return fail(ErrorCode::Corrupt, tr("there is no sound in the track"));
  }
  auto decoder = Decoder::open((*demuxer)->parameters());
  if (!decoder) return std::unexpected(decoder.error());
  return std::unique_ptr<LocalSoundReader>(new LocalSoundReader(std::move(*demuxer), std::move(*decoder)));
}

Result<void> LocalSoundReader::seek(MediaTime time) {
  decoder_->flush();
  resampler_.reset();
  ready_.clear();
  taken_ = 0;
  silence_ = 0;
  is_placed_ = is_drained_ = false;
  position_ = sound_frames(time);
  return demuxer_->seek(std::max(MediaTime{}, time - kWarmUp));
}

Result<std::size_t> LocalSoundReader::read(std::span<float> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    done += take(into.subspan(done));
    if (done == into.size()) break;
    const auto more = decode_more();
    if (!more) return std::unexpected(more.error());
    if (!*more) break;
  }
  return done / kSoundChannels;
}

// What is there: silence first, then samples.
std::size_t LocalSoundReader::take(std::span<float> into) {
  const auto silent =
      static_cast<std::size_t>(std::min<std::int64_t>(silence_, static_cast<std::int64_t>(into.size())));
  std::fill_n(into.begin(), silent, 0.F);
  silence_ -= static_cast<std::int64_t>(silent);
  const std::size_t count = std::min(into.size() - silent, ready_.size() - taken_);
  std::copy_n(ready_.begin() + static_cast<std::ptrdiff_t>(taken_), count,
              into.begin() + static_cast<std::ptrdiff_t>(silent));
  taken_ += count;
  position_ += static_cast<std::int64_t>((silent + count) / kSoundChannels);
  return silent + count;
}

// Makes ready_, which was used up, hold the next samples. False: there are none.
Result<bool> LocalSoundReader::decode_more() {
  ready_.clear();
  taken_ = 0;
  while (ready_.empty()) {
    const auto frame = decoder_->receive();
    if (frame) {
      convert(**frame);
    } else if (frame.error().code == ErrorCode::EndOfStream) {
      return false;
    } else if (frame.error().code == ErrorCode::TryAgain) {
      MEANWHILE_TRY(feed());
    } else {
      is_damaged_ = true;
      if (is_drained_) return false;
    }
  }
  return true;
}

Result<void> LocalSoundReader::feed() {
  const auto packet = demuxer_->read();
  if (packet) {
    if (!decoder_->send(**packet, Importance::Shown)) is_damaged_ = true;
    return {};
  }
  if (packet.error().code != ErrorCode::EndOfStream) return std::unexpected(packet.error());
  decoder_->drain();
  is_drained_ = true;
  return {};
}

// False: sound that can't be converted.
bool LocalSoundReader::prepare_resampler(const AVFrame& frame) {
  const bool is_same = frame.sample_rate == input_rate_ && frame.format == input_format_ &&
                       frame.ch_layout.nb_channels == input_channels_;
  if (resampler_ && is_same) return true;
  AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
  AVChannelLayout input = frame.ch_layout;  // no copy of a custom map: frame keeps it
  if (input.order == AV_CHANNEL_ORDER_UNSPEC) av_channel_layout_default(&input, frame.ch_layout.nb_channels);
  SwrContext* context = nullptr;
  swr_alloc_set_opts2(&context, &stereo, AV_SAMPLE_FMT_FLT, kSoundRate, &input,
                      static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
  resampler_.reset(context);
  // libswresample turns one channel down by 3 dB for two loudspeakers; a voice is meant to be as loud as it
  // was recorded.
  if (resampler_ && input.nb_channels == 1) {
    av_opt_set_double(resampler_.get(), "rematrix_volume", std::numbers::sqrt2, 0);
  }
  if (!resampler_ || swr_init(resampler_.get()) < 0) {
    resampler_.reset();
    return false;
  }
  input_rate_ = frame.sample_rate;
  input_format_ = frame.format;
  input_channels_ = frame.ch_layout.nb_channels;
  return true;
}

void LocalSoundReader::convert(const AVFrame& frame) {
  if (!prepare_resampler(frame)) {
    is_damaged_ = true;
    return;
  }
  const std::int64_t delay = swr_get_delay(resampler_.get(), 1'000'000);
  std::vector<float> samples(
      static_cast<std::size_t>(swr_get_out_samples(resampler_.get(), frame.nb_samples)) * kSoundChannels);
  auto* out = reinterpret_cast<std::uint8_t*>(samples.data());
  const int count = swr_convert(resampler_.get(), &out, static_cast<int>(samples.size() / kSoundChannels),
                                const_cast<const std::uint8_t**>(frame.extended_data), frame.nb_samples);
  if (count <= 0) return;
  samples.resize(static_cast<std::size_t>(count) * kSoundChannels);
  place(MediaTime(frame.best_effort_timestamp - delay), std::move(samples));
}

// Cuts off what lies before position_, and fills a gap with silence: to the sample after a seek, later only
// where the track really jumps.
void LocalSoundReader::place(MediaTime at, std::vector<float> samples) {
  const std::int64_t gap = sound_frames(at) - position_;
  const std::int64_t tolerance = is_placed_ ? kJitterFrames : 0;
  if (gap < -tolerance) {
    const auto cut = std::min<std::int64_t>(-gap * kSoundChannels, static_cast<std::int64_t>(samples.size()));
    samples.erase(samples.begin(), samples.begin() + cut);
  } else if (gap > tolerance) {
    silence_ = gap * kSoundChannels;
  }
  ready_ = std::move(samples);
  is_placed_ = !ready_.empty();
}

}  // namespace meanwhile
