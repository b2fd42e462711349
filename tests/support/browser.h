// A real browser without a window, driven as a person's hands would.
// Source: W3C WebDriver, as chromedriver speaks it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "media/base/child_process.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "tests/support/environment.h"

namespace meanwhile {

struct BrowserWindow {
  int width = 1280;
  int height = 800;
  bool is_dark = false;
};

// One thread. It ends with this, and what it remembered goes.
class Browser {
 public:
  // What isn't installed here; "": all of it is.
  static std::string missing();
  // Blocks until it can be driven. Errors: NotFound, Unavailable.
  static Result<std::unique_ptr<Browser>> start(const BrowserWindow& window = {});
  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  // Until it is loaded. Errors: Unavailable (the browser doesn't do it).
  Result<void> open(const std::string& url);
  // What the script, the body of an asynchronous function, returns. Errors: Unavailable, with what it threw.
  Result<Json> run(const std::string& script);
  // Until the expression is true; false: not within 20 s.
  bool wait_until(const std::string& expression);
  // A press of the mouse on the middle of the first element of that CSS selector, and letters for what has
  // the focus. Errors: Unavailable (there is none, or something covers it).
  Result<void> click(const std::string& selector);
  Result<void> type(const std::string& letters);
  Result<void> screenshot(const std::filesystem::path& png);

 private:
  Browser() = default;
  Result<Json> ask(const std::string& method, const std::string& path, const Json& body);
  Result<void> begin(const BrowserWindow& window);

  ScopedFolder folder_;
  std::unique_ptr<ChildProcess> driver_;
  std::string driver_url_;
  std::string session_;  // "/session/…"
};

}  // namespace meanwhile
