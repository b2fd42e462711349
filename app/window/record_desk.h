// The Record page behind the picture: devices, countdown, the recorder, and where the window is meanwhile.
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/library/settings.h"
#include "app/platform/screen_pen.h"
#include "app/platform/window.h"
#include "app/sending/take_sender.h"
#include "app/ui/actions/record_actions.h"
#include "app/ui/state.h"
#include "app/window/area_choice.h"
#include "app/window/aside.h"
#include "app/window/desk.h"
#include "app/window/rehearsal.h"
#include "app/window/replay.h"
#include "app/window/take_signs.h"
#include "media/base/clock.h"
#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/capture/device_watch.h"
#include "media/capture/devices.h"
#include "media/capture/recorded_place.h"
#include "media/record/recorder.h"
#include "media/record/size_estimate.h"
#include "media/record/take_listener.h"
#include "media/record/take_summary.h"
#include "upload/event_log.h"
#include "upload/outbox.h"

namespace meanwhile {

class RecordDesk final : public RecordActions {
 public:
  // on_stopped: a take is on the disk. Called on the window's thread.
  RecordDesk(Desk& desk, Window& window, std::function<void(const TakeSummary&)> on_stopped)
      : desk_(desk), window_(window), on_stopped_(std::move(on_stopped)) {}
  // A running recording is saved first.
  ~RecordDesk() override;

  // Where takes are sent while they are recorded, if the person wants that; nullptr: nowhere. As
  // TakeSender::send_to().
  // live: the library's log, if others may watch while it is recorded.
  void send_to(Outbox* outbox, std::shared_ptr<EventLog> live) { sender_->send_to(outbox, std::move(live)); }

  // Shows the devices live; nothing is written. Does nothing while one is on already.
  void arm();
  // The same in a small mode, with the devices of that kind, whatever the settings say; nothing is sent while
  // it is recorded. Until disarm().
  void arm_for_reply(ReplyKind kind);
  // Lets the devices go, unless a recording runs.
  void disarm();

  void choose_device(DeviceKind kind, const std::string& spec) override;
  void refresh_devices() override;
  void choose_area() override;
  void choose_frame_rate(int frames_per_second) override;
  void edit_notes(const std::string& notes) override;
  void rehearse() override;
  void end_rehearsal() override;
  void begin() override;
  void cancel_countdown() override;
  void pause() override;
  void resume() override;
  void stop() override;
  void discard() override;
  void restart() override;
  void mute(bool muted) override;
  void say_again() override;
  void mark_chapter() override;
  void draw_on_screen(bool on) override;

  // The settings aren't as they were before.
  void note_settings(const Settings& before);

  // Saves a running take; waits until it is on the disk.
  void finish();

  bool is_recording() const { return is_running(page().phase); }
  // Before each frame: fills the page's state, moves the countdown on.
  void update();
  std::optional<MonotonicTime> next_change() const;
  // As WindowClient has it.
  std::optional<MonotonicTime> next_duty() const;

 private:
  struct Opened {
    std::unique_ptr<Recorder> recorder;
    RecordedPlace place;
  };
  static Result<Opened> open(const RecordSettings& settings, const Clock& clock);
  RecordSettings wanted_settings() const;
  std::shared_ptr<TakeListener> wanted_sender() const;
  void list_again();
  void look_at_takes();
  void open_devices();
  void take_over(Result<Opened> opened);
  void let_go();
  void take_area(const Rect& area);
  void come_back();
  void show_window();
  void start_rehearsal();
  void follow_rehearsal();
  void start();
  void go_on();
  void end_replay();
  void show_status();
  std::chrono::milliseconds preview_interval() const;
  void fail_with(const Error& error);
  RecordPageState& page() const { return desk_.state.record; }

  Desk& desk_;
  Window& window_;
  const std::function<void(const TakeSummary&)> on_stopped_;
  const std::shared_ptr<TakeSender> sender_ = std::make_shared<TakeSender>();  // shared with the recorder
  std::shared_ptr<Recorder> recorder_;  // shared with the worker while it finishes
  RecordedPlace place_;
  WindowAside aside_{desk_, window_};
  TakeSigns signs_{desk_, *this, [this] { show_window(); }};
  std::unique_ptr<Rehearsal> rehearsal_;
  AreaChoice area_choice_{desk_, aside_, [this](const Rect& area) { take_area(area); }};
  std::unique_ptr<ScreenPen> screen_pen_;      // while the person draws
  std::unique_ptr<DeviceWatch> device_watch_;  // while the page is shown
  std::unique_ptr<Replay> replay_;
  MonotonicTime looked_at_{};  // by update()
  UsualSizes usual_sizes_;
  std::optional<MonotonicTime> countdown_end_;
  bool is_wanted_ = false;
  std::optional<ReplyKind> reply_;
  std::shared_future<void> finishing_;  // on the worker
  int opening_ = 0;                     // counts the openings: an older one's answer is dropped
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
