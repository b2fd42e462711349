#include "app/window/record_desk.h"

#include <algorithm>
#include <chrono>
#include <expected>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/encoders.h"
#include "app/fetching/clip_store.h"
#include "app/library/home.h"
#include "app/library/settings.h"
#include "app/platform/area_picker.h"
#include "app/platform/audio_output.h"
#include "app/platform/screen_pen.h"
#include "app/ui/state.h"
#include "app/window/rehearsal.h"
#include "app/window/replay.h"
#include "media/base/clock.h"
#include "media/base/files.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/device_watch.h"
#include "media/capture/devices.h"
#include "media/capture/recorded_place.h"
#include "media/play/player.h"
#include "media/record/recorder.h"
#include "media/record/size_estimate.h"
#include "media/record/take.h"
#include "media/record/take_listener.h"
#include "media/record/take_summary.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kCountdown{3};
// The preview and the level move this often: smooth enough to see that all is well, and cheap.
constexpr std::chrono::milliseconds kPreviewInterval{80};
// Where the preview is in the picture itself, each of its pictures makes another one.
constexpr std::chrono::milliseconds kMirroredPreviewInterval{160};
// The strip has no picture, only a level.
constexpr std::chrono::milliseconds kStripInterval{150};
// Nobody looks at the window, but at the tray and the title: what ails a track is told there in time.
constexpr std::chrono::milliseconds kUnseenInterval{400};
// What is played when the last words were taken back.
constexpr MediaTime kReplayed = std::chrono::seconds(2);

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
  finish();
}

void RecordDesk::finish() {
  if (rehearsal_) rehearsal_->end_now();
  if (page().phase == RecordPhase::Finishing) return finishing_.wait();
  if (recorder_ && is_recording()) (void)std::exchange(recorder_, nullptr)->finish();
}

void RecordDesk::arm() {
  is_wanted_ = true;
  const Settings& settings = desk_.application.settings();
  page().screen.chosen = settings.screen;
  page().camera.chosen = settings.camera;
  page().microphone.chosen = settings.microphone;
  page().notes = settings.speaker_notes;
  page().frames_per_second = settings.frames_per_second;
  page().can_choose_area = AreaPicker::is_possible();
  if (recorder_ || is_recording()) return;
  device_watch_ =
      DeviceWatch::start([this, &mailbox = desk_.mailbox] { mailbox.post([this] { list_again(); }); });
  look_at_takes();
  refresh_devices();
  open_devices();
}

void RecordDesk::arm_for_reply(ReplyKind kind) {
  reply_ = kind;
  arm();
}

// How large this person's takes usually are.
void RecordDesk::look_at_takes() {
  desk_.in_background(
      alive_,
      [takes = desk_.application.home().takes()](std::stop_token) { return usual_sizes(list_takes(takes)); },
      [this](UsualSizes sizes) { usual_sizes_ = std::move(sizes); });
}

void RecordDesk::disarm() {
  is_wanted_ = false;
  reply_.reset();
  device_watch_.reset();
  cancel_countdown();
  (void)desk_.application.save_settings();  // the notes
  if (is_recording()) return;
  aside_.give_up();
  come_back();
  let_go();
}

// Closing devices may take a moment: the worker does it.
void RecordDesk::let_go() {
  ++opening_;
  desk_.worker.run_later([recorder = std::move(recorder_)](std::stop_token) mutable { recorder.reset(); });
  recorder_.reset();
  replay_.reset();
  rehearsal_.reset();
  area_choice_.give_up();
  signs_.end();
  draw_on_screen(false);
  page().screen_preview = nullptr;
  page().camera_preview = nullptr;
  page().preview_pointer.reset();
  page().status = {};
}

Result<RecordDesk::Opened> RecordDesk::open(const RecordSettings& settings, const Clock& clock) {
  auto recorder = Recorder::create(settings, clock, [] {});
  if (!recorder) return std::unexpected(recorder.error());
  return Opened{std::move(*recorder), recorded_place(settings.screen)};
}

void RecordDesk::open_devices() {
  page().phase = RecordPhase::Opening;
  page().failure.clear();
  let_go();
  desk_.in_background(
      alive_,
      [settings = wanted_settings(), sender = wanted_sender(), &clock = desk_.clock](std::stop_token stop) {
        RecordSettings until_stopped = settings;
        until_stopped.listener = sender;
        until_stopped.capture.stop = std::move(stop);
        until_stopped.encoder = encoder_to_use();  // may have to try one
        return open(until_stopped, clock);
      },
      [this, opening = opening_](Result<Opened> opened) {
        if (opening == opening_ && is_wanted_) take_over(std::move(opened));
      });
}

RecordSettings RecordDesk::wanted_settings() const {
  RecordSettings settings = settings_of(desk_.application.settings(), desk_.application.home());
  if (!reply_) return settings;
  const std::string none = "none";
  if (*reply_ != ReplyKind::Screen) settings.screen = none;
  if (*reply_ != ReplyKind::Camera) settings.camera = none;
  settings.system_audio = false;
  return settings;
}

// An answer may belong to another library than the one that takes are sent to.
std::shared_ptr<TakeListener> RecordDesk::wanted_sender() const {
  if (reply_ || !desk_.application.settings().upload_while_recording) return nullptr;
  return sender_;
}

void RecordDesk::take_over(Result<Opened> opened) {
  if (!opened) return fail_with(opened.error());
  recorder_ = std::move(opened->recorder);
  place_ = opened->place;
  page().phase = RecordPhase::Armed;
  page().can_draw = place_.sees_our_windows && place_.area && ScreenPen::is_possible();
  aside_.plan(place_);
}

void RecordDesk::fail_with(const Error& error) {
  page().phase = RecordPhase::Failed;
  page().failure = error.message;
}

void RecordDesk::refresh_devices() {
  list_again();
  if (page().phase == RecordPhase::Failed) open_devices();
}

void RecordDesk::list_again() {
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

void RecordDesk::note_settings(const Settings& before) {
  if (!is_wanted_) return;
  const Settings& now = desk_.application.settings();
  if (now.system_audio != before.system_audio && !is_recording()) open_devices();
  if (now.stand_aside != before.stand_aside) aside_.plan(place_);
}

void RecordDesk::edit_notes(const std::string& notes) {
  page().notes = desk_.application.settings().speaker_notes = notes;
  aside_.plan(place_);  // the strip has room for them or not
}

void RecordDesk::choose_frame_rate(int frames_per_second) {
  if (is_recording()) return;
  page().frames_per_second = desk_.application.settings().frames_per_second = frames_per_second;
  (void)desk_.application.save_settings();
  open_devices();
}

void RecordDesk::choose_area() {
  if (page().phase == RecordPhase::Armed || page().phase == RecordPhase::Failed) area_choice_.begin();
}

void RecordDesk::take_area(const Rect& area) {
  choose_device(DeviceKind::Screen, area_spec(area));
}

// A window that comes back to be clicked must not lie under the drawing.
void RecordDesk::come_back() {
  draw_on_screen(false);
  aside_.come_back();
}

void RecordDesk::show_window() {
  page().aside == Aside::Minimised ? come_back() : window_.raise();
}

void RecordDesk::rehearse() {
  if (page().phase != RecordPhase::Armed || reply_) return;
  page().phase = RecordPhase::Rehearsing;
  page().rehearsal_left = 0;
  aside_.leave_then([this] { start_rehearsal(); });
}

void RecordDesk::start_rehearsal() {
  rehearsal_ = std::make_unique<Rehearsal>(desk_, std::exchange(recorder_, nullptr),
                                           [&window = window_] { window.wake(); });
  if (const auto started = rehearsal_->start(); !started) {
    come_back();
    let_go();
    fail_with(started.error());
  }
}

// Part by part: recorded out of the picture, looked at in the window, and then ready again.
void RecordDesk::follow_rehearsal() {
  rehearsal_->update();
  page().rehearsal_left = rehearsal_->seconds_left();
  const Rehearsal::Part part = rehearsal_->part();
  if (part == Rehearsal::Part::Over) return end_rehearsal();
  if (part == Rehearsal::Part::Recording) return;
  if (page().phase == RecordPhase::Rehearsing) {
    come_back();
    page().phase = RecordPhase::Rehearsed;
  }
  rehearsal_->show_in(page());
}

void RecordDesk::end_rehearsal() {
  if (!rehearsal_) return;
  come_back();
  rehearsal_->tell();
  open_devices();
}

void RecordDesk::begin() {
  if (page().phase != RecordPhase::Armed) return;
  page().phase = RecordPhase::Countdown;
  page().countdown_left = 0;
  if (reply_ || !desk_.application.settings().countdown) return aside_.leave_then([this] { start(); });
  countdown_end_ = desk_.clock.now() + kCountdown;
}

void RecordDesk::cancel_countdown() {
  if (page().phase != RecordPhase::Countdown) return;
  countdown_end_.reset();
  aside_.give_up();
  come_back();
  page().phase = RecordPhase::Armed;
}

void RecordDesk::start() {
  if (auto started = recorder_->start(desk_.application.home().takes(),
                                      {.clean_sound = desk_.application.settings().clean_sound});
      !started) {
    come_back();
    let_go();
    return fail_with(started.error());
  }
  page().phase = RecordPhase::Recording;
  page().status = recorder_->status();
  signs_.begin();
}

// A window that was minimised is where one goes on from.
void RecordDesk::pause() {
  if (page().phase != RecordPhase::Recording) return;
  recorder_->pause();
  page().phase = RecordPhase::Paused;
  if (page().aside == Aside::Minimised) come_back();
}

void RecordDesk::resume() {
  if (page().phase != RecordPhase::Paused || aside_.is_waiting()) return;
  aside_.leave_then([this] { go_on(); });
}

void RecordDesk::go_on() {
  recorder_->resume();
  page().phase = RecordPhase::Recording;
}

void RecordDesk::mute(bool muted) {
  if (!recorder_) return;
  muted ? recorder_->mute() : recorder_->unmute();
}

void RecordDesk::say_again() {
  if (page().phase != RecordPhase::Recording && page().phase != RecordPhase::Paused) return;
  const auto retake = recorder_->retake();
  if (!retake) {
    return desk_.notices.show(NoticeKind::Warning, tr("The last words could not be taken back"),
                              retake.error().message);
  }
  if (page().aside == Aside::Minimised) come_back();
  const RecordStatus status = recorder_->status();
  const OpenedClip stands = open_tracks(status.clip, status.folder, status.tracks, retake->at);
  replay_ = std::make_unique<Replay>(stands, retake->at - kReplayed, retake->at, make_audio_output(),
                                     desk_.clock, [&window = window_] { window.wake(); });
  page().phase = RecordPhase::Replaying;
}

void RecordDesk::mark_chapter() {
  if (page().phase != RecordPhase::Recording && page().phase != RecordPhase::Paused) return;
  if (const auto marked = recorder_->mark_chapter(); !marked)
    desk_.notices.show(NoticeKind::Warning, tr("No chapter was marked"), marked.error().message);
}

void RecordDesk::end_replay() {
  replay_.reset();
  page().phase = RecordPhase::Paused;
  resume();
}

void RecordDesk::draw_on_screen(bool on) {
  screen_pen_.reset();
  page().is_drawing = false;
  if (!on || !page().can_draw || page().phase != RecordPhase::Recording) return;
  auto pen = ScreenPen::create(*place_.area);
  if (!pen) {
    return desk_.notices.show(NoticeKind::Warning, tr("Drawing on the screen isn't possible"),
                              pen.error().message);
  }
  screen_pen_ = std::move(*pen);
  page().is_drawing = true;
}

void RecordDesk::restart() {
  if (page().phase != RecordPhase::Recording && page().phase != RecordPhase::Paused) return;
  if (auto restarted = recorder_->restart(); !restarted) {
    return desk_.notices.show(NoticeKind::Warning, tr("The recording could not start over"),
                              restarted.error().message);
  }
  page().phase = RecordPhase::Recording;
}

void RecordDesk::stop() {
  if (page().phase == RecordPhase::Finishing || !is_recording()) return;
  aside_.give_up();
  replay_.reset();
  come_back();
  page().phase = RecordPhase::Finishing;
  signs_.update();
  const auto finished = std::make_shared<std::promise<void>>();
  finishing_ = finished->get_future();
  desk_.in_background(
      alive_,
      [recorder = recorder_, finished](std::stop_token) {
        auto summary = recorder->finish();
        finished->set_value();
        return summary;
      },
      [this](Result<TakeSummary> summary) {
        let_go();
        page().phase = RecordPhase::Opening;
        if (!summary) return fail_with(summary.error());
        on_stopped_(*summary);
      });
}

void RecordDesk::discard() {
  if (page().phase == RecordPhase::Finishing || !is_recording()) return;
  aside_.give_up();
  come_back();
  recorder_->cancel();
  open_devices();
}

void RecordDesk::update() {
  looked_at_ = desk_.clock.now();
  if (countdown_end_) {
    const auto left = *countdown_end_ - desk_.clock.now();
    page().countdown_left = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
    if (page().countdown_left <= 0) {
      countdown_end_.reset();
      aside_.leave_then([this] { start(); });
    }
  }
  aside_.update();
  if (replay_ && replay_->is_over()) end_replay();
  if (rehearsal_) follow_rehearsal();
  if (recorder_) show_status();
  signs_.update();
}

void RecordDesk::show_status() {
  page().status = recorder_->status();
  // It pauses by itself when the machine slept.
  if (page().phase == RecordPhase::Recording && page().status.state == RecordState::Paused) {
    page().phase = RecordPhase::Paused;
    if (page().aside == Aside::Minimised) come_back();
  }
  page().screen_preview =
      replay_ ? replay_->picture(PictureTrack::Screen) : recorder_->preview(TrackKind::Screen);
  page().camera_preview =
      replay_ ? replay_->picture(PictureTrack::Camera) : recorder_->preview(TrackKind::Camera);
  auto free = free_space(desk_.application.home().takes());
  page().free_bytes = free ? std::optional(*free) : std::nullopt;
  page().expected_size = expected_size(page().status.tracks, usual_sizes_);
  // The recorder stops by itself when the disk is full or every device is gone: what there is, is saved.
  const RecordState recorder_state = page().status.state;
  if (recorder_state == RecordState::Finished || recorder_state == RecordState::Failed) stop();
}

std::chrono::milliseconds RecordDesk::preview_interval() const {
  if (page().is_strip) return kStripInterval;
  return place_.sees_our_windows ? kMirroredPreviewInterval : kPreviewInterval;
}

std::optional<MonotonicTime> RecordDesk::next_change() const {
  if ((!recorder_ && !rehearsal_) || !is_wanted_) return std::nullopt;
  const MonotonicTime next = looked_at_ + preview_interval();
  const auto frame = replay_ ? replay_->next_change() : rehearsal_ ? rehearsal_->next_change() : std::nullopt;
  return frame ? std::min(*frame, next) : next;
}

std::optional<MonotonicTime> RecordDesk::next_duty() const {
  if (aside_.is_waiting()) return aside_.next_duty();
  if (!is_recording() && !rehearsal_) return std::nullopt;
  return looked_at_ + kUnseenInterval;
}

}  // namespace meanwhile
