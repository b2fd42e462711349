#include "app/window/area_choice.h"

#include <memory>
#include <optional>
#include <utility>

#include "app/platform/area_picker.h"
#include "app/ui/state.h"
#include "media/base/layout.h"
#include "media/base/translation.h"

namespace meanwhile {

void AreaChoice::begin() {
  aside_.vanish_then([this] { open(); });
}

void AreaChoice::open() {
  auto picker =
      AreaPicker::create([this, alive = std::weak_ptr<const void>(alive_)](std::optional<Rect> area) {
        desk_.mailbox.post([this, alive, area] {
          if (!alive.expired() && picker_) take(area);
        });
      });
  if (picker) {
    picker_ = std::move(*picker);
    return;
  }
  aside_.come_back();
  desk_.notices.show(NoticeKind::Warning, tr("A part of the screen can't be chosen now"),
                     picker.error().message);
}

void AreaChoice::take(const std::optional<Rect>& area) {
  picker_.reset();
  aside_.come_back();
  if (area) on_area_(*area);
}

}  // namespace meanwhile
