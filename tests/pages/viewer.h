// Somebody who has a browser and nothing else, at a page.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "media/base/json.h"
#include "tests/support/browser.h"
#include "tests/support/pulse_server.h"

namespace meanwhile::e2e {

class Viewer {
 public:
  // With a browser that remembers nothing, and a loudspeaker. Fails the test.
  explicit Viewer(BrowserWindow window);

  void open(const std::string& url);
  // Until the page can be used. Fails the test.
  void expect_page(const std::string& title);
  // Until it says that it can't be opened, and why.
  std::string refusal();
  // Of the element, or of all.
  std::string text_of(const std::string& id);
  // What the script, the body of an asynchronous function, returns. Fails the test.
  Json run(const std::string& script);
  bool wait_until(const std::string& expression) { return browser_->wait_until(expression); }
  void press(const std::string& selector);
  void type(const std::string& letters);
  // As a guest, who gives a name when they are asked for it, once.
  void say(const std::string& words);
  // How bright both pictures are at that moment of what flashes: [screen, camera], 0 to 255.
  Json brightness_at(double moment);
  // Which second the picture of numbers says at that moment; -1: none.
  int number_at(double moment);
  // What is seen while it plays from a moment until another one, in order: seconds' numbers, cards' words.
  Json seen_while_playing(double from, double until);
  // Half of the times that both pictures are apart while two seconds play, in seconds.
  double apart_while_playing();

  Browser& browser() { return *browser_; }

 private:
  int number_on_screen(const Json& place);

  std::unique_ptr<PulseServer> sound_;
  std::unique_ptr<Browser> browser_;
};

}  // namespace meanwhile::e2e
