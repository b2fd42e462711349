// Plays a recorded answer within the comment that it hangs on; the clip's own player waits meanwhile.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/played_ranges.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/thread_checker.h"
#include "media/play/audio_output.h"
#include "media/play/player.h"

namespace meanwhile {

// The window's thread. Fills state.watch.answers.played.
class InlinePlayer {
 public:
  // make_output: a loudspeaker for each clip. wake: any thread.
  InlinePlayer(Desk& desk, std::function<std::unique_ptr<AudioOutput>()> make_output,
               std::function<void()> wake)
      : desk_(desk), make_output_(std::move(make_output)), wake_(std::move(wake)) {}

  // Begins it; once more pauses and goes on. Another comment's takes its place.
  void play_pause(OpenLibrary& library, const std::string& comment, const std::string& clip);
  void seek(MediaTime moment);
  void set_speed(double speed);
  void set_volume(double volume);
  // Says what was watched of it, lets it go.
  void close();
  // Before each frame. is_page_playing: the clip's own player plays; two voices at once are none.
  void update(bool is_page_playing);
  std::optional<MonotonicTime> next_change() const;

 private:
  void open(const std::string& comment, const std::string& clip);
  void start(Result<OpenedClip> opened);
  void fail_with(const Error& error);
  void say_watched();
  std::optional<PlayedAnswer>& view() const { return desk_.state.watch.answers.played; }

  Desk& desk_;
  const std::function<std::unique_ptr<AudioOutput>()> make_output_;
  const std::function<void()> wake_;
  std::unique_ptr<Player> player_;
  OpenLibrary* library_ = nullptr;
  std::string clip_;
  PlayedRanges played_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
