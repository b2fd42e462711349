// The Record page behind the picture: devices, countdown, the recorder.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/window/desk.h"
#include "media/record/recorder.h"

namespace meanwhile {

class RecordDesk {
 public:
  // on_stopped: a take is on the disk. Called on the window's thread.
  RecordDesk(Desk& desk, std::function<void(const TakeSummary&)> on_stopped)
      : desk_(desk), on_stopped_(std::move(on_stopped)) {}
  // A running recording is saved first.
  ~RecordDesk();

  // Shows the devices live; nothing is written. Does nothing while one is on already.
  void arm();
  // Lets the devices go, unless a recording runs.
  void disarm();

  void choose_device(DeviceKind kind, const std::string& spec);
  void set_system_audio(bool on);
  void refresh_devices();
  void begin();
  void cancel_countdown();
  void pause();
  void resume();
  void stop();
  void discard();

  bool is_recording() const;
  // Before each frame: fills the page's state, moves the countdown on.
  void update();
  std::optional<MonotonicTime> next_change() const;

 private:
  void open_devices();
  void take_over(Result<std::unique_ptr<Recorder>> recorder);
  void let_go();
  void start();
  void fail_with(const Error& error);
  RecordPageState& page() const { return desk_.state.record; }

  Desk& desk_;
  const std::function<void(const TakeSummary&)> on_stopped_;
  std::shared_ptr<Recorder> recorder_;  // shared with the worker while it finishes
  std::optional<MonotonicTime> countdown_end_;
  bool is_wanted_ = false;
  int opening_ = 0;  // counts the openings: an older one's answer is dropped
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
