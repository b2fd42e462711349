#include "app/ui/widgets/slider.h"

#include <algorithm>
#include <optional>

#include "app/platform/accessible.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"

namespace meanwhile {

std::optional<double> draw_slider(Pen& pen, const Box& box, const Slider& slider, ImU32 color) {
  const double share = std::clamp(slider.share, 0.0, 1.0);
  const Response response =
      pen.input.part(slider.name, box,
                     {.role = AccessibleRole::Slider,
                      .name = slider.spoken,
                      .range = SpokenRange{.at = share, .step = 0.1, .words = slider.words}},
                     slider.focus);
  const Box track = box.centered(box.width() - pen.px(12), pen.px(4));
  const float x = track.left + track.width() * float(share);
  pen.fill(track, pen.theme.strong_border, 2);
  pen.fill(Box{track.left, track.top, x, track.bottom}, color, 2);
  pen.disc(ImVec2(x, track.middle().y), pen.px(5 + response.glow), color);
  if (response.is_focused) pen.ring(box, 6);
  if (const auto* wish = pen.input.wish_for(slider.name, AccessibleWish::Kind::Value))
    return std::clamp(wish->value, 0.0, 1.0);
  // While it is held still nothing changes.
  if (!response.is_held || (!ImGui::IsMouseClicked(0) && ImGui::GetIO().MouseDelta.x == 0))
    return std::nullopt;
  return std::clamp(double((ImGui::GetIO().MousePos.x - track.left) / track.width()), 0.0, 1.0);
}

}  // namespace meanwhile
