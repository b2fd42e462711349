// How large the desktop wants text and controls.
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// What a desktop says of it: environment variables, and the X server's resources ("Xft.dpi:\t144\n…").
struct ScaleSigns {
  std::string gdk_scale = {};      // GDK_SCALE: a whole number
  std::string gdk_dpi_scale = {};  // GDK_DPI_SCALE: on top of it
  std::string qt_scale = {};       // QT_SCALE_FACTOR
  std::string resources = {};
};

// 1 to 2, in steps of a twentieth; 1 where nothing is said.
double scale_of(const ScaleSigns& signs);

// Of this desktop. Under Wayland 1: there the window is told by its display, and SDL counts it in. Asks the X
// server once; the window's thread, before it has a window.
double desktop_scale(std::string_view video_driver);

}  // namespace meanwhile
