#include "tests/support/x_server.h"

#include <xcb/xcb.h>
#include <xcb/xtest.h>

#include <csignal>
#include <cstdlib>

// Its C header has a field of this name.
#define explicit explicit_field
#include <xcb/xkb.h>
#undef explicit

namespace meanwhile {
namespace {

xcb_window_t root_of(xcb_connection_t* connection) {
  return xcb_setup_roots_iterator(xcb_get_setup(connection)).data->root;
}

}  // namespace

Result<std::unique_ptr<XServer>> XServer::start(Size size, const std::vector<std::string>& more) {
  auto server = Xvfb::start(size, more, {});
  if (!server) return std::unexpected(server.error());
  return std::unique_ptr<XServer>(new XServer(std::move(*server)));
}

Environment XServer::environment() const {
  return {{"DISPLAY", display()}, {"WAYLAND_DISPLAY", ""}, {"XDG_SESSION_TYPE", "x11"}};
}

void XServer::kill() {
  server_->process().signal(SIGKILL);
  server_->process().wait();
}

Result<int> XServer::run(const std::vector<std::string>& arguments) const {
  return run_program(arguments, {.environment = environment(), .output = {}});
}

Result<void> XServer::resize(Size size) const {
  const std::string width = std::to_string(size.width);
  const std::string height = std::to_string(size.height);
  const std::string name = width + "x" + height + "-rig";
  const std::vector<std::vector<std::string>> commands{
      {"xrandr", "--newmode", name, "25", width, width, width, width, height, height, height, height},
      {"xrandr", "--addmode", "screen", name},
      {"xrandr", "--output", "screen", "--mode", name}};
  for (const auto& command : commands) {
    const auto status = run(command);
    if (!status) return std::unexpected(status.error());
    if (*status != 0) return fail(ErrorCode::Io, "resizing the X screen: xrandr " + command[1] + " failed");
  }
  return {};
}

Result<std::unique_ptr<ChildProcess>> XServer::launch(const std::vector<std::string>& arguments) const {
  return ChildProcess::start(arguments, {.environment = environment(), .output = {}});
}

void XHands::Disconnect::operator()(xcb_connection_t* connection) const {
  xcb_disconnect(connection);
}

Result<std::unique_ptr<XHands>> XHands::connect(const std::string& display) {
  std::unique_ptr<xcb_connection_t, Disconnect> connection(xcb_connect(display.c_str(), nullptr));
  if (xcb_connection_has_error(connection.get()))
    return fail(ErrorCode::Unavailable, "connecting to " + display);
  const xcb_window_t root = root_of(connection.get());
  return std::unique_ptr<XHands>(new XHands(std::move(connection), root));
}

XHands::XHands(std::unique_ptr<xcb_connection_t, Disconnect> connection, std::uint32_t root)
    : connection_(std::move(connection)), root_(root), brush_(xcb_generate_id(connection_.get())) {
  const std::uint32_t over_windows = XCB_SUBWINDOW_MODE_INCLUDE_INFERIORS;
  xcb_create_gc(connection_.get(), brush_, root_, XCB_GC_SUBWINDOW_MODE, &over_windows);
  finish();
}

XHands::~XHands() = default;

// A round trip: the server has done everything before.
void XHands::finish() {
  std::free(xcb_get_input_focus_reply(connection_.get(), xcb_get_input_focus(connection_.get()), nullptr));
}

void XHands::fill(Rect area, std::uint32_t rgb) {
  fill_drawable(root_, area, rgb);
}

// The display's own way to write this colour, or the nearest one.
std::uint32_t XHands::pixel_of(std::uint32_t rgb) {
  const xcb_screen_t* screen = xcb_setup_roots_iterator(xcb_get_setup(connection_.get())).data;
  const auto channel = [rgb](int shift) { return static_cast<std::uint16_t>((rgb >> shift & 0xff) * 257); };
  const std::unique_ptr<xcb_alloc_color_reply_t, decltype(&std::free)> reply(
      xcb_alloc_color_reply(
          connection_.get(),
          xcb_alloc_color(connection_.get(), screen->default_colormap, channel(16), channel(8), channel(0)),
          nullptr),
      &std::free);
  return reply ? reply->pixel : rgb;
}

void XHands::fill_drawable(std::uint32_t drawable, Rect area, std::uint32_t rgb) {
  const std::uint32_t pixel = pixel_of(rgb);
  xcb_change_gc(connection_.get(), brush_, XCB_GC_FOREGROUND, &pixel);
  const xcb_rectangle_t rectangle{static_cast<std::int16_t>(area.x), static_cast<std::int16_t>(area.y),
                                  static_cast<std::uint16_t>(area.width),
                                  static_cast<std::uint16_t>(area.height)};
  xcb_poly_fill_rectangle(connection_.get(), drawable, brush_, 1, &rectangle);
  finish();
}

void XHands::fake_input(std::uint8_t type, std::uint8_t detail, int x, int y) {
  xcb_test_fake_input(connection_.get(), type, detail, XCB_CURRENT_TIME, root_, static_cast<std::int16_t>(x),
                      static_cast<std::int16_t>(y), 0);
  finish();
}

void XHands::move_pointer(int x, int y) {
  fake_input(XCB_MOTION_NOTIFY, 0, x, y);
}

void XHands::move_pointer_in(std::uint32_t window, int x, int y) {
  xcb_warp_pointer(connection_.get(), XCB_NONE, window, 0, 0, 0, 0, static_cast<std::int16_t>(x),
                   static_cast<std::int16_t>(y));
  finish();
}

void XHands::press(int button) {
  fake_input(XCB_BUTTON_PRESS, static_cast<std::uint8_t>(button), 0, 0);
}

void XHands::release(int button) {
  fake_input(XCB_BUTTON_RELEASE, static_cast<std::uint8_t>(button), 0, 0);
}

void XHands::press_key(int code) {
  fake_input(XCB_KEY_PRESS, static_cast<std::uint8_t>(code), 0, 0);
}

void XHands::release_key(int code) {
  fake_input(XCB_KEY_RELEASE, static_cast<std::uint8_t>(code), 0, 0);
}

void XHands::use_layout(int layout) {
  xcb_xkb_use_extension(connection_.get(), 1, 0);
  xcb_xkb_latch_lock_state(connection_.get(), XCB_XKB_ID_USE_CORE_KBD, 0, 0, 1,
                           static_cast<std::uint8_t>(layout), 0, 0, 0);
  finish();
}

std::uint32_t XHands::open_window(Rect area, std::uint32_t rgb, const std::string& title,
                                  const std::string& program) {
  const xcb_window_t window = xcb_generate_id(connection_.get());
  xcb_create_window(connection_.get(), XCB_COPY_FROM_PARENT, window, root_, static_cast<std::int16_t>(area.x),
                    static_cast<std::int16_t>(area.y), static_cast<std::uint16_t>(area.width),
                    static_cast<std::uint16_t>(area.height), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT,
                    XCB_COPY_FROM_PARENT, XCB_CW_BACK_PIXEL, &rgb);
  const std::string wm_class = program + '\0' + program + '\0';
  const auto set = [&](xcb_atom_t property, const std::string& text) {
    xcb_change_property(connection_.get(), XCB_PROP_MODE_REPLACE, window, property, XCB_ATOM_STRING, 8,
                        static_cast<std::uint32_t>(text.size()), text.data());
  };
  if (!title.empty()) set(XCB_ATOM_WM_NAME, title);
  if (!program.empty()) set(XCB_ATOM_WM_CLASS, wm_class);
  show_window(window);
  return window;
}

void XHands::close_window(std::uint32_t window) {
  xcb_destroy_window(connection_.get(), window);
  finish();
}

void XHands::show_window(std::uint32_t window) {
  xcb_map_window(connection_.get(), window);
  finish();
}

void XHands::hide_window(std::uint32_t window) {
  xcb_unmap_window(connection_.get(), window);
  finish();
}

void XHands::move_window(std::uint32_t window, int x, int y) {
  const std::uint32_t values[] = {static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
  xcb_configure_window(connection_.get(), window, XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y, values);
  finish();
}

void XHands::resize_window(std::uint32_t window, Size size) {
  const std::uint32_t values[] = {static_cast<std::uint32_t>(size.width),
                                  static_cast<std::uint32_t>(size.height)};
  xcb_configure_window(connection_.get(), window, XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT, values);
  finish();
}

void XHands::fill_window(std::uint32_t window, Rect area, std::uint32_t rgb) {
  fill_drawable(window, area, rgb);
}

void XHands::set_pointer_shape(int glyph) {
  const std::string name = "cursor";
  const xcb_font_t font = xcb_generate_id(connection_.get());
  const xcb_cursor_t cursor = xcb_generate_id(connection_.get());
  const auto shape = static_cast<std::uint16_t>(glyph);
  const auto mask = static_cast<std::uint16_t>(shape + 1);  // the font has each glyph's mask right behind it
  xcb_open_font(connection_.get(), font, static_cast<std::uint16_t>(name.size()), name.data());
  xcb_create_glyph_cursor(connection_.get(), cursor, font, font, shape, mask, 0, 0, 0, 0xffff, 0xffff,
                          0xffff);
  xcb_change_window_attributes(connection_.get(), root_, XCB_CW_CURSOR, &cursor);
  xcb_free_cursor(connection_.get(), cursor);
  xcb_close_font(connection_.get(), font);
  finish();
}

}  // namespace meanwhile
