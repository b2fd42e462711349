#include "tests/support/capture_sinks.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace meanwhile {
namespace {

constexpr std::size_t kKeptFrames = 100;

}  // namespace

void KeepingFrameSink::on_frame(FramePtr frame, MonotonicTime at) {
  std::lock_guard lock(mutex_);
  if (state_.end) ++state_.calls_after_end;
  state_.stamps.push_back(at);
  state_.last_frames.push_back(std::move(frame));
  if (state_.last_frames.size() > kKeptFrames) state_.last_frames.erase(state_.last_frames.begin());
  changed_.notify_all();
}

void KeepingFrameSink::on_unchanged(MonotonicTime at) {
  std::lock_guard lock(mutex_);
  if (state_.end) ++state_.calls_after_end;
  state_.unchanged.push_back(at);
  changed_.notify_all();
}

void KeepingFrameSink::on_state(SourceState state) {
  const std::lock_guard lock(mutex_);
  state_.states.push_back(state);
  changed_.notify_all();
}

void KeepingFrameSink::on_ended(Error why) {
  std::lock_guard lock(mutex_);
  if (state_.end) ++state_.calls_after_end;
  state_.end = std::move(why);
  changed_.notify_all();
}

bool KeepingFrameSink::wait_for(const std::function<bool(const State&)>& condition) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kSourceDeadline, [&] { return condition(state_); });
}

bool KeepingFrameSink::is_now(const std::function<bool(const State&)>& condition) {
  std::lock_guard lock(mutex_);
  return condition(state_);
}

bool KeepingFrameSink::wait_for_frames(std::size_t count) {
  return wait_for([count](const State& state) { return state.stamps.size() >= count; });
}

bool KeepingFrameSink::wait_for_end() {
  return wait_for([](const State& state) { return state.end.has_value(); });
}

FramePtr KeepingFrameSink::newest() {
  std::lock_guard lock(mutex_);
  return reference(*state_.last_frames.back());
}

std::vector<MonotonicTime> KeepingFrameSink::stamps() {
  std::lock_guard lock(mutex_);
  return state_.stamps;
}

std::optional<Error> KeepingFrameSink::end() {
  std::lock_guard lock(mutex_);
  return state_.end;
}

int KeepingFrameSink::calls_after_end() {
  std::lock_guard lock(mutex_);
  return state_.calls_after_end;
}

void KeepingSampleSink::on_samples(FramePtr samples, MonotonicTime at) {
  const auto* first = reinterpret_cast<const float*>(samples->extended_data[0]);
  const int channels = samples->ch_layout.nb_channels;
  std::vector<float> peaks(static_cast<std::size_t>(channels));
  for (int channel = 0; channel < channels; ++channel) {
    const auto* plane = reinterpret_cast<const float*>(samples->extended_data[channel]);
    for (int i = 0; i < samples->nb_samples; ++i)
      peaks[static_cast<std::size_t>(channel)] =
          std::max(peaks[static_cast<std::size_t>(channel)], std::abs(plane[i]));
  }
  std::lock_guard lock(mutex_);
  state_.blocks.push_back({at, {first, first + samples->nb_samples}, channels, std::move(peaks)});
  changed_.notify_all();
}

void KeepingSampleSink::on_state(SourceState state) {
  const std::lock_guard lock(mutex_);
  state_.states.push_back(state);
  changed_.notify_all();
}

void KeepingSampleSink::on_ended(Error why) {
  std::lock_guard lock(mutex_);
  state_.end = std::move(why);
  changed_.notify_all();
}

bool KeepingSampleSink::wait_for(const std::function<bool(const State&)>& condition) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kSourceDeadline, [&] { return condition(state_); });
}

bool KeepingSampleSink::wait_for_end() {
  return wait_for([](const State& state) { return state.end.has_value(); });
}

std::vector<KeepingSampleSink::Block> KeepingSampleSink::blocks() {
  std::lock_guard lock(mutex_);
  return state_.blocks;
}

std::optional<Error> KeepingSampleSink::end() {
  std::lock_guard lock(mutex_);
  return state_.end;
}

void KeepingPointerSink::on_shape(PointerShape shape) {
  std::lock_guard lock(mutex_);
  state_.shapes.push_back(std::move(shape));
  changed_.notify_all();
}

void KeepingPointerSink::on_pointer(PointerSample sample) {
  std::lock_guard lock(mutex_);
  state_.samples.push_back(sample);
  changed_.notify_all();
}

bool KeepingPointerSink::wait_for(const std::function<bool(const State&)>& condition) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kSourceDeadline, [&] { return condition(state_); });
}

KeepingPointerSink::State KeepingPointerSink::state() {
  std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace meanwhile
