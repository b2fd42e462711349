// Where a person looks and listens while a take runs and the window is out of the picture: the tray, the keys
// of the desktop, and a sound.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "app/platform/hotkeys.h"
#include "app/platform/tray.h"
#include "app/ui/actions/record_actions.h"
#include "app/window/desk.h"

namespace meanwhile {

// The window's thread only.
class TakeSigns {
 public:
  // take: told what the tray and the keys ask for.
  TakeSigns(const Desk& desk, RecordActions& take, std::function<void()> show_window)
      : desk_(desk), take_(take), show_window_(std::move(show_window)) {}

  // A take runs from now on, as state.record says.
  void begin();
  // Whenever that may have changed.
  void update();
  void end();

 private:
  void obey(Hotkey key);
  void obey(TrayWish wish);
  void pause_or_resume();
  void sound();

  const Desk& desk_;
  RecordActions& take_;
  const std::function<void()> show_window_;
  std::unique_ptr<Hotkeys> hotkeys_;
  std::unique_ptr<Tray> tray_;
  std::string trouble_;  // as it was at the last look
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
