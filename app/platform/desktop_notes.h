// Notes on the desktop, with buttons. Where no service shows them there are none, and that is no error.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace meanwhile {

struct DesktopNote {
  std::string key;  // the same key replaces the note that is shown
  std::string title;
  std::string text;
  struct Button {
    std::string action;  // "default": a press on the note itself
    std::string label;
  };
  std::vector<Button> buttons;
};

class DesktopNotes {
 public:
  virtual ~DesktopNotes() = default;
  // Any thread; returns at once.
  virtual void show(const DesktopNote& note) = 0;
};

// Owns the thread "notes", which talks to the session bus. on_action: a button was pressed; on that thread.
std::unique_ptr<DesktopNotes> make_desktop_notes(
    std::function<void(const std::string& key, const std::string& action)> on_action);

}  // namespace meanwhile
