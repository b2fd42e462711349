// The program's window: SDL, Dear ImGui, fonts and pictures, and a loop that sleeps until something changes.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/platform/painter.h"
#include "media/base/clock.h"
#include "media/base/layout.h"
#include "media/base/result.h"

namespace meanwhile {

struct WindowOptions {
  std::string title = "Meanwhile";
  int width = 1280;  // points, before `scale`
  int height = 800;
  // As it was left (Window::place), in the desktop's coordinates: goes before width and height.
  std::optional<Rect> place = std::nullopt;
  double scale = 0;  // 1 to 2; 0: as the desktop says
  bool is_minimised = false;
};

// What the window shows. Every call comes on the thread that runs the window.
class WindowClient {
 public:
  virtual ~WindowClient() = default;
  // Draws one frame: Ui::draw.
  virtual void draw(Painter& painter) = 0;
  // When to draw again though nobody wakes the window; nullopt: not before something happens.
  virtual std::optional<MonotonicTime> next_change() = 0;
  // The same for what must be done though the window is minimised and nobody sees it.
  virtual std::optional<MonotonicTime> next_duty() { return std::nullopt; }
  // Somebody knocked. true: there is something new to see.
  virtual bool answer_knock() { return false; }
  // The person dropped them on the window, all at once.
  virtual void take_files(const std::vector<std::filesystem::path>& /*files*/) {}
  // Likewise a text: a link, as long as nobody looked into it.
  virtual void take_text(const std::string& /*text*/) {}
  // The person closes the window. true: run() returns.
  virtual bool may_close() = 0;
};

// What the window's icon says beside what it is.
enum class WindowBadge { None, Recording, Paused, Trouble };

class Window {
 public:
  // Errors: Unavailable (no display, or SDL can't make a window: says why).
  static Result<std::unique_ptr<Window>> create(const WindowOptions& options);
  virtual ~Window() = default;

  // Draws and sleeps until close() or may_close(). An idle window draws nothing.
  virtual void run(WindowClient& client) = 0;
  // Any thread: something changed, draw soon. Calls that come together count once.
  virtual void wake() = 0;
  // Any thread: the client has to do something, and knows then whether that is to be seen. Likewise.
  virtual void knock() = 0;
  // Any thread: run() returns.
  virtual void close() = 0;

  // Writes the next frame as a PNG, then calls done, on the window's thread.
  virtual void capture(const std::filesystem::path& png, std::function<void(Result<void>)> done) = 0;

  virtual void set_title(const std::string& title) = 0;
  virtual void set_badge(WindowBadge badge) = 0;
  // In front of the others, and no longer minimised.
  virtual void raise() = 0;
  virtual bool is_minimised() const = 0;
  // Of its content, in the desktop's coordinates. nullopt: full screen or maximised, which is no place to
  // come back to.
  virtual std::optional<Rect> place() const = 0;
  virtual void set_full_screen(bool on) = 0;
  virtual bool is_full_screen() const = 0;
  // The desktop's displays, in its coordinates.
  virtual std::vector<Rect> displays() const = 0;
  // Out of a recording's way: small, without a frame and above all others, at `place`; nullopt: minimised.
  virtual void stand_aside(const std::optional<Rect>& place) = 0;
  // As it was before stand_aside().
  virtual void come_back() = 0;
  virtual void set_scale(double scale) = 0;  // as WindowOptions'; the fonts are made anew
  virtual void set_clipboard(const std::string& text) = 0;
};

}  // namespace meanwhile
