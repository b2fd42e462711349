#include "media/capture/avdevice/input_sample_source.h"

extern "C" {
#include <libavutil/channel_layout.h>
}

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "media/base/clock.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/capture/avdevice/input_reader.h"
#include "media/capture/avdevice/input_spec.h"
#include "media/capture/avdevice/input_times.h"
#include "media/capture/avdevice/media_input.h"
#include "media/capture/avdevice/sample_converter.h"
#include "media/capture/sample_blocks.h"
#include "media/capture/sample_stamps.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/capture/waiting.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr auto kSoundPatience = std::chrono::seconds(10);

std::chrono::microseconds length_of(std::int64_t samples) {
  return std::chrono::microseconds(samples * 1'000'000 / kSampleRate);
}

SampleSourceInfo info_of(const std::string& name, const AVChannelLayout& layout, int most_channels) {
  SampleSourceInfo info{name, std::clamp(layout.nb_channels, 1, most_channels)};
  const int left = av_channel_layout_index_from_channel(&layout, AV_CHAN_FRONT_LEFT);
  const int right = av_channel_layout_index_from_channel(&layout, AV_CHAN_FRONT_RIGHT);
  if (info.channels > 2 && left >= 0 && right >= 0) info.sides = {left, right};
  return info;
}

class InputSampleSource final : public SampleSource {
 public:
  InputSampleSource(InputSpec spec, std::unique_ptr<MediaInput> input, int most_channels, const Clock& clock)
      : info_(info_of(spec.name, input->decoder().ch_layout, most_channels)),
        clock_(clock),
        reader_(std::move(spec), std::move(input), kSoundPatience, clock),
        converter_(info_.channels),
        live_stamps_(kSampleRate) {}
  ~InputSampleSource() override { stop(); }

  SampleSourceInfo info() const override { return info_; }
  Result<void> start(SampleSink& samples) override;
  void stop() override;

 private:
  void run(const std::stop_token& stop);
  Result<void> read_next(const std::stop_token& stop);
  void give_blocks(const std::stop_token& stop);
  MonotonicTime live_stamp(std::int64_t count);
  MonotonicTime paced_stamp(std::int64_t count);

  // Constant.
  const SampleSourceInfo info_;
  const Clock& clock_;
  SampleSink* sink_ = nullptr;
  // Only the thread, once it runs (but for abort()).
  InputReader reader_;
  SampleConverter converter_;
  LiveTimes live_times_;
  SampleStamps live_stamps_;
  PacedTimes paced_times_;
  MonotonicTime end_of_input_{};  // live: when the last sample read was in the air
  std::int64_t samples_given_ = 0;
  Alarm alarm_;

  NamedThread thread_;  // last: joined before anything above goes
};

Result<void> InputSampleSource::start(SampleSink& samples) {
  if (thread_.joinable())
    return fail(ErrorCode::InvalidArgument, "starting a sound source that was started before");
  sink_ = &samples;
  thread_ = NamedThread("sound", [this](const std::stop_token& stop) { run(stop); });
  return {};
}

void InputSampleSource::stop() {
  thread_.request_stop();
  reader_.abort();
  if (thread_.joinable()) thread_.join();
}

void InputSampleSource::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    auto read = read_next(stop);
    if (read) give_blocks(stop);
    if (read || stop.stop_requested()) continue;
    return sink_->on_ended(std::move(read).error());
  }
}

Result<void> InputSampleSource::read_next(const std::stop_token& stop) {
  const auto decoded = reader_.next(stop);
  if (!decoded) return std::unexpected(decoded.error());
  const AVFrame& frame = **decoded;
  if (frame.nb_samples <= 0 || frame.sample_rate <= 0) return {};
  const MonotonicTime now = clock_.now();
  const auto length =
      std::chrono::microseconds(std::int64_t{frame.nb_samples} * 1'000'000 / frame.sample_rate);
  const auto time = reader_.input().time_of(frame);
  end_of_input_ = time ? live_times_.instant(time, now, wall_now().time_since_epoch()) + length : now;
  return converter_.push(frame);
}

void InputSampleSource::give_blocks(const std::stop_token& stop) {
  while (FramePtr block = converter_.take()) {
    const int count = block->nb_samples;
    const bool is_live = reader_.spec().is_live;
    const MonotonicTime at = is_live ? live_stamp(count) : paced_stamp(count);
    if (!is_live && !alarm_.wait_until(at + length_of(count), clock_, stop)) return;
    sink_->on_samples(std::move(block), at);
  }
}

MonotonicTime InputSampleSource::live_stamp(std::int64_t count) {
  return live_stamps_.stamp(end_of_input_ - length_of(converter_.held() + count), count);
}

// By the number of samples alone: a file's sound has no holes worth keeping.
MonotonicTime InputSampleSource::paced_stamp(std::int64_t count) {
  const MediaTime position = length_of(samples_given_);
  samples_given_ += count;
  return paced_times_.due(position, length_of(count), 0, clock_.now());
}

}  // namespace

Result<std::unique_ptr<SampleSource>> open_input_sound(InputSpec spec, int most_channels,
                                                       const Clock& clock) {
  auto input = MediaInput::open(spec, AVMEDIA_TYPE_AUDIO);
  if (!input) return std::unexpected(input.error());
  return std::make_unique<InputSampleSource>(std::move(spec), std::move(*input), most_channels, clock);
}

}  // namespace meanwhile
