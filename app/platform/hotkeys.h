// Keys that work while another program has the keyboard.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "media/base/result.h"

namespace meanwhile {

enum class Hotkey { PauseOrResume, Stop, Mute, SayAgain, Draw, Chapter };

// What a person presses: "Ctrl+Alt+P".
std::string hotkey_name(Hotkey key);
// What they do, in a sentence; or that this desktop has none for a program, and what there is instead.
std::string hotkeys_words();

// Held while the object lives. On X11 by XGrabKey; under Wayland by the desktop's portal (GlobalShortcuts:
// KDE has it, GNOME since 48, wlroots not), which asks the person; other systems have none yet.
class Hotkeys {
 public:
  virtual ~Hotkeys() = default;
  // on_press: on the thread "hotkeys", which the object owns; must return at once. Errors: Unsupported
  // (neither X11 nor D-Bus), Unavailable (the X server can't be reached), AlreadyExists (another program
  // holds one of the keys: says which).
  static Result<std::unique_ptr<Hotkeys>> create(std::function<void(Hotkey)> on_press);
};

}  // namespace meanwhile
