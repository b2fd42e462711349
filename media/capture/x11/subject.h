// What of an X display is recorded: a monitor, an area, or a window.
#pragma once

#include <xcb/xcb.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/pointer_watch.h"
#include "media/capture/x11/screen_spec.h"

namespace meanwhile {

// Where the pixels are now.
struct View {
  xcb_drawable_t drawable = 0;
  Rect area;       // in the coordinates in which damage comes; even width and height
  int border = 0;  // of the drawable, around what damage's coordinates count from

  bool operator==(const View& other) const;
};

// The thread of the connection, which must outlive it.
class Subject {
 public:
  virtual ~Subject() = default;

  // What a person calls it.
  virtual const std::string& name() const = 0;
  // Whose damage and layout are to be watched.
  virtual xcb_window_t window() const = 0;
  // So long after the last sign of a change the new layout can be read.
  virtual std::chrono::milliseconds settling() const = 0;
  // So long nothing to be seen may last (it is said meanwhile); nullopt: for ever.
  virtual std::optional<std::chrono::seconds> patience() const = 0;
  // Reads the layout. has_new_pixmap: it has been hidden, shown or resized since the last time. nullopt:
  // there is nothing to be seen now (a window is minimised, a monitor is off). Some round trips. Errors:
  // Unavailable (it is gone for good).
  virtual Result<std::optional<View>> look(bool has_new_pixmap) = 0;
  // Of the last view that look() gave.
  virtual PointerGround pointer_ground() const = 0;
};

// Errors: as open_x11_screen().
Result<std::unique_ptr<Subject>> make_screen_subject(const XScreen& x, const ScreenSpec& spec);
Result<std::unique_ptr<Subject>> make_window_subject(const XScreen& x, xcb_window_t window);

}  // namespace meanwhile
