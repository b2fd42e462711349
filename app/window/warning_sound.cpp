#include "app/window/warning_sound.h"

#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <numbers>
#include <span>
#include <stop_token>
#include <utility>

#include "media/play/audio_output.h"

namespace meanwhile {
namespace {

constexpr double kRate = 48000;
constexpr double kTone = 0.12;  // seconds
constexpr double kPause = 0.06;
constexpr double kLoudness = 0.25;
constexpr double kLow = 660;  // Hz
constexpr double kHigh = 880;

double tone_at(double seconds) {
  const bool is_second = seconds >= kTone + kPause;
  const double within = is_second ? seconds - kTone - kPause : seconds;
  if (within >= kTone) return 0;
  // Without a click at either end.
  const double swell = std::sin(std::numbers::pi * within / kTone);
  return kLoudness * swell * std::sin(2 * std::numbers::pi * (is_second ? kHigh : kLow) * within);
}

}  // namespace

void fill_warning_sound(std::span<float> samples, std::size_t first) {
  for (std::size_t i = 0; i + 1 < samples.size(); i += 2) {
    const double seconds = static_cast<double>(first + i / 2) / kRate;
    samples[i] = samples[i + 1] = static_cast<float>(tone_at(seconds));
  }
}

void play_warning_sound(AudioOutput& output, std::stop_token stop) {
  std::atomic<std::size_t> played = 0;
  const auto fill = [&played](std::span<float> samples) {
    fill_warning_sound(samples, played);
    played += samples.size() / 2;
  };
  if (!output.open(fill)) return;
  output.set_paused(false);
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, std::move(stop), kWarningSoundLength + output.latency(), [] { return false; });
  lock.unlock();
  output.close();
}

}  // namespace meanwhile
