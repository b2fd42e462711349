// The Publish page behind the picture: a take is looked at and trimmed, gets its title and channel, and goes
// to the outbox.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/library/index.h"
#include "app/sending/publisher.h"
#include "app/ui/actions/publish_actions.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/arrangement.h"
#include "media/base/chapters.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/trim.h"
#include "media/play/audio_output.h"
#include "media/play/player.h"
#include "media/play/pointer_track.h"
#include "media/record/take.h"
#include "upload/outbox_items.h"

namespace meanwhile {

class PublishDesk final : public PublishActions {
 public:
  // make_output: a loudspeaker for each take. wake: any thread. poster: what is shown while a take isn't
  // played; nullptr: none yet, fill_poster() follows. on_change: clips or takes are other than before.
  struct Calls {
    std::function<void(const std::string& text)> set_clipboard;
    std::function<std::unique_ptr<AudioOutput>()> make_output;
    std::function<void()> wake;
    std::function<PicturePtr(const Take&)> poster;
    std::function<void()> on_change;
  };
  PublishDesk(Desk& desk, Calls calls) : desk_(desk), calls_(std::move(calls)) {}

  // Errors: the take can't be read.
  Result<void> open(const std::string& take);
  // One that wasn't there may be now.
  void fill_poster();

  void edit_title(const std::string& title) override { page().title = title; }
  void edit_channel(const std::string& channel) override { page().channel = channel; }
  void choose_destination(const std::string& library) override;
  void deliver_in_the_morning(bool on) override;
  void correct(const std::string& clip) override;
  // Shown at once, written down when the hand rests.
  void trim(const Trim& trim) override;
  // Likewise.
  void set_chapters(const Chapters& chapters) override;
  void publish() override;
  void discard() override;
  // Begins at the in point, and stops at the out point.
  void play_pause() override;
  void seek(MediaTime moment) override;
  void step_frames(int count) override;

  // Writes down title, channel, chapters and trim for later.
  void keep();
  // Another page is shown: keeps, and lets the player go.
  void leave();

  // Other libraries are open than before.
  void fill_destination();
  // Who sees it when, from now on.
  void fill_own_updates(Index& index);
  void fill_reach();
  // The outbox got on.
  void note_progress();
  // Before each frame.
  void update();
  std::optional<MonotonicTime> next_change() const;

 private:
  void copy_link();
  void hand_over(Result<PreparedTake> prepared);
  void fail_to_hand_over(const Error& error);
  void read_arrangement(const Take& take);
  void fill_arranged();
  void open_player(const Take& take);
  void close_player();
  void load_waveform(const std::filesystem::path& folder);
  bool write_changes();
  bool show_pictures();
  ReviewState& review() const { return page().review; }
  void show_progress(const GroupStatus& status);
  void fail_with(const Error& error);
  PublishState& page() const { return desk_.state.publish; }

  Desk& desk_;
  const Calls calls_;
  std::unique_ptr<Player> player_;
  std::shared_ptr<const PointerTrack> pointer_;
  std::optional<MonotonicTime> changes_due_;  // it isn't written yet
  std::optional<Arrangement> arrangement_;    // the draft's
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
