// The real window of a person, with real hands: a pointer that clicks and keys that are pressed.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/box.h"
#include "app/ui/state.h"
#include "tests/e2e/person.h"
#include "tests/support/x_server.h"

namespace meanwhile {
class Offscreen;
}

namespace meanwhile::e2e {

// Where the controls of a page are is asked of the page itself, drawn in memory at the window's size.
class RealWindow {
 public:
  // Runs `meanwhile words…` and waits for its window; the display has a window manager. Fails the test if
  // none comes.
  RealWindow(const Person& person, const XServer& display, const std::vector<std::string>& words = {});
  ~RealWindow();
  RealWindow(const RealWindow&) = delete;
  RealWindow& operator=(const RealWindow&) = delete;

  // Whether that control is to be seen as on the page that looks like `state`: the same shapes, in whatever
  // colours.
  bool shows(const UiState& state, const std::string& part) const;
  // Fails the test if it never comes.
  void wait_for(const UiState& state, const std::string& part) const;
  // The same for a part of what opens where `opener` is clicked, like a menu.
  void wait_for_opened(const UiState& state, const std::string& opener, const std::string& part) const;
  // Until a control that looked as on the page `before` looks rather as on the page `after`. Fails the test
  // if it never does.
  void wait_for_change(const UiState& before, const UiState& after, const std::string& part) const;
  // Until the Watch page of a silent clip that nobody has watched yet stands, opened, at the moment at which
  // `state` stands, which isn't the beginning.
  void wait_for_clip(UiState state) const;
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
  // A picture of the window itself. false: there is none.
  bool look(const std::filesystem::path& png) const;
  // Where a part is; nullopt: it isn't on that page.
  std::optional<Box> find(const UiState& state, const std::string& part) const;

  const XServer& display_;
  RunningCommand program_;
  std::unique_ptr<Offscreen> sheet_;  // that pages are drawn on
  std::string id_;
};

}  // namespace meanwhile::e2e
