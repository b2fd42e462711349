// The real window of a person, with real hands: a pointer that clicks and keys that are pressed.
#pragma once

#include <memory>
#include <string>

#include "app/ui/state.h"
#include "tests/e2e/person.h"
#include "tests/support/x_server.h"

namespace meanwhile::e2e {

// Where the controls of a page are is asked of the page itself, drawn in memory at the window's size.
class RealWindow {
 public:
  // Runs `meanwhile words…` and waits for its window; the display has a window manager. Fails the test if
  // none comes.
  RealWindow(const Person& person, const XServer& display, const std::vector<std::string>& words = {});

  // Whether that control is to be seen as on the page that looks like `state`: the same shapes, in whatever
  // colours.
  bool shows(const UiState& state, const std::string& part) const;
  // Fails the test if it never comes.
  void wait_for(const UiState& state, const std::string& part) const;
  // In the middle of a control, which is there: wait_for() it where the page may still be another.
  void click(const UiState& state, const std::string& part);
  // Presses at one place of a control, lets go at another; places: shares of its box,
  // 0 to 1.
  struct Stroke {
    double from_x = 0;
    double from_y = 0;
    double to_x = 1;
    double to_y = 1;
  };
  void drag(const UiState& state, const std::string& part, const Stroke& stroke);
  // As xdotool names keys: "space", "ctrl+Return", "c".
  void press(const std::string& key);
  // Down and up again before a frame is drawn.
  void tap(const std::string& key);
  void type(const std::string& text);
  // A picture of the whole display.
  void photograph(const std::filesystem::path& png);
  // Asks the program to end as a session does at log-out.
  Answer close();

 private:
  int hands(std::vector<std::string> words) const;
  double likeness_of(const UiState& state, const std::string& part) const;

  const XServer& display_;
  RunningCommand program_;
  std::string id_;
};

}  // namespace meanwhile::e2e
