#include "app/cli/tried_device.h"

#include <chrono>
#include <condition_variable>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/capture_options.h"
#include "media/capture/devices.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/capture/source_registry.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr auto kTrialPatience = std::chrono::seconds(4);
constexpr int kTrialRate = 30;

// Waits for the first sign of life.
class FirstSign final : public FrameSink, public SampleSink {
 public:
  void on_frame(FramePtr, MonotonicTime) override { note({}); }
  void on_unchanged(MonotonicTime) override {}
  void on_samples(FramePtr, MonotonicTime) override { note({}); }
  void on_state(SourceState) override {}
  void on_ended(Error why) override { note(std::unexpected(std::move(why))); }

  Result<void> wait(const std::string& name) {
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, kTrialPatience, [this] { return sign_.has_value(); })) return *sign_;
    return fail(ErrorCode::Unavailable, tr_format("{} can be opened, but gives nothing", name));
  }

 private:
  void note(Result<void> sign) {
    const std::lock_guard lock(mutex_);
    if (!sign_) sign_ = std::move(sign);
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Result<void>> sign_;
};

Result<void> try_pictures(Result<std::unique_ptr<FrameSource>> source, const std::string& name) {
  if (!source) return std::unexpected(source.error());
  FirstSign sign;
  const std::unique_ptr<FrameSource> trial = std::move(*source);
  MEANWHILE_TRY(trial->start(sign, nullptr));
  auto result = sign.wait(name);
  trial->stop();
  return result;
}

Result<void> try_sound(Result<std::unique_ptr<SampleSource>> source, const std::string& name) {
  if (!source) return std::unexpected(source.error());
  FirstSign sign;
  const std::unique_ptr<SampleSource> trial = std::move(*source);
  MEANWHILE_TRY(trial->start(sign));
  auto result = sign.wait(name);
  trial->stop();
  return result;
}

}  // namespace

Result<void> try_device(const Device& device) {
  const SteadyClock clock;
  switch (device.kind) {
    case DeviceKind::Screen:
    case DeviceKind::Window:
      if (device.spec.starts_with("portal:")) return {};
      return try_pictures(open_screen(device.spec, kTrialRate, clock, CaptureOptions{}), device.name);
    case DeviceKind::Camera:
      return try_pictures(open_camera(device.spec, kTrialRate, clock), device.name);
    case DeviceKind::Microphone:
      return try_sound(open_microphone(device.spec, clock), device.name);
    case DeviceKind::SystemAudio:
      return try_sound(open_system_audio(device.spec, clock), device.name);
  }
  return {};
}

}  // namespace meanwhile
