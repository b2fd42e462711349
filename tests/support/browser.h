// A real browser without a window, driven as a person's hands would.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/json.h"
#include "media/base/result.h"

namespace meanwhile {

enum class BrowserKind { Chromium, Firefox };
std::string browser_name(BrowserKind kind);

struct BrowserWindow {
  BrowserKind kind = BrowserKind::Chromium;
  int width = 1280;
  int height = 800;
  bool is_dark = false;
  bool is_phone = false;         // touched, and as narrow as it says (Chromium only)
  Environment environment = {};  // where its sound goes
};

// One thread. It ends with this, and what it remembered goes.
class Browser {
 public:
  // What isn't installed here; "": all of it is.
  static std::string missing(BrowserKind kind);
  // Blocks until it can be driven. Errors: NotFound, Unavailable.
  static Result<std::unique_ptr<Browser>> start(const BrowserWindow& window = {});
  virtual ~Browser() = default;
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  // Until it is loaded. Errors: Unavailable (the browser doesn't do it).
  virtual Result<void> open(const std::string& url) = 0;
  // What the script, the body of an asynchronous function, returns. Errors: Unavailable, with what it threw.
  Result<Json> run(const std::string& script);
  // Until the expression is true; false: not within 20 s.
  bool wait_until(const std::string& expression);
  // A press of the mouse on the middle of the first element of that CSS selector, and letters for what has
  // the focus. Errors: Unavailable (there is none, or something covers it).
  virtual Result<void> click(const std::string& selector) = 0;
  virtual Result<void> type(const std::string& letters) = 0;
  // In each page that is opened from now on, before its own scripts. Errors: Unsupported (Firefox).
  virtual Result<void> run_first(const std::string& script);
  Result<void> screenshot(const std::filesystem::path& png);
  // Of all its processes.
  virtual pid_t first_process() const = 0;

 protected:
  Browser() = default;
  // The script's last argument is called with its value.
  virtual Result<Json> execute(const std::string& script) = 0;
  virtual Result<Json> picture() = 0;  // base64 of a PNG
};

// W3C WebDriver s. 11: what names an element in JSON, and how long is waited for a script and for a page.
constexpr const char* kElement = "element-6066-11e4-a52e-4f735466cecf";
Json browser_timeouts();

}  // namespace meanwhile
