#include "media/capture/pulse/pulse_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <numeric>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/clock.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/pulse/connection.h"
#include "media/capture/pulse/mute_watch.h"
#include "media/capture/pulse/sound_spec.h"
#include "media/capture/sample_blocks.h"
#include "media/capture/sample_stamps.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr int kBlocksPerSecond = 50;
constexpr auto kStreamLimit = std::chrono::seconds(5);
constexpr auto kNewsLimit = std::chrono::seconds(1);
// Nobody who is only busy is away for so long.
constexpr auto kBreak = std::chrono::milliseconds(300);
constexpr auto kSettling = std::chrono::seconds(10);

// A microphone's inputs come as they are: by its own rules the server drops what has no place among
// loudspeakers.
int opened_channels(const PulseDevice& device, SoundKind kind) {
  return std::clamp(device.channels, 1, kind == SoundKind::Microphone ? kMostInputs : 2);
}

std::vector<int> given_channels(std::vector<int> chosen, int opened) {
  if (!chosen.empty()) return chosen;
  std::vector<int> all(static_cast<std::size_t>(opened));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

std::optional<int> place_of(pa_channel_position_t position, const pa_channel_map& map) {
  for (int i = 0; i < map.channels; ++i) {
    if (map.map[i] == position) return i;
  }
  return std::nullopt;
}

std::optional<StereoSides> sides_in(const pa_channel_map& map) {
  const auto left = place_of(PA_CHANNEL_POSITION_FRONT_LEFT, map);
  const auto right = place_of(PA_CHANNEL_POSITION_FRONT_RIGHT, map);
  return left && right ? std::optional(StereoSides{*left, *right}) : std::nullopt;
}

class PulseSource final : public SampleSource {
 public:
  PulseSource(std::unique_ptr<PulseConnection> connection, ChosenDevice chosen, SoundKind kind,
              const Clock& clock)
      : name_(chosen.name()),
        device_(std::move(chosen.device)),
        kind_(kind),
        opened_(opened_channels(device_, kind)),
        given_(given_channels(chosen.inputs, opened_)),
        clock_(clock),
        connection_(std::move(connection)),
        stamps_(kSampleRate) {}
  ~PulseSource() override { stop(); }

  Result<void> prepare();
  SampleSourceInfo info() const override;
  Result<void> start(SampleSink& samples) override;
  void stop() override;

 private:
  pa_sample_spec format() const {
    return {PA_SAMPLE_FLOAT32NE, kSampleRate, static_cast<std::uint8_t>(opened_)};
  }
  pa_channel_map map() const;
  pa_stream_state_t state() const { return stream_ ? pa_stream_get_state(stream_.get()) : PA_STREAM_FAILED; }
  void run(const std::stop_token& stop);
  // Uncorks the stream and waits until it can be told how old its samples are.
  void begin_stream();
  void note_break();
  void drain();
  std::optional<MonotonicTime> instant_of_next_sample() const;
  std::optional<MonotonicTime> instant_by_last_news() const;
  void give(const float* interleaved, std::size_t bytes);
  Error why_ended() const;

  // Constant.
  const std::string name_;
  const PulseDevice device_;
  const SoundKind kind_;
  const int opened_;              // channels of the stream
  const std::vector<int> given_;  // those of them that are given on
  const Clock& clock_;
  SampleSink* sink_ = nullptr;
  // Only the thread, once it runs (but for wake()).
  const std::unique_ptr<PulseConnection> connection_;
  PulseStreamPtr stream_;
  SampleStamps stamps_;
  MonotonicTime drained_at_{};
  MonotonicTime began_at_{};  // the stream; or going on after a break

  NamedThread thread_;  // last: joined before anything above goes
};

SampleSourceInfo PulseSource::info() const {
  const int channels = static_cast<int>(given_.size());
  return {name_, channels, channels > 2 ? sides_in(map()) : std::nullopt};
}

// The device's own, so that nothing is mixed; for loudspeakers of more channels than two, left and right.
pa_channel_map PulseSource::map() const {
  pa_channel_map map = device_.map;
  if (map.channels != opened_ || pa_channel_map_valid(&map) == 0)
    pa_channel_map_init_extend(&map, static_cast<unsigned>(opened_), PA_CHANNEL_MAP_AUX);
  if (opened_ < device_.channels) pa_channel_map_init_stereo(&map);
  return map;
}

// The server converts to our rate and format, and mixes what a loudspeaker plays down to two channels. Where
// it doesn't know which of them are left and right, they are the first two.
Result<void> PulseSource::prepare() {
  const pa_sample_spec spec = format();
  const pa_channel_map places = map();
  stream_.reset(pa_stream_new(connection_->context(), "recording", &spec, &places));
  const auto doing = tr_format("opening “{}”", name_);
  const auto why = [this] { return pa_strerror(pa_context_errno(connection_->context())); };
  if (!stream_) return fail(ErrorCode::Internal, fmt::format("{}: {}", doing, why()));
  constexpr auto kWhatever = static_cast<std::uint32_t>(-1);
  const auto fragment = static_cast<std::uint32_t>(pa_bytes_per_second(&spec) / kBlocksPerSecond);
  const pa_buffer_attr buffer{kWhatever, kWhatever, kWhatever, kWhatever, fragment};
  // Corked: nothing comes before start().
  const bool is_mixed = opened_ < device_.channels && sides_in(device_.map);
  const auto flags = static_cast<pa_stream_flags_t>(
      PA_STREAM_DONT_MOVE | PA_STREAM_ADJUST_LATENCY | PA_STREAM_AUTO_TIMING_UPDATE |
      PA_STREAM_INTERPOLATE_TIMING | PA_STREAM_START_CORKED | (is_mixed ? 0 : PA_STREAM_NO_REMAP_CHANNELS));
  if (pa_stream_connect_record(stream_.get(), device_.name.c_str(), &buffer, flags) < 0) {
    return fail(ErrorCode::NotFound, fmt::format("{}: {}", doing, why()));
  }
  const auto is_decided = [this] { return state() != PA_STREAM_CREATING; };
  if (auto decided = connection_->run_until(is_decided, kStreamLimit); !decided)
    return fail(doing, decided.error());
  if (state() == PA_STREAM_READY) return {};
  return fail(ErrorCode::NotFound, fmt::format("{}: {}", doing, why()));
}

Result<void> PulseSource::start(SampleSink& samples) {
  if (thread_.joinable())
    return fail(ErrorCode::InvalidArgument, "starting a microphone that was started before");
  sink_ = &samples;
  thread_ = NamedThread(kind_ == SoundKind::Microphone ? "microphone" : "system sound",
                        [this](const std::stop_token& stop) { run(stop); });
  return {};
}

void PulseSource::stop() {
  thread_.request_stop();
  if (!thread_.joinable()) return;
  connection_->wake();
  thread_.join();
}

void PulseSource::begin_stream() {
  const std::unique_ptr<pa_operation, PulseDeleter> uncork(
      pa_stream_cork(stream_.get(), 0, nullptr, nullptr));
  // What comes meanwhile is kept; a server that doesn't tell has its samples stamped by when they came.
  (void)connection_->run_until(
      [this] { return state() != PA_STREAM_READY || pa_stream_readable_size(stream_.get()) > 0; },
      kNewsLimit);
  const std::unique_ptr<pa_operation, PulseDeleter> fresh(
      pa_stream_update_timing_info(stream_.get(), nullptr, nullptr));
  if (fresh)
    (void)connection_->run_until(
        [&fresh] { return pa_operation_get_state(fresh.get()) != PA_OPERATION_RUNNING; }, kNewsLimit);
  stamps_.restart();
  drained_at_ = began_at_ = clock_.now();
}

// This program stood still, or all of the machine. What the server could keep for us meanwhile is all there,
// and as old as it is; more than that has holes of which nobody tells, so recording begins anew.
void PulseSource::note_break() {
  const MonotonicTime now = clock_.now();
  const auto away = now - std::exchange(drained_at_, now);
  if (away < kBreak) return;
  began_at_ = now;
  const pa_buffer_attr* buffer = pa_stream_get_buffer_attr(stream_.get());
  const pa_sample_spec spec = format();
  const auto kept = std::chrono::microseconds(buffer ? pa_bytes_to_usec(buffer->maxlength, &spec) : 0);
  if (away * 10 < kept * 9) return;
  pa_stream_disconnect(stream_.get());
  if (prepare()) begin_stream();
}

void PulseSource::run(const std::stop_token& stop) {
  begin_stream();
  const MuteWatch mute_watch(connection_->context(), device_.name, [this](bool is_muted) {
    sink_->on_state(is_muted ? SourceState::Muted : SourceState::Delivering);
  });
  while (!stop.stop_requested()) {
    connection_->run_once();
    if (stop.stop_requested()) return;
    if (!connection_->is_alive() || state() != PA_STREAM_READY) return sink_->on_ended(why_ended());
    if (pa_stream_readable_size(stream_.get()) == 0) continue;
    note_break();
    if (state() == PA_STREAM_READY) drain();
  }
}

// Everything that is readable, as one block for each fragment. Where samples were lost, silence of their
// length.
void PulseSource::drain() {
  while (pa_stream_readable_size(stream_.get()) > 0) {
    const void* data = nullptr;
    std::size_t bytes = 0;
    if (pa_stream_peek(stream_.get(), &data, &bytes) < 0 || bytes == 0) return;
    give(static_cast<const float*>(data), bytes);
    pa_stream_drop(stream_.get());
  }
}

// A sample's age is its way through the device and the buffers up to here.
// Source: pulse/stream.h, pa_stream_get_latency().
std::optional<MonotonicTime> PulseSource::instant_of_next_sample() const {
  if (clock_.now() - began_at_ < kSettling) return instant_by_last_news();
  pa_usec_t latency = 0;
  int is_negative = 0;
  if (pa_stream_get_latency(stream_.get(), &latency, &is_negative) < 0) return std::nullopt;
  const auto age = std::chrono::microseconds(latency);
  return is_negative != 0 ? clock_.now() + age : clock_.now() - age;
}

// libpulse's own clock needs some seconds after a break, and runs some hundred milliseconds off until then.
// What the server last told is right, and its time stamp is the server's: the way here, which may have been
// long, is no part of it. Source: pulse/def.h, pa_timing_info.
std::optional<MonotonicTime> PulseSource::instant_by_last_news() const {
  const pa_timing_info* news = pa_stream_get_timing_info(stream_.get());
  if (!news || news->write_index_corrupt != 0 || news->read_index_corrupt != 0) return std::nullopt;
  const pa_sample_spec spec = format();
  const auto usec = [&spec](std::int64_t bytes) {
    return static_cast<std::int64_t>(
        pa_bytes_to_usec(static_cast<std::uint64_t>(std::max<std::int64_t>(bytes, 0)), &spec));
  };
  const auto latency = usec(news->write_index) - usec(news->read_index) +
                       static_cast<std::int64_t>(news->source_usec) -
                       static_cast<std::int64_t>(news->sink_usec);
  const auto age = static_cast<std::int64_t>(pa_timeval_age(&news->timestamp));
  return clock_.now() - std::chrono::microseconds(age + latency);
}

void PulseSource::give(const float* interleaved, std::size_t bytes) {
  const auto stride = static_cast<std::size_t>(opened_);
  const int count = static_cast<int>(bytes / sizeof(float) / stride);
  if (count == 0) return;
  // Before the first timing information there is only this guess: what came is as old as it is long.
  const auto length = std::chrono::microseconds(std::int64_t{count} * 1'000'000 / kSampleRate);
  const MonotonicTime measured = instant_of_next_sample().value_or(clock_.now() - length);
  FramePtr block = make_sample_block(static_cast<int>(given_.size()), count);
  for (std::size_t channel = 0; channel < given_.size(); ++channel) {
    auto* into = reinterpret_cast<float*>(block->extended_data[channel]);
    const auto from = static_cast<std::size_t>(given_[channel]);
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
      into[i] = interleaved ? interleaved[i * stride + from] : 0.0F;
  }
  sink_->on_samples(std::move(block), stamps_.stamp(measured, count));
}

Error PulseSource::why_ended() const {
  if (!connection_->is_alive()) {
    return {ErrorCode::Unavailable, tr_format("recording “{}”: the sound server went away", name_)};
  }
  return {ErrorCode::Unavailable, tr_format("recording “{}”: it was unplugged or switched off", name_)};
}

Result<ChosenDevice> choose(const PulseDevices& devices, const std::string& spec, SoundKind kind) {
  if (spec != "default") return find_sound_device(devices, spec);
  const PulseDevice* device = kind == SoundKind::Microphone ? default_microphone(devices)
                                                            : find_by_name(devices, devices.default_monitor);
  if (device) return ChosenDevice{*device, {}};
  return fail(ErrorCode::NotFound, kind == SoundKind::Microphone
                                       ? tr("finding a microphone: none is plugged in")
                                       : tr("finding the system's sound: there is no loudspeaker"));
}

}  // namespace

Result<std::unique_ptr<SampleSource>> open_pulse(const std::string& spec, SoundKind kind,
                                                 const Clock& clock) {
  if (spec != "default" && (!spec.starts_with(kSoundScheme) || spec.size() == kSoundScheme.size())) {
    return fail(ErrorCode::InvalidArgument, tr_format("“{}” isn't a sound source: pulse:SOURCE", spec));
  }
  auto connection = PulseConnection::connect();
  if (!connection) return std::unexpected(connection.error());
  auto devices = (*connection)->list();
  if (!devices) return std::unexpected(devices.error());
  auto device = choose(*devices, spec, kind);
  if (!device) return std::unexpected(device.error());
  auto source = std::make_unique<PulseSource>(std::move(*connection), std::move(*device), kind, clock);
  MEANWHILE_TRY(source->prepare());
  return source;
}

}  // namespace meanwhile
