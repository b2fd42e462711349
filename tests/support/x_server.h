// A private X server (Xvfb) for a test, and hands that draw on it and move its pointer.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/demo/xvfb.h"
#include "media/base/child_process.h"
#include "media/base/layout.h"
#include "media/base/result.h"

struct xcb_connection_t;

namespace meanwhile {

// Runs as long as the object lives. The screen is black, 24 bits deep, with one RandR monitor named "screen".
class XServer {
 public:
  // Blocks until it takes connections, on a free display number. Errors: NotFound (no Xvfb), Unavailable.
  static Result<std::unique_ptr<XServer>> start(Size size = {1920, 1080},
                                                const std::vector<std::string>& more = {});

  // ":5".
  const std::string& display() const { return server_->display(); }
  // DISPLAY and its like, for ScopedEnvironment or a child; hides a Wayland session.
  Environment environment() const;
  // As a crash would.
  void kill();
  // Gives the screen another size, not larger than at its start. Errors: Io (the server said no), NotFound
  // (no xrandr).
  Result<void> resize(Size size) const;
  // Runs a program (xrandr, xdotool, …) on this display and waits for it. Its exit status.
  Result<int> run(const std::vector<std::string>& arguments) const;
  // Starts one (xterm, …).
  Result<std::unique_ptr<ChildProcess>> launch(const std::vector<std::string>& arguments) const;

 private:
  explicit XServer(std::unique_ptr<Xvfb> server) : server_(std::move(server)) {}
  const std::unique_ptr<Xvfb> server_;
};

// One X client. Each call returns after the server has done it.
class XHands {
 public:
  // Errors: Unavailable.
  static Result<std::unique_ptr<XHands>> connect(const std::string& display);
  ~XHands();
  XHands(const XHands&) = delete;
  XHands& operator=(const XHands&) = delete;

  // Fills part of the screen itself (windows are drawn over, too). rgb: 0xRRGGBB.
  void fill(Rect area, std::uint32_t rgb);
  void move_pointer(int x, int y);
  // From the window's own corner, wherever a window manager has put it.
  void move_pointer_in(std::uint32_t window, int x, int y);
  // button: 1 left, 2 middle, 3 right.
  void press(int button);
  void release(int button);
  // A key by its code: 37 is the left Ctrl, 64 the left Alt.
  void press_key(int code);
  void release_key(int code);
  // Which of the keyboard's layouts is in use, from 0 on.
  void use_layout(int layout);
  // A window of one colour at area, 24 bits deep, shown before this returns where there is no window manager.
  // program: WM_CLASS's.
  std::uint32_t open_window(Rect area, std::uint32_t rgb, const std::string& title = "",
                            const std::string& program = "");
  void close_window(std::uint32_t window);
  void show_window(std::uint32_t window);
  void hide_window(std::uint32_t window);
  void move_window(std::uint32_t window, int x, int y);
  // What it grows by gets the window's colour.
  void resize_window(std::uint32_t window, Size size);
  // Fills a part of the window.
  void fill_window(std::uint32_t window, Rect area, std::uint32_t rgb);
  // glyph: of the X font "cursor" (68 left_ptr, 152 xterm, …); for the whole screen.
  void set_pointer_shape(int glyph);

 private:
  struct Disconnect {
    void operator()(xcb_connection_t* connection) const;
  };
  explicit XHands(std::unique_ptr<xcb_connection_t, Disconnect> connection, std::uint32_t root);
  void finish();
  std::uint32_t pixel_of(std::uint32_t rgb);
  void fill_drawable(std::uint32_t drawable, Rect area, std::uint32_t rgb);
  void fake_input(std::uint8_t type, std::uint8_t detail, int x, int y);

  const std::unique_ptr<xcb_connection_t, Disconnect> connection_;
  const std::uint32_t root_;
  const std::uint32_t brush_;
};

}  // namespace meanwhile
