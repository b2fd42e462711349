// What the desktop is told of what is played: its media keys and lock screen, and that nobody wants it to
// sleep.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "app/platform/keep_awake.h"
#include "app/platform/media_controls.h"
#include "app/ui/actions/queue_actions.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/watch_desk.h"
#include "media/base/media_time.h"

namespace meanwhile {

// The update that is open and can be played; nullopt: there is none.
std::optional<PlayedView> media_view(const UiState& state);

// Somebody watches who doesn't touch anything, or is being recorded.
Calm wanted_calm(const UiState& state);

// The window's thread only.
class PlayingSigns {
 public:
  PlayingSigns(const Desk& desk, WatchDesk& watch, QueueActions& queue, std::function<void()> show_window)
      : desk_(desk), watch_(watch), queue_(queue), show_window_(std::move(show_window)) {}

  // Whenever what is played may have changed.
  void update();
  // From the desktop.
  void obey(const MediaWish& wish);

 private:
  void seek_to(MediaTime shown);

  const Desk& desk_;
  WatchDesk& watch_;
  QueueActions& queue_;
  const std::function<void()> show_window_;
  std::unique_ptr<MediaControls> controls_;  // from the first update that is opened
  const std::unique_ptr<KeepAwake> awake_ = make_keep_awake();
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
