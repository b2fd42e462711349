// The Publish page behind the picture: a take is looked at and trimmed, gets its title and channel, and goes
// to the outbox.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/window/desk.h"
#include "media/play/player.h"
#include "media/record/recorder.h"

namespace meanwhile {

class PublishDesk {
 public:
  // make_output: a loudspeaker for each take. wake: any thread. on_change: clips or takes are other than
  // before.
  PublishDesk(Desk& desk, std::function<std::unique_ptr<AudioOutput>()> make_output,
              std::function<void()> wake, std::function<void()> on_change)
      : desk_(desk),
        make_output_(std::move(make_output)),
        wake_(std::move(wake)),
        on_change_(std::move(on_change)) {}

  // Errors: the take can't be read.
  Result<void> open(const std::string& take);
  // poster: what is shown while the clip isn't played; nullptr: none yet.
  void show_poster(PicturePtr poster);

  void edit_title(const std::string& title) { page().title = title; }
  void edit_channel(const std::string& channel) { page().channel = channel; }
  void deliver_in_the_morning(bool on);
  void choose_library(const std::string& id);
  void publish();
  // Writes down title, channel and trim for later.
  void keep();
  // Another page is shown: keeps, and lets the player go.
  void leave();
  Result<void> discard();

  // Shown at once, written down when the hand rests.
  void trim(const Trim& trim);
  // Begins at the in point, and stops at the out point.
  void play_pause();
  void seek(MediaTime moment);
  void step_frames(int count);

  // Who sees it when, from now on.
  void fill_reach();
  // The outbox got on.
  void note_progress();
  // Before each frame.
  void update();
  std::optional<MonotonicTime> next_change() const;

 private:
  void fill_destination();
  void hand_over(Result<PreparedTake> prepared);
  void fail_to_hand_over(const Error& error);
  void open_player(const Take& take);
  void close_player();
  void load_waveform(const std::filesystem::path& folder);
  bool write_trim();
  bool show_pictures();
  ReviewState& review() const { return page().review; }
  void show_progress(const GroupStatus& status);
  void fail_with(const Error& error);
  PublishState& page() const { return desk_.state.publish; }

  Desk& desk_;
  const std::function<std::unique_ptr<AudioOutput>()> make_output_;
  const std::function<void()> wake_;
  const std::function<void()> on_change_;
  std::unique_ptr<Player> player_;
  std::shared_ptr<const PointerTrack> pointer_;
  std::optional<MonotonicTime> trim_due_;  // it isn't written yet
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
