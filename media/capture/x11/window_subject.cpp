#include <xcb/composite.h>

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/pointer_watch.h"
#include "media/capture/x11/subject.h"
#include "media/capture/x11/windows.h"

namespace meanwhile {
namespace {

bool has_composite(xcb_connection_t* connection) {
  const auto* extension = xcb_get_extension_data(connection, &xcb_composite_id);
  if (!extension || !extension->present) return false;
  // 0.2 brought NameWindowPixmap.
  const auto version = owned(
      xcb_composite_query_version_reply(connection, xcb_composite_query_version(connection, 0, 4), nullptr));
  return version && (version->major_version > 0 || version->minor_version >= 2);
}

// The server draws the window into a pixmap of its own, whole whatever covers it. That is a new one each time
// the window is resized or shown; the one before keeps the last picture. Source: the Composite extension's
// protocol, "NameWindowPixmap".
class WindowSubject final : public Subject {
 public:
  WindowSubject(const XScreen& x, AppWindow window) : x_(x), window_(std::move(window)) {
    xcb_composite_redirect_window(x_.connection.get(), window_.window, XCB_COMPOSITE_REDIRECT_AUTOMATIC);
  }

  const std::string& name() const override { return window_.name; }
  xcb_window_t window() const override { return window_.window; }
  std::chrono::milliseconds settling() const override { return std::chrono::milliseconds(0); }
  std::optional<std::chrono::seconds> patience() const override { return std::nullopt; }
  Result<std::optional<View>> look(bool has_new_pixmap) override;
  PointerGround pointer_ground() const override {
    return {.window = window_.window, .frame = frame_, .x = 0, .y = 0, .is_visible = view_.has_value()};
  }

 private:
  void follow_frame();
  std::optional<View> view_of(const WindowLayout& layout);

  const XScreen& x_;
  const AppWindow window_;
  xcb_window_t frame_ = 0;
  xcb_pixmap_t pixmap_ = 0;
  std::optional<WindowLayout> layout_;  // that pixmap_ is of
  std::optional<View> view_;
};

Result<std::optional<View>> WindowSubject::look(bool has_new_pixmap) {
  const auto layout = window_layout(x_, window_.window);
  if (!layout) {
    // A broken connection looks the same, and whoever watches it says so.
    if (xcb_connection_has_error(x_.connection.get()) != 0) return std::nullopt;
    return fail(ErrorCode::Unavailable, tr_format("recording {}: the window was closed", name()));
  }
  follow_frame();
  const bool has_only_moved = !has_new_pixmap && view_ && layout_ && *layout_ == *layout;
  if (!has_only_moved) view_ = layout->is_viewable ? view_of(*layout) : std::nullopt;
  return view_;
}

// Some window managers hide the frame only, of which the window in it hears nothing.
void WindowSubject::follow_frame() {
  const xcb_window_t frame = frame_of(x_, window_.window);
  if (frame == frame_) return;
  frame_ = frame;
  const std::uint32_t structure = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
  xcb_change_window_attributes(x_.connection.get(), frame_, XCB_CW_EVENT_MASK, &structure);
}

std::optional<View> WindowSubject::view_of(const WindowLayout& layout) {
  xcb_connection_t* connection = x_.connection.get();
  const xcb_pixmap_t pixmap = xcb_generate_id(connection);
  const auto naming = xcb_composite_name_window_pixmap_checked(connection, window_.window, pixmap);
  // Unmapped just now: another event is on its way.
  if (owned(xcb_request_check(connection, naming))) return std::nullopt;
  if (pixmap_ != 0) xcb_free_pixmap(connection, pixmap_);
  pixmap_ = pixmap;
  // It may have been resized since, so what counts is the pixmap's own size.
  const auto size = owned(xcb_get_geometry_reply(connection, xcb_get_geometry(connection, pixmap_), nullptr));
  if (!size) return std::nullopt;
  const int around = 2 * layout.border;
  layout_ = layout;
  layout_->size = {size->width - around, size->height - around};
  const Rect area{0, 0, layout_->size.width & ~1, layout_->size.height & ~1};
  if (area.width < 2 || area.height < 2) return std::nullopt;  // nothing that could be shown
  return View{pixmap_, area, layout.border};
}

}  // namespace

Result<std::unique_ptr<Subject>> make_window_subject(const XScreen& x, xcb_window_t window) {
  if (!has_composite(x.connection.get())) {
    return fail(ErrorCode::Unsupported,
                tr_format("recording a window of the X display {}: its server lacks the Composite extension",
                          x.display));
  }
  auto found = find_window(x, window);
  if (!found) return std::unexpected(found.error());
  return std::make_unique<WindowSubject>(x, std::move(*found));
}

}  // namespace meanwhile
