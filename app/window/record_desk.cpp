#include "app/window/record_desk.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "media/base/files.h"
#include "media/capture/devices.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kCountdown{3};
// The preview and the level move this often: smooth enough to see that all is well, and cheap.
constexpr std::chrono::milliseconds kPreviewInterval{80};

RecordSettings settings_of(const Settings& settings, const Home& home) {
  return {.screen = settings.screen,
          .camera = settings.camera,
          .microphone = settings.microphone,
          .system_audio = settings.system_audio,
          .frames_per_second = settings.frames_per_second,
          .capture = {.state_folder = home.capture_state(), .most_width = settings.max_width, .stop = {}}};
}

std::vector<Device> of_kind(const std::vector<Device>& devices, DeviceKind kind) {
  std::vector<Device> found;
  for (const Device& device : devices) {
    if (device.kind == kind) found.push_back(device);
  }
  return found;
}

}  // namespace

RecordDesk::~RecordDesk() {
  if (recorder_ && is_recording()) (void)recorder_->finish();
}

bool RecordDesk::is_recording() const {
  const RecordPhase phase = page().phase;
  return phase == RecordPhase::Recording || phase == RecordPhase::Paused || phase == RecordPhase::Finishing;
}

void RecordDesk::arm() {
  is_wanted_ = true;
  const Settings& settings = desk_.application.settings();
  page().screen.chosen = settings.screen;
  page().camera.chosen = settings.camera;
  page().microphone.chosen = settings.microphone;
  page().system_audio = settings.system_audio;
  page().countdown = settings.countdown;
  if (recorder_ || is_recording()) return;
  refresh_devices();
  open_devices();
}

void RecordDesk::disarm() {
  is_wanted_ = false;
  cancel_countdown();
  if (!is_recording()) let_go();
}

// Closing devices may take a moment: the worker does it.
void RecordDesk::let_go() {
  ++opening_;
  desk_.worker.run_later([recorder = std::move(recorder_)](std::stop_token) mutable { recorder.reset(); });
  recorder_.reset();
  page().screen_preview = nullptr;
  page().camera_preview = nullptr;
  page().status = {};
}

void RecordDesk::open_devices() {
  page().phase = RecordPhase::Opening;
  page().failure.clear();
  let_go();
  desk_.in_background(
      alive_,
      [settings = settings_of(desk_.application.settings(), desk_.application.home()),
       &clock = desk_.clock](std::stop_token stop) {
        RecordSettings until_stopped = settings;
        until_stopped.capture.stop = std::move(stop);
        return Recorder::create(until_stopped, clock, [] {});
      },
      [this, opening = opening_](Result<std::unique_ptr<Recorder>> recorder) {
        if (opening == opening_ && is_wanted_) take_over(std::move(recorder));
      });
}

void RecordDesk::take_over(Result<std::unique_ptr<Recorder>> recorder) {
  if (!recorder) return fail_with(recorder.error());
  recorder_ = std::move(*recorder);
  page().phase = RecordPhase::Armed;
}

void RecordDesk::fail_with(const Error& error) {
  page().phase = RecordPhase::Failed;
  page().failure = error.message;
}

void RecordDesk::refresh_devices() {
  desk_.in_background(
      alive_, [](std::stop_token) { return list_devices(); },
      [this](const std::vector<Device>& devices) {
        page().screen.devices = of_kind(devices, DeviceKind::Screen);
        std::ranges::move(of_kind(devices, DeviceKind::Window), std::back_inserter(page().screen.devices));
        page().camera.devices = of_kind(devices, DeviceKind::Camera);
        page().microphone.devices = of_kind(devices, DeviceKind::Microphone);
      });
}

void RecordDesk::choose_device(DeviceKind kind, const std::string& spec) {
  if (is_recording()) return;
  Settings& settings = desk_.application.settings();
  if (kind == DeviceKind::Screen) page().screen.chosen = settings.screen = spec;
  if (kind == DeviceKind::Camera) page().camera.chosen = settings.camera = spec;
  if (kind == DeviceKind::Microphone) page().microphone.chosen = settings.microphone = spec;
  (void)desk_.application.save_settings();
  open_devices();
}

void RecordDesk::set_system_audio(bool on) {
  if (is_recording()) return;
  page().system_audio = desk_.application.settings().system_audio = on;
  (void)desk_.application.save_settings();
  open_devices();
}

void RecordDesk::begin() {
  if (page().phase != RecordPhase::Armed) return;
  if (!page().countdown) return start();
  countdown_end_ = desk_.clock.now() + kCountdown;
  page().phase = RecordPhase::Countdown;
}

void RecordDesk::cancel_countdown() {
  if (!countdown_end_) return;
  countdown_end_.reset();
  page().phase = RecordPhase::Armed;
}

void RecordDesk::start() {
  countdown_end_.reset();
  if (auto started = recorder_->start(desk_.application.home().takes(), {}); !started) {
    let_go();
    return fail_with(started.error());
  }
  page().phase = RecordPhase::Recording;
}

void RecordDesk::pause() {
  if (page().phase != RecordPhase::Recording) return;
  recorder_->pause();
  page().phase = RecordPhase::Paused;
}

void RecordDesk::resume() {
  if (page().phase != RecordPhase::Paused) return;
  recorder_->resume();
  page().phase = RecordPhase::Recording;
}

void RecordDesk::stop() {
  if (page().phase != RecordPhase::Recording && page().phase != RecordPhase::Paused) return;
  page().phase = RecordPhase::Finishing;
  desk_.in_background(
      alive_, [recorder = recorder_](std::stop_token) { return recorder->finish(); },
      [this](Result<TakeSummary> summary) {
        let_go();
        page().phase = RecordPhase::Opening;
        if (!summary) return fail_with(summary.error());
        on_stopped_(*summary);
      });
}

void RecordDesk::discard() {
  if (page().phase != RecordPhase::Recording && page().phase != RecordPhase::Paused) return;
  recorder_->cancel();
  open_devices();
}

void RecordDesk::update() {
  if (countdown_end_) {
    const auto left = *countdown_end_ - desk_.clock.now();
    page().countdown_left = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
    if (page().countdown_left <= 0) start();
  }
  if (!recorder_) return;
  page().status = recorder_->status();
  page().screen_preview = recorder_->preview(TrackKind::Screen);
  page().camera_preview = recorder_->preview(TrackKind::Camera);
  auto free = free_space(desk_.application.home().takes());
  page().free_bytes = free ? std::optional(*free) : std::nullopt;
  // The recorder stops by itself when the disk is full or every device is gone: what there is, is saved.
  const RecordState recorder_state = page().status.state;
  if (recorder_state == RecordState::Finished || recorder_state == RecordState::Failed) stop();
}

std::optional<MonotonicTime> RecordDesk::next_change() const {
  if (!recorder_ || !is_wanted_) return std::nullopt;
  return desk_.clock.now() + kPreviewInterval;
}

}  // namespace meanwhile
