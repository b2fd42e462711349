#include "media/capture/recorded_place.h"

#include <fmt/format.h>

#include <expected>
#include <optional>
#include <string>

#include "media/capture/avdevice/input_spec.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/screen_spec.h"
#ifdef MEANWHILE_PIPEWIRE
#include "media/capture/portal/portal_source.h"
#endif
#ifdef MEANWHILE_X11
#include "media/capture/x11/monitors.h"
#endif

namespace meanwhile {

RecordedPlace recorded_place(const std::string& spec) {
  if (spec == "none" || is_input_spec(spec)) return {};
#ifdef MEANWHILE_PIPEWIRE
  if (spec == "default" && is_wayland_session()) return {.sees_our_windows = true, .area = std::nullopt};
#endif
#ifdef MEANWHILE_X11
  const auto parsed = parse_screen_spec(spec == "default" ? "x11:" : spec);
  if (!parsed) return {.sees_our_windows = true, .area = std::nullopt};
  if (parsed->window) return {};  // its own pixels, whatever lies over it
  const auto x = connect_to_x(parsed->display);
  const auto monitor = x ? resolve_screen(*x, *parsed) : std::unexpected(x.error());
  if (monitor) return {.sees_our_windows = true, .area = monitor->area};
#endif
  return {.sees_our_windows = true, .area = std::nullopt};
}

std::string area_spec(const Rect& area) {
  return fmt::format("x11:+{},{},{}x{}", area.x, area.y, area.width, area.height);
}

std::optional<Rect> area_of_spec(const std::string& spec) {
#ifdef MEANWHILE_X11
  if (const auto parsed = parse_screen_spec(spec)) return parsed->area;
#endif
  return std::nullopt;
}

}  // namespace meanwhile
