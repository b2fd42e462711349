// Three seconds, recorded and played as a take is, so that one sees and hears how it will be. Nothing of it
// is kept, and nobody else is told of it.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/replay.h"
#include "media/base/clock.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/play/player.h"
#include "media/play/pointer_track.h"
#include "media/record/recorder.h"
#include "media/record/take_summary.h"

namespace meanwhile {

// The window's thread only.
class Rehearsal {
 public:
  static constexpr std::chrono::seconds kLength{3};

  // recorder: armed; its devices are closed once it has recorded. wake: any thread, when there is something
  // new to see.
  Rehearsal(const Desk& desk, std::shared_ptr<Recorder> recorder, std::function<void()> wake);
  // What was recorded is removed, by the worker.
  ~Rehearsal();
  Rehearsal(const Rehearsal&) = delete;
  Rehearsal& operator=(const Rehearsal&) = delete;

  // Errors: as Recorder::start.
  Result<void> start();
  // Before each frame: goes on from one part to the next.
  void update();
  // The same as the destructor, at once; may wait for the devices. When the window closes.
  void end_now();

  enum class Part { Recording, Saving, Playing, Over };
  Part part() const { return part_; }
  int seconds_left() const;  // Recording: 3, 2, 1
  // Playing: its pictures and the pointer.
  void show_in(RecordPageState& page) const;
  // How it went, as a notice; nothing, where that isn't known yet.
  void tell() const;
  std::optional<MonotonicTime> next_change() const;

 private:
  void save();
  void play(Result<TakeSummary> saved);
  static void remove_all(const std::shared_ptr<Recorder>& recorder, const std::filesystem::path& folder);

  const Desk& desk_;
  const std::filesystem::path folder_;
  const std::function<void()> wake_;
  std::shared_ptr<Recorder> recorder_;  // shared with the worker while it saves
  Part part_ = Part::Recording;
  MonotonicTime end_{};
  std::optional<TakeSummary> summary_;  // once it is saved
  std::string failure_;
  std::shared_ptr<const PointerTrack> pointer_;
  std::unique_ptr<Replay> replay_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

// What a killed window left of one. Blocks. Only while no window of this home is open.
void remove_left_rehearsals(const std::filesystem::path& folder);

}  // namespace meanwhile
