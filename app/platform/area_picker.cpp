#include "app/platform/area_picker.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"

#ifdef MEANWHILE_X11
#include <sys/socket.h>
#include <xcb/xcb.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "app/platform/x11_session.h"
#include "media/base/named_thread.h"
#endif

namespace meanwhile {

std::optional<Rect> area_between(int x, int y, int other_x, int other_y, Size screen) {
  const int left = std::clamp(std::min(x, other_x), 0, screen.width);
  const int top = std::clamp(std::min(y, other_y), 0, screen.height);
  const int right = std::clamp(std::max(x, other_x), 0, screen.width);
  const int bottom = std::clamp(std::max(y, other_y), 0, screen.height);
  // Pictures have even sides (H.264, 4:2:0).
  const Rect area{left, top, (right - left) / 2 * 2, (bottom - top) / 2 * 2};
  if (area.width < AreaPicker::kSmallest || area.height < AreaPicker::kSmallest) return std::nullopt;
  return area;
}

#ifdef MEANWHILE_X11
namespace {

constexpr std::uint32_t kFrameInk = 0xE5484D;  // seen on white and on black
constexpr int kFrameWidth = 3;
constexpr std::uint16_t kCrosshair = 34;  // of the X font "cursor"
constexpr xcb_button_t kDragButton = 1;
constexpr xcb_keycode_t kEscapeKey = 9;  // of every PC keyboard (xkeyboard-config, evdev)

// The frame is four bars, windows that no window manager has to do with: they show with and without a
// compositor, unlike what is drawn on the root.
class X11AreaPicker final : public AreaPicker {
 public:
  explicit X11AreaPicker(std::function<void(std::optional<Rect>)> on_done)
      : on_done_(std::move(on_done)), x_(xcb_connect(nullptr, nullptr)) {}
  // The server takes bars and grabs away when the connection ends, and the thread wakes from it.
  ~X11AreaPicker() override { ::shutdown(xcb_get_file_descriptor(x_.get()), SHUT_RDWR); }

  Result<void> open();
  void listen() {
    thread_ = NamedThread("area-picker", [this] { run(); });
  }

 private:
  struct Corner {
    int x = 0;
    int y = 0;
  };
  Result<void> grab();
  void open_bars();
  void run();
  bool obey(const xcb_generic_event_t& event);
  void show_frame(Corner to);
  void finish(std::optional<Rect> area);

  const std::function<void(std::optional<Rect>)> on_done_;
  const X11Connection x_;
  xcb_window_t root_ = 0;
  Size screen_{};
  std::array<xcb_window_t, 4> bars_{};
  std::optional<Corner> from_;
  NamedThread thread_;  // last: joined before the connection goes
};

Result<void> X11AreaPicker::open() {
  if (xcb_connection_has_error(x_.get()))
    return fail(ErrorCode::Unavailable, tr("the X server can't be reached to choose a part of the screen"));
  const xcb_screen_t& screen = *xcb_setup_roots_iterator(xcb_get_setup(x_.get())).data;
  root_ = screen.root;
  screen_ = {screen.width_in_pixels, screen.height_in_pixels};
  open_bars();
  return grab();
}

void X11AreaPicker::open_bars() {
  const xcb_screen_t& screen = *xcb_setup_roots_iterator(xcb_get_setup(x_.get())).data;
  const std::array<std::uint32_t, 2> values{kFrameInk, 1};
  for (xcb_window_t& bar : bars_) {
    bar = xcb_generate_id(x_.get());
    xcb_create_window(x_.get(), XCB_COPY_FROM_PARENT, bar, root_, 0, 0, 1, 1, 0,
                      XCB_WINDOW_CLASS_INPUT_OUTPUT, screen.root_visual,
                      XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT, values.data());
  }
}

Result<void> X11AreaPicker::grab() {
  const xcb_font_t font = xcb_generate_id(x_.get());
  constexpr std::string_view kFont = "cursor";
  xcb_open_font(x_.get(), font, kFont.size(), kFont.data());
  const xcb_cursor_t cross = xcb_generate_id(x_.get());
  constexpr std::uint16_t kFull = 0xffff;
  xcb_create_glyph_cursor(x_.get(), cross, font, font, kCrosshair, kCrosshair + 1, kFull, kFull, kFull, 0, 0,
                          0);
  constexpr std::uint16_t kEvents =
      XCB_EVENT_MASK_BUTTON_PRESS | XCB_EVENT_MASK_BUTTON_RELEASE | XCB_EVENT_MASK_POINTER_MOTION;
  const X11Reply<xcb_grab_pointer_reply_t> pointer(
      xcb_grab_pointer_reply(x_.get(),
                             xcb_grab_pointer(x_.get(), 0, root_, kEvents, XCB_GRAB_MODE_ASYNC,
                                              XCB_GRAB_MODE_ASYNC, XCB_NONE, cross, XCB_CURRENT_TIME),
                             nullptr));
  if (!pointer || pointer->status != XCB_GRAB_STATUS_SUCCESS)
    return fail(ErrorCode::Unavailable, tr("another program holds the pointer; let it go and try again"));
  // Without the keyboard the right button still gives up.
  const X11Reply<xcb_grab_keyboard_reply_t> keyboard(xcb_grab_keyboard_reply(
      x_.get(),
      xcb_grab_keyboard(x_.get(), 0, root_, XCB_CURRENT_TIME, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC),
      nullptr));
  return {};
}

void X11AreaPicker::run() {
  while (const X11Reply<xcb_generic_event_t> event{xcb_wait_for_event(x_.get())}) {
    if (obey(*event)) return;
  }
}

// true: it is over.
bool X11AreaPicker::obey(const xcb_generic_event_t& event) {
  constexpr int kSentEventBit = 0x80;
  // Presses, releases, keys and motion have one layout (X Window System Protocol, appendix B).
  const auto& input = reinterpret_cast<const xcb_button_press_event_t&>(event);
  const Corner here{input.root_x, input.root_y};
  switch (event.response_type & ~kSentEventBit) {
    case XCB_BUTTON_PRESS:
      if (input.detail != kDragButton) return finish(std::nullopt), true;
      from_ = here;
      return false;
    case XCB_MOTION_NOTIFY:
      if (from_) show_frame(here);
      return false;
    case XCB_BUTTON_RELEASE:
      if (!from_ || input.detail != kDragButton) return false;
      return finish(area_between(from_->x, from_->y, here.x, here.y, screen_)), true;
    case XCB_KEY_PRESS:
      if (input.detail != kEscapeKey) return false;
      return finish(std::nullopt), true;
    default:
      return false;
  }
}

// Around the area, not in it.
void X11AreaPicker::show_frame(Corner to) {
  const int left = std::min(from_->x, to.x) - kFrameWidth;
  const int top = std::min(from_->y, to.y) - kFrameWidth;
  const int right = std::max(from_->x, to.x);
  const int bottom = std::max(from_->y, to.y);
  const std::array<Rect, 4> places{{{left, top, right - left + kFrameWidth, kFrameWidth},
                                    {left, bottom, right - left + kFrameWidth, kFrameWidth},
                                    {left, top, kFrameWidth, bottom - top + kFrameWidth},
                                    {right, top, kFrameWidth, bottom - top + kFrameWidth}}};
  for (std::size_t i = 0; i < bars_.size(); ++i) {
    const Rect& place = places[i];
    const std::array<std::uint32_t, 5> values{static_cast<std::uint32_t>(place.x),
                                              static_cast<std::uint32_t>(place.y),
                                              static_cast<std::uint32_t>(place.width),
                                              static_cast<std::uint32_t>(place.height), XCB_STACK_MODE_ABOVE};
    xcb_configure_window(x_.get(), bars_[i],
                         XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH |
                             XCB_CONFIG_WINDOW_HEIGHT | XCB_CONFIG_WINDOW_STACK_MODE,
                         values.data());
    xcb_map_window(x_.get(), bars_[i]);
  }
  xcb_flush(x_.get());
}

// What was held is free, and the frame is gone from the screen, before anybody hears of it.
void X11AreaPicker::finish(std::optional<Rect> area) {
  for (const xcb_window_t bar : bars_) xcb_destroy_window(x_.get(), bar);
  xcb_ungrab_pointer(x_.get(), XCB_CURRENT_TIME);
  xcb_ungrab_keyboard(x_.get(), XCB_CURRENT_TIME);
  const X11Reply<xcb_get_input_focus_reply_t> done(
      xcb_get_input_focus_reply(x_.get(), xcb_get_input_focus(x_.get()), nullptr));
  on_done_(area);
}

}  // namespace

bool AreaPicker::is_possible() {
  return is_x11_session();
}

Result<std::unique_ptr<AreaPicker>> AreaPicker::create(std::function<void(std::optional<Rect>)> on_done) {
  if (!is_possible())
    return fail(ErrorCode::Unsupported,
                tr("this desktop asks in its own dialog which part of it is recorded"));
  auto picker = std::make_unique<X11AreaPicker>(std::move(on_done));
  MEANWHILE_TRY(picker->open());
  picker->listen();
  return picker;
}

#else

bool AreaPicker::is_possible() {
  return false;
}

Result<std::unique_ptr<AreaPicker>> AreaPicker::create(std::function<void(std::optional<Rect>)>) {
  return fail(ErrorCode::Unsupported, tr("this system has no way yet to choose a part of the screen"));
}

#endif

}  // namespace meanwhile
