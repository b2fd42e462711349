
#include <algorithm>
#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/monitors.h"
#include "media/capture/x11/pointer_watch.h"
#include "media/capture/x11/screen_spec.h"
#include "media/capture/x11/subject.h"

namespace meanwhile {
namespace {

// A change of monitors comes as a burst of events, some before the new layout can be read.
constexpr std::chrono::milliseconds kSettling{100};
// Other modes and docking stations turn a monitor off for a moment.
constexpr std::chrono::seconds kSubjectPatience{10};

Rect inside(const Rect& area, const Size& screen) {
  return {area.x, area.y, std::min(area.width, screen.width - area.x) & ~1,
          std::min(area.height, screen.height - area.y) & ~1};
}

// A named monitor is followed wherever it goes and whatever its size becomes; an area stays where it is.
class ScreenSubject final : public Subject {
 public:
  ScreenSubject(const XScreen& x, ScreenSpec spec, Monitor monitor)
      : x_(x), spec_(std::move(spec)), monitor_(std::move(monitor)) {}

  const std::string& name() const override { return monitor_.name; }
  xcb_window_t window() const override { return x_.screen->root; }
  std::chrono::milliseconds settling() const override { return kSettling; }
  std::optional<std::chrono::seconds> patience() const override { return kSubjectPatience; }
  Result<std::optional<View>> look(bool has_new_pixmap) override;
  PointerGround pointer_ground() const override {
    return {.window = x_.screen->root, .frame = 0, .x = monitor_.area.x, .y = monitor_.area.y};
  }

 private:
  Result<Monitor> monitor_now() const;

  const XScreen& x_;
  const ScreenSpec spec_;
  Monitor monitor_;
};

Result<std::optional<View>> ScreenSubject::look(bool /*has_new_pixmap*/) {
  const auto size = screen_size(x_);
  if (!size) return std::nullopt;  // the connection broke: whoever watches it says so
  if (spec_.area) {
    const Rect left = inside(*spec_.area, *size);
    if (left.width < 2 || left.height < 2) {
      return fail(ErrorCode::Unavailable,
                  tr_format("recording {}: the screen was made smaller ({} x {}) and no longer holds it",
                            name(), size->width, size->height));
    }
    return View{x_.screen->root, left};
  }
  const auto monitor = monitor_now();
  if (!monitor) return std::nullopt;
  const Rect area = inside(monitor->area, *size);
  if (area.width < 2 || area.height < 2) return std::nullopt;
  monitor_.area = area;
  return View{x_.screen->root, area};
}

// Whoever named none means the one that is there.
Result<Monitor> ScreenSubject::monitor_now() const {
  auto same = resolve_screen(x_, {.display = x_.display, .monitor = monitor_.name});
  if (same || spec_.monitor) return same;
  return resolve_screen(x_, {.display = x_.display});
}

}  // namespace

bool View::operator==(const View& other) const {
  return drawable == other.drawable && border == other.border && area.x == other.area.x &&
         area.y == other.area.y && area.width == other.area.width && area.height == other.area.height;
}

Result<std::unique_ptr<Subject>> make_screen_subject(const XScreen& x, const ScreenSpec& spec) {
  auto monitor = resolve_screen(x, spec);
  if (!monitor) return std::unexpected(monitor.error());
  return std::make_unique<ScreenSubject>(x, spec, std::move(*monitor));
}

}  // namespace meanwhile
