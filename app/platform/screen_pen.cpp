#include "app/platform/screen_pen.h"

#include <cstddef>
#include <cstdint>
#include <memory>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"

#ifdef MEANWHILE_X11
#include <sys/socket.h>
#include <xcb/xcb.h>
#include <xcb/xfixes.h>

#include <array>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "app/platform/x11_session.h"
#include "media/base/named_thread.h"
#endif

namespace meanwhile {

#ifdef MEANWHILE_X11
namespace {

constexpr std::uint32_t kInk = 0xE5484D;  // seen on white and on black
constexpr std::uint32_t kWidth = 6;
constexpr std::uint16_t kPencil = 86;  // of the X font "cursor"
constexpr xcb_button_t kLeft = 1;
constexpr xcb_button_t kRight = 3;

using Stroke = std::vector<xcb_point_t>;

// Two windows that no window manager has to do with: `ink_`, which is there only where a stroke is (its
// shape), and lets every click through; and `glass_` above it, which cannot be seen and gets the clicks.
class X11ScreenPen final : public ScreenPen {
 public:
  explicit X11ScreenPen(const Rect& area) : area_(area), x_(xcb_connect(nullptr, nullptr)) {}
  // The server takes windows and strokes away when the connection ends, and the thread wakes from it.
  ~X11ScreenPen() override { ::shutdown(xcb_get_file_descriptor(x_.get()), SHUT_RDWR); }

  Result<void> open();
  void listen() {
    thread_ = NamedThread("screen-pen", [this] { run(); });
  }

 private:
  void open_ink(const xcb_screen_t& screen);
  Result<void> open_glass(const xcb_screen_t& screen);
  void run();
  void obey(const xcb_generic_event_t& event);
  void add_point(std::int16_t x, std::int16_t y);
  void paint(const Stroke& stroke, std::size_t from);
  void paint_again();
  void show();

  const Rect area_;
  const X11Connection x_;
  xcb_window_t ink_ = 0;
  xcb_window_t glass_ = 0;
  xcb_pixmap_t shape_ = 0;  // one bit deep: where ink is
  xcb_gcontext_t draw_ = 0;
  xcb_gcontext_t wipe_ = 0;
  std::vector<Stroke> strokes_;
  bool is_drawing_ = false;
  NamedThread thread_;  // last: joined before the connection goes
};

Result<void> X11ScreenPen::open() {
  if (xcb_connection_has_error(x_.get()))
    return fail(ErrorCode::Unavailable, tr("the X server can't be reached for drawing on the screen"));
  const X11Reply<xcb_xfixes_query_version_reply_t> version(
      xcb_xfixes_query_version_reply(x_.get(), xcb_xfixes_query_version(x_.get(), 5, 0), nullptr));
  if (!version || version->major_version < 2)
    return fail(ErrorCode::Unavailable, tr("this X server has no shaped windows to draw with"));
  const xcb_screen_t& screen = *xcb_setup_roots_iterator(xcb_get_setup(x_.get())).data;
  open_ink(screen);
  MEANWHILE_TRY(open_glass(screen));
  paint_again();
  xcb_map_window(x_.get(), ink_);
  xcb_map_window(x_.get(), glass_);
  // An answer means that all before it is done: the next click is drawn.
  const X11Reply<xcb_get_input_focus_reply_t> done(
      xcb_get_input_focus_reply(x_.get(), xcb_get_input_focus(x_.get()), nullptr));
  return {};
}

void X11ScreenPen::open_ink(const xcb_screen_t& screen) {
  const auto width = static_cast<std::uint16_t>(area_.width);
  const auto height = static_cast<std::uint16_t>(area_.height);
  ink_ = xcb_generate_id(x_.get());
  const std::array<std::uint32_t, 2> values{kInk, 1};
  xcb_create_window(x_.get(), XCB_COPY_FROM_PARENT, ink_, screen.root, static_cast<std::int16_t>(area_.x),
                    static_cast<std::int16_t>(area_.y), width, height, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT,
                    screen.root_visual, XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT, values.data());
  const xcb_xfixes_region_t nothing = xcb_generate_id(x_.get());
  xcb_xfixes_create_region(x_.get(), nothing, 0, nullptr);
  xcb_xfixes_set_window_shape_region(x_.get(), ink_, XCB_SHAPE_SK_INPUT, 0, 0, nothing);
  xcb_xfixes_destroy_region(x_.get(), nothing);

  shape_ = xcb_generate_id(x_.get());
  xcb_create_pixmap(x_.get(), 1, shape_, screen.root, width, height);
  draw_ = xcb_generate_id(x_.get());
  const std::array<std::uint32_t, 4> round{1, kWidth, XCB_CAP_STYLE_ROUND, XCB_JOIN_STYLE_ROUND};
  xcb_create_gc(x_.get(), draw_, shape_,
                XCB_GC_FOREGROUND | XCB_GC_LINE_WIDTH | XCB_GC_CAP_STYLE | XCB_GC_JOIN_STYLE, round.data());
  wipe_ = xcb_generate_id(x_.get());
  constexpr std::uint32_t kNoInk = 0;
  xcb_create_gc(x_.get(), wipe_, shape_, XCB_GC_FOREGROUND, &kNoInk);
}

Result<void> X11ScreenPen::open_glass(const xcb_screen_t& screen) {
  const xcb_font_t font = xcb_generate_id(x_.get());
  constexpr std::string_view kFont = "cursor";
  xcb_open_font(x_.get(), font, kFont.size(), kFont.data());
  const xcb_cursor_t pencil = xcb_generate_id(x_.get());
  constexpr std::uint16_t kFull = 0xffff;
  xcb_create_glyph_cursor(x_.get(), pencil, font, font, kPencil, kPencil + 1, kFull, kFull / 4, kFull / 4, 0,
                          0, 0);
  glass_ = xcb_generate_id(x_.get());
  const std::array<std::uint32_t, 3> values{
      1, XCB_EVENT_MASK_BUTTON_PRESS | XCB_EVENT_MASK_BUTTON_RELEASE | XCB_EVENT_MASK_BUTTON_MOTION, pencil};
  const X11Reply<xcb_generic_error_t> error(xcb_request_check(
      x_.get(),
      xcb_create_window_checked(
          x_.get(), 0, glass_, screen.root, static_cast<std::int16_t>(area_.x),
          static_cast<std::int16_t>(area_.y), static_cast<std::uint16_t>(area_.width),
          static_cast<std::uint16_t>(area_.height), 0, XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT,
          XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK | XCB_CW_CURSOR, values.data())));
  if (error)
    return fail(ErrorCode::Unavailable, tr("the X server refused the window for drawing on the screen"));
  return {};
}

void X11ScreenPen::run() {
  while (const X11Reply<xcb_generic_event_t> event{xcb_wait_for_event(x_.get())}) {
    obey(*event);
    // All that waits is drawn before the shape is set once.
    while (const X11Reply<xcb_generic_event_t> next{xcb_poll_for_queued_event(x_.get())}) obey(*next);
    show();
  }
}

void X11ScreenPen::obey(const xcb_generic_event_t& event) {
  constexpr int kSentEventBit = 0x80;
  // Presses, releases and motion have one layout (X Window System Protocol, appendix B).
  const auto& pointer = reinterpret_cast<const xcb_button_press_event_t&>(event);
  switch (event.response_type & ~kSentEventBit) {
    case XCB_BUTTON_PRESS:
      if (pointer.detail == kLeft) {
        is_drawing_ = true;
        strokes_.emplace_back();
        add_point(pointer.event_x, pointer.event_y);
      } else if (pointer.detail == kRight && !strokes_.empty()) {
        is_drawing_ = false;
        strokes_.pop_back();
        paint_again();
      }
      break;
    case XCB_MOTION_NOTIFY:
      if (is_drawing_) add_point(pointer.event_x, pointer.event_y);
      break;
    case XCB_BUTTON_RELEASE:
      if (pointer.detail == kLeft) is_drawing_ = false;
      break;
    default:
      break;
  }
}

void X11ScreenPen::add_point(std::int16_t x, std::int16_t y) {
  Stroke& stroke = strokes_.back();
  stroke.push_back({x, y});
  paint(stroke, stroke.size() < 2 ? 0 : stroke.size() - 2);
}

void X11ScreenPen::paint(const Stroke& stroke, std::size_t from) {
  std::vector<xcb_point_t> points(stroke.begin() + static_cast<std::ptrdiff_t>(from), stroke.end());
  // A line from a point to itself is a dot, where its ends are round.
  if (points.size() == 1) points.push_back(points.front());
  xcb_poly_line(x_.get(), XCB_COORD_MODE_ORIGIN, shape_, draw_, static_cast<std::uint32_t>(points.size()),
                points.data());
}

void X11ScreenPen::paint_again() {
  const xcb_rectangle_t all{0, 0, static_cast<std::uint16_t>(area_.width),
                            static_cast<std::uint16_t>(area_.height)};
  xcb_poly_fill_rectangle(x_.get(), shape_, wipe_, 1, &all);
  for (const Stroke& stroke : strokes_) paint(stroke, 0);
  show();
}

void X11ScreenPen::show() {
  const xcb_xfixes_region_t inked = xcb_generate_id(x_.get());
  xcb_xfixes_create_region_from_bitmap(x_.get(), inked, shape_);
  xcb_xfixes_set_window_shape_region(x_.get(), ink_, XCB_SHAPE_SK_BOUNDING, 0, 0, inked);
  xcb_xfixes_destroy_region(x_.get(), inked);
  xcb_flush(x_.get());
}

}  // namespace

bool ScreenPen::is_possible() {
  return is_x11_session();
}

Result<std::unique_ptr<ScreenPen>> ScreenPen::create(const Rect& area) {
  if (!is_possible())
    return fail(ErrorCode::Unsupported, tr("this desktop lets no program draw over the others"));
  if (area.width <= 0 || area.height <= 0)
    return fail(ErrorCode::InvalidArgument, tr("there is no part of the screen to draw on"));
  auto pen = std::make_unique<X11ScreenPen>(area);
  MEANWHILE_TRY(pen->open());
  pen->listen();
  return pen;
}

#else

bool ScreenPen::is_possible() {
  return false;
}

Result<std::unique_ptr<ScreenPen>> ScreenPen::create(const Rect&) {
  return fail(ErrorCode::Unsupported, tr("this system lets no program draw over the others"));
}

#endif

}  // namespace meanwhile
