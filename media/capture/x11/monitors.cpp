#include "media/capture/x11/monitors.h"

#include <fmt/format.h>
#include <xcb/randr.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/screen_spec.h"

namespace meanwhile {
namespace {

std::string atom_name(xcb_connection_t* connection, xcb_atom_t atom) {
  const auto reply = owned(xcb_get_atom_name_reply(connection, xcb_get_atom_name(connection, atom), nullptr));
  if (!reply) return {};
  return {xcb_get_atom_name_name(reply.get()),
          static_cast<std::size_t>(xcb_get_atom_name_name_length(reply.get()))};
}

bool has_randr_monitors(xcb_connection_t* connection) {
  const auto* extension = xcb_get_extension_data(connection, &xcb_randr_id);
  if (!extension || !extension->present) return false;
  const auto version =
      owned(xcb_randr_query_version_reply(connection, xcb_randr_query_version(connection, 1, 5), nullptr));
  return version && (version->major_version > 1 || version->minor_version >= 5);
}

std::vector<Monitor> randr_monitors(const XScreen& x) {
  xcb_connection_t* connection = x.connection.get();
  std::vector<Monitor> monitors;
  if (!has_randr_monitors(connection)) return monitors;
  const auto reply = owned(xcb_randr_get_monitors_reply(
      connection, xcb_randr_get_monitors(connection, x.screen->root, true), nullptr));
  if (!reply) return monitors;
  for (auto it = xcb_randr_get_monitors_monitors_iterator(reply.get()); it.rem > 0;
       xcb_randr_monitor_info_next(&it)) {
    const auto& info = *it.data;
    monitors.push_back(
        {atom_name(connection, info.name), {info.x, info.y, info.width, info.height}, info.primary != 0});
  }
  std::stable_partition(monitors.begin(), monitors.end(), [](const Monitor& m) { return m.is_primary; });
  return monitors;
}

Monitor with_even_size(Monitor monitor) {
  monitor.area.width &= ~1;
  monitor.area.height &= ~1;
  return monitor;
}

bool is_inside(const Rect& area, const Size& size) {
  return area.x + area.width <= size.width && area.y + area.height <= size.height;
}

Result<Monitor> own_area(const XScreen& x, const Rect& area) {
  const auto size = screen_size(x);
  if (!size || !is_inside(area, *size)) {
    return fail(
        ErrorCode::InvalidArgument,
        tr_format("recording {}x{} at {},{} of the X display {}: the screen is smaller ({}x{})", area.width,
                  area.height, area.x, area.y, x.display, size ? size->width : 0, size ? size->height : 0));
  }
  return with_even_size({tr_format("{}x{} at {},{}", area.width, area.height, area.x, area.y), area, false});
}

}  // namespace

std::vector<Monitor> list_monitors(const XScreen& x) {
  auto monitors = randr_monitors(x);
  if (monitors.empty()) {
    const Size size = screen_size(x).value_or(Size{x.screen->width_in_pixels, x.screen->height_in_pixels});
    monitors.push_back({"screen", {0, 0, size.width, size.height}, true});
  }
  return monitors;
}

std::string spec_for(const std::string& display, const Monitor& monitor) {
  return fmt::format("x11:{}@{}", display, monitor.name);
}

Result<Monitor> resolve_screen(const XScreen& x, const ScreenSpec& spec) {
  if (spec.area) return own_area(x, *spec.area);
  const auto monitors = list_monitors(x);
  if (!spec.monitor) return with_even_size(monitors.front());
  const auto found = std::find_if(monitors.begin(), monitors.end(),
                                  [&spec](const Monitor& monitor) { return monitor.name == *spec.monitor; });
  if (found == monitors.end()) {
    return fail(ErrorCode::NotFound,
                tr_format("finding the monitor “{}”: the X display {} has none of that name", *spec.monitor,
                          x.display));
  }
  return with_even_size(*found);
}

std::optional<Size> screen_size(const XScreen& x) {
  xcb_connection_t* connection = x.connection.get();
  const auto reply =
      owned(xcb_get_geometry_reply(connection, xcb_get_geometry(connection, x.screen->root), nullptr));
  if (!reply) return std::nullopt;
  return Size{reply->width, reply->height};
}

}  // namespace meanwhile
