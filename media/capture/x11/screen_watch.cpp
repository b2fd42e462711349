#include "media/capture/x11/screen_watch.h"

#include <xcb/randr.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/x11/connection.h"

namespace meanwhile {
namespace {

// Whether it is there; asks for the version, which the protocols demand before any other request.
bool has_damage(xcb_connection_t* connection) {
  const auto* extension = xcb_get_extension_data(connection, &xcb_damage_id);
  if (!extension || !extension->present) return false;
  return owned(xcb_damage_query_version_reply(connection, xcb_damage_query_version(connection, 1, 1),
                                              nullptr)) != nullptr;
}

bool has_xfixes(xcb_connection_t* connection) {
  const auto* extension = xcb_get_extension_data(connection, &xcb_xfixes_id);
  if (!extension || !extension->present) return false;
  return owned(xcb_xfixes_query_version_reply(connection, xcb_xfixes_query_version(connection, 5, 0),
                                              nullptr)) != nullptr;
}

bool has_randr(xcb_connection_t* connection) {
  const auto* extension = xcb_get_extension_data(connection, &xcb_randr_id);
  return extension && extension->present;
}

}  // namespace

Result<std::unique_ptr<ScreenWatch>> ScreenWatch::create(const XScreen& x, xcb_window_t window) {
  const auto missing = [&x](const char* extension) {
    return fail(
        ErrorCode::Unsupported,
        tr_format("watching the X display {}: its server lacks the {} extension", x.display, extension));
  };
  if (!has_xfixes(x.connection.get())) return missing("XFIXES");
  if (!has_damage(x.connection.get())) return missing("DAMAGE");
  return std::unique_ptr<ScreenWatch>(new ScreenWatch(x, window));
}

ScreenWatch::ScreenWatch(const XScreen& x, xcb_window_t window)
    : x_(x),
      window_(window),
      damage_(xcb_generate_id(x.connection.get())),
      region_(xcb_generate_id(x.connection.get())) {
  xcb_connection_t* connection = x.connection.get();
  const xcb_window_t root = x.screen->root;
  damage_event_ = xcb_get_extension_data(connection, &xcb_damage_id)->first_event + XCB_DAMAGE_NOTIFY;
  shape_event_ = xcb_get_extension_data(connection, &xcb_xfixes_id)->first_event + XCB_XFIXES_CURSOR_NOTIFY;
  xcb_xfixes_create_region(connection, region_, 0, nullptr);
  // Non-empty: one event for the first change, and no more until the damage is taken.
  xcb_damage_create(connection, damage_, window, XCB_DAMAGE_REPORT_LEVEL_NON_EMPTY);
  xcb_xfixes_select_cursor_input(connection, root, XCB_XFIXES_CURSOR_NOTIFY_MASK_DISPLAY_CURSOR);
  const std::uint32_t structure = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
  xcb_change_window_attributes(connection, window, XCB_CW_EVENT_MASK, &structure);
  if (window == root && has_randr(connection)) {
    first_layout_event_ = xcb_get_extension_data(connection, &xcb_randr_id)->first_event;
    xcb_randr_select_input(connection, root,
                           XCB_RANDR_NOTIFY_MASK_SCREEN_CHANGE | XCB_RANDR_NOTIFY_MASK_CRTC_CHANGE |
                               XCB_RANDR_NOTIFY_MASK_OUTPUT_CHANGE);
  }
  xcb_flush(connection);
}

ScreenWatch::Changes ScreenWatch::poll() {
  Changes changes;
  while (const XEvent event = owned(xcb_poll_for_event(x_.connection.get()))) note(*event, changes);
  changes.is_connected = xcb_connection_has_error(x_.connection.get()) == 0;
  return changes;
}

void ScreenWatch::note(const xcb_generic_event_t& event, Changes& changes) {
  constexpr int kSentByClient = 0x80;
  const int type = event.response_type & ~kSentByClient;
  if (type == damage_event_ && !changes.is_damaged) {
    changes.is_damaged = true;
    changes.damaged_at_ms = reinterpret_cast<const xcb_damage_notify_event_t&>(event).timestamp;
  }
  if (type == shape_event_) changes.has_new_shape = true;
  const bool is_randr =
      first_layout_event_ != 0 && (type == first_layout_event_ + XCB_RANDR_SCREEN_CHANGE_NOTIFY ||
                                   type == first_layout_event_ + XCB_RANDR_NOTIFY);
  const bool is_shown_or_hidden = type == XCB_MAP_NOTIFY || type == XCB_UNMAP_NOTIFY;
  const bool has_moved =
      type == XCB_CONFIGURE_NOTIFY || type == XCB_REPARENT_NOTIFY || type == XCB_DESTROY_NOTIFY;
  if (is_randr || is_shown_or_hidden || has_moved) changes.has_new_layout = true;
  const bool is_new_size = type == XCB_CONFIGURE_NOTIFY &&
                           is_resized(reinterpret_cast<const xcb_configure_notify_event_t&>(event));
  if (is_shown_or_hidden || is_new_size) changes.has_new_pixmap = true;
}

// A window that was resized and resized back between two looks has its first size and another pixmap.
bool ScreenWatch::is_resized(const xcb_configure_notify_event_t& event) {
  if (event.window != window_) return false;  // its frame
  const Size before = std::exchange(size_, Size{event.width, event.height});
  return size_.width != before.width || size_.height != before.height;
}

std::vector<Rect> ScreenWatch::take_damage() {
  xcb_connection_t* connection = x_.connection.get();
  xcb_damage_subtract(connection, damage_, XCB_NONE, region_);
  const auto reply =
      owned(xcb_xfixes_fetch_region_reply(connection, xcb_xfixes_fetch_region(connection, region_), nullptr));
  std::vector<Rect> areas;
  if (!reply) return areas;
  const xcb_rectangle_t* rectangles = xcb_xfixes_fetch_region_rectangles(reply.get());
  const int count = xcb_xfixes_fetch_region_rectangles_length(reply.get());
  areas.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    areas.push_back({rectangles[i].x, rectangles[i].y, rectangles[i].width, rectangles[i].height});
  }
  return areas;
}

}  // namespace meanwhile
