#include "app/platform/desktop_scale.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#ifdef MEANWHILE_X11
#include <xcb/xcb.h>

#include "app/platform/x11_session.h"
#endif

namespace meanwhile {
namespace {

constexpr double kUsualDpi = 96;

// 0: it is no number.
double number_in(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && std::isfinite(number) && number > 0 ? number : 0;
}

double dpi_in(std::string_view resources) {
  constexpr std::string_view kName = "Xft.dpi:";
  while (!resources.empty()) {
    const auto end = std::min(resources.find('\n'), resources.size());
    const std::string_view line = resources.substr(0, end);
    if (line.starts_with(kName)) return number_in(line.substr(kName.size()));
    resources.remove_prefix(std::min(end + 1, resources.size()));
  }
  return 0;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

#ifdef MEANWHILE_X11
// What xrdb put there; "": nothing, or there is no X server.
std::string x11_resources() {
  struct Disconnect {
    void operator()(xcb_connection_t* x) const { xcb_disconnect(x); }
  };
  constexpr std::uint32_t kMostWords = 16'384;
  const std::unique_ptr<xcb_connection_t, Disconnect> x(xcb_connect(nullptr, nullptr));
  if (xcb_connection_has_error(x.get()) != 0) return "";
  const xcb_screen_iterator_t screens = xcb_setup_roots_iterator(xcb_get_setup(x.get()));
  if (screens.rem == 0) return "";
  const auto asked = xcb_get_property(x.get(), 0, screens.data->root, XCB_ATOM_RESOURCE_MANAGER,
                                      XCB_ATOM_STRING, 0, kMostWords);
  const X11Reply<xcb_get_property_reply_t> reply(xcb_get_property_reply(x.get(), asked, nullptr));
  if (!reply) return "";
  return {static_cast<const char*>(xcb_get_property_value(reply.get())),
          static_cast<std::size_t>(xcb_get_property_value_length(reply.get()))};
}
#endif

}  // namespace

double scale_of(const ScaleSigns& signs) {
  const double gdk = number_in(signs.gdk_scale);
  const double gdk_dpi = number_in(signs.gdk_dpi_scale);
  const double gtk = (gdk > 0 ? gdk : 1) * (gdk_dpi > 0 ? gdk_dpi : 1);
  const double largest = std::max({gtk, number_in(signs.qt_scale), dpi_in(signs.resources) / kUsualDpi});
  return std::clamp(std::round(largest * 20) / 20, 1.0, 2.0);
}

double desktop_scale(std::string_view video_driver) {
  if (video_driver == "wayland") return 1;
  ScaleSigns signs{.gdk_scale = variable("GDK_SCALE"),
                   .gdk_dpi_scale = variable("GDK_DPI_SCALE"),
                   .qt_scale = variable("QT_SCALE_FACTOR"),
                   .resources = {}};
#ifdef MEANWHILE_X11
  if (video_driver == "x11") signs.resources = x11_resources();
#endif
  return scale_of(signs);
}

}  // namespace meanwhile
