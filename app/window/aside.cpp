#include "app/window/aside.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "app/platform/hotkeys.h"
#include "app/ui/state.h"
#include "app/window/strip_place.h"
#include "media/base/clock.h"
#include "media/base/layout.h"
#include "media/base/translation.h"
#include "media/capture/recorded_place.h"

namespace meanwhile {
namespace {

// A window manager has taken the window away, and what was below is drawn again.
constexpr std::chrono::milliseconds kStandingAside{400};
constexpr Size kStrip{560, 72};
constexpr int kStripNotesHeight = 220;

std::string aside_words(Aside aside, bool sees_our_windows, bool has_notes) {
  switch (aside) {
    case Aside::Strip:
      return has_notes
                 ? tr("While you record, this window becomes a small strip with your notes, beside what is "
                      "recorded.")
                 : tr("While you record, this window becomes a small strip beside what is recorded.");
    case Aside::Minimised:
      return std::string(
                 has_notes ? tr("While you record, this window is minimised, to stay out of the picture. So "
                                "your notes can't be seen then: record an area or one window, and they stay "
                                "beside it.")
                           : tr("While you record, this window is minimised, to stay out of the picture.")) +
             " " + hotkeys_words();
    case Aside::Stays:
      return sees_our_windows ? tr("This window, and your notes in it, can be seen in the recording.") : "";
  }
  return {};
}

}  // namespace

void WindowAside::plan(const RecordedPlace& place) {
  strip_.reset();
  page().aside = Aside::Stays;
  const bool has_notes = !page().notes.empty();
  if (place.sees_our_windows && desk_.application.settings().stand_aside) {
    const Size strip{kStrip.width, kStrip.height + (has_notes ? kStripNotesHeight : 0)};
    if (place.area) strip_ = strip_place(window_.displays(), *place.area, strip);
    page().aside = strip_ ? Aside::Strip : Aside::Minimised;
  }
  page().aside_words = aside_words(page().aside, place.sees_our_windows, has_notes);
}

void WindowAside::leave_then(std::function<void()> work) {
  if (page().aside == Aside::Stays) return work();
  page().is_strip = strip_.has_value();
  go_to(strip_, std::move(work));
}

void WindowAside::vanish_then(std::function<void()> work) {
  go_to(std::nullopt, std::move(work));
}

void WindowAside::go_to(const std::optional<Rect>& place, std::function<void()> work) {
  window_.stand_aside(place);
  waiting_ = std::move(work);
  waiting_until_ = desk_.clock.now() + kStandingAside;
}

void WindowAside::come_back() {
  window_.come_back();
  page().is_strip = false;
}

void WindowAside::update() {
  if (!waiting_until_ || *waiting_until_ > desk_.clock.now()) return;
  waiting_until_.reset();
  std::exchange(waiting_, {})();
}

}  // namespace meanwhile
