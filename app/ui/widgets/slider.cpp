#include "app/ui/widgets/slider.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/pen.h"

namespace meanwhile {

std::optional<double> draw_slider(Pen& pen, const Box& box, std::string_view name, double share, ImU32 color,
                                  Focus focus) {
  const Response response = pen.input.part(name, box, focus);
  const Box track = box.centered(box.width() - pen.px(12), pen.px(4));
  const float x = track.left + track.width() * float(std::clamp(share, 0.0, 1.0));
  pen.fill(track, pen.theme.strong_border, 2);
  pen.fill(Box{track.left, track.top, x, track.bottom}, color, 2);
  pen.disc(ImVec2(x, track.middle().y), pen.px(5 + response.glow), color);
  if (response.is_focused) pen.ring(box, 6);
  // While it is held still nothing changes.
  if (!response.is_held || (!ImGui::IsMouseClicked(0) && ImGui::GetIO().MouseDelta.x == 0))
    return std::nullopt;
  return std::clamp(double((ImGui::GetIO().MousePos.x - track.left) / track.width()), 0.0, 1.0);
}

}  // namespace meanwhile
