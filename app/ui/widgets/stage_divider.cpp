#include "app/ui/widgets/stage_divider.h"

#include <imgui.h>

#include <algorithm>
#include <utility>

#include "app/library/settings.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/stage.h"
#include "media/base/layout.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr double kLeastShare = 0.1;
constexpr double kMostShare = 0.7;
constexpr float kGripLength = 44;

struct Divider {
  Box grip;
  bool is_upright = true;  // the pictures are beside each other
};

Divider divider_between(const Pen& pen, const Box& inside, const Rect& screen, const Rect& camera) {
  const float reach = pen.px(kStageGap);
  if (camera.x >= screen.x + screen.width) {
    const float x = inside.left + float(screen.x + screen.width + camera.x) / 2;
    return {{x - reach, inside.top, x + reach, inside.bottom}, true};
  }
  const float y = inside.top + float(screen.y + screen.height + camera.y) / 2;
  return {{inside.left, y - reach, inside.right, y + reach}, false};
}

// Where the pointer is, as the share of what lies beyond it.
double share_at(const Box& inside, bool is_upright) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float beyond =
      is_upright ? (inside.right - mouse.x) / inside.width() : (inside.bottom - mouse.y) / inside.height();
  return std::clamp(double(beyond), kLeastShare, kMostShare);
}

}  // namespace

double StageDivider::share(const Settings& settings) const {
  return dragged_.value_or(settings.camera_share);
}

void StageDivider::draw(View& view, const Box& inside, Size screen, Size camera) {
  Pen& pen = view.pen;
  const Composition places = compose(Layout::SideBySide, {int(inside.width()), int(inside.height())}, screen,
                                     camera, int(pen.px(kStageGap)), share(view.state.settings.chosen));
  if (!places.screen || !places.camera) return;
  const Divider divider = divider_between(pen, inside, *places.screen, *places.camera);
  const Response response = pen.input.part("divider", divider.grip, Focus::Skips);
  if (response.glow > 0 || response.is_held) {
    const float thick = pen.px(4);
    const float length = pen.px(kGripLength);
    const Box line =
        divider.is_upright ? divider.grip.centered(thick, length) : divider.grip.centered(length, thick);
    pen.fill(line, faded(pen.theme.accent, response.is_held ? 1 : response.glow), 2);
    ImGui::SetMouseCursor(divider.is_upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  }
  pen.tooltip("divider", divider.grip, tr("Drag: more screen or more face. Double-click: as it fits best"));
  const auto keep = [&](double chosen) {
    view.actions.settings.change([chosen](Settings& settings) { settings.camera_share = chosen; });
  };
  if (response.is_hovered && ImGui::IsMouseDoubleClicked(0)) {
    dragged_.reset();
    return keep(0);
  }
  const bool is_moved =
      response.is_held && (ImGui::GetIO().MouseDelta.x != 0 || ImGui::GetIO().MouseDelta.y != 0);
  if (is_moved) dragged_ = share_at(inside, divider.is_upright);
  // On the disk once, when the hand lets go.
  if (!response.is_held && dragged_) keep(*std::exchange(dragged_, std::nullopt));
}

}  // namespace meanwhile
