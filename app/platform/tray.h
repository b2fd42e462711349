// A sign in the desktop's tray, for as long as the object lives: StatusNotifierItem with a menu of dbusmenu,
// over D-Bus. Where the desktop has no tray there is none, and that is no error; it comes when a tray comes.
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace meanwhile {

enum class TrayMood { Recording, Muted, Paused, Trouble, Busy };

// What it shows of a take.
struct TrayView {
  TrayMood mood = TrayMood::Recording;
  std::string time;   // "1:23"
  std::string words;  // the whole of it: "Recording 1:23, microphone off"
  bool is_paused = false;
  bool is_muted = false;
  bool has_microphone = true;
  bool can_act = true;  // false: it is being saved; nothing but the window can be asked for

  bool operator==(const TrayView&) const = default;
};

enum class TrayWish { ShowWindow, PauseOrResume, MuteOrUnmute, Stop };

class Tray {
 public:
  virtual ~Tray() = default;
  // Any thread; returns at once. The same view again costs nothing.
  virtual void show(const TrayView& view) = 0;
};

// Owns the thread "tray", which talks to the session bus and never waits for its answers. on_wish: on that
// thread; must return at once.
std::unique_ptr<Tray> make_tray(std::function<void(TrayWish)> on_wish);

}  // namespace meanwhile
