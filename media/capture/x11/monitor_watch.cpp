#include "media/capture/x11/monitor_watch.h"

#include <xcb/randr.h>

#include <utility>

#include "media/capture/x11/connection.h"

namespace meanwhile {

MonitorWatch::MonitorWatch() {
  auto x = connect_to_x("");
  if (!x) return;
  xcb_connection_t* connection = x->connection.get();
  const auto* extension = xcb_get_extension_data(connection, &xcb_randr_id);
  if (!extension || !extension->present) return;
  const auto version =
      owned(xcb_randr_query_version_reply(connection, xcb_randr_query_version(connection, 1, 5), nullptr));
  if (!version) return;
  xcb_randr_select_input(connection, x->screen->root,
                         XCB_RANDR_NOTIFY_MASK_SCREEN_CHANGE | XCB_RANDR_NOTIFY_MASK_OUTPUT_CHANGE |
                             XCB_RANDR_NOTIFY_MASK_CRTC_CHANGE);
  xcb_flush(connection);
  x_ = std::move(*x);
}

int MonitorWatch::descriptor() const {
  return x_ ? xcb_get_file_descriptor(x_->connection.get()) : -1;
}

// No other events were asked for.
bool MonitorWatch::take_changes() {
  one_thread_.check();
  if (!x_) return false;
  bool has_changed = false;
  while (const XEvent event = XEvent(xcb_poll_for_event(x_->connection.get()))) has_changed = true;
  if (xcb_connection_has_error(x_->connection.get()) == 0) return has_changed;
  x_.reset();
  return true;
}

}  // namespace meanwhile
