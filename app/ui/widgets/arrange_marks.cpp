#include "app/ui/widgets/arrange_marks.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "app/ui/actions.h"
#include "app/ui/arrange_state.h"
#include "app/ui/arrange_steps.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/timeline.h"
#include "media/base/arrangement.h"
#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kHandleWidth = 8;  // points

float place_in(const Box& box, MediaTime at, MediaTime duration) {
  return box.left + box.width() * float(share_of(at, duration));
}

std::vector<TimeRange> cuts_of(const ArrangePanel& panel) {
  const auto edits = edits_of(panel.now, panel.duration);
  return edits ? edits->cuts(panel.duration) : std::vector<TimeRange>{};
}

// Its start and end are chosen on the draft's own page.
void draw_trimmed(Pen& pen, const Box& box, const ArrangePanel& panel) {
  const ImU32 veil = faded(pen.theme.window, 0.8F);
  pen.fill({box.left, box.top, place_in(box, panel.kept.from, panel.duration), box.bottom}, veil);
  pen.fill({place_in(box, panel.kept.to, panel.duration), box.top, box.right, box.bottom}, veil);
}

}  // namespace

void ArrangeMarks::draw(View& view, const Box& box) {
  Pen& pen = view.pen;
  const ArrangePanel& panel = *view.state.watch.arrange;
  const auto cuts = cuts_of(panel);
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    TimeRange cut = cuts[i];
    if (held_ && held_->cut == i) (held_->is_end ? cut.to : cut.from) = held_->at;
    const Box band{place_in(box, cut.from, panel.duration), box.top, place_in(box, cut.to, panel.duration),
                   box.bottom};
    pen.fill(band, faded(pen.theme.window, 0.8F));
    pen.line({band.left, box.middle().y, band.right, box.middle().y + pen.px(1)}, pen.theme.danger);
    draw_handle(view, box, i, false, cut.from);
    draw_handle(view, box, i, true, cut.to);
  }
  if (panel.is_draft) draw_trimmed(pen, box, panel);
  if (panel.chosen)
    pen.fill({place_in(box, panel.chosen->from, panel.duration), box.top,
              place_in(box, panel.chosen->to, panel.duration), box.bottom},
             faded(pen.theme.accent, 0.3F));
  if (held_ && !ImGui::IsMouseDown(0)) let_go(view);
}

void ArrangeMarks::draw_handle(View& view, const Box& box, std::size_t cut, bool is_end, MediaTime at) {
  Pen& pen = view.pen;
  const ArrangePanel& panel = *view.state.watch.arrange;
  const float x = std::round(place_in(box, at, panel.duration));
  const Box grip{x - pen.px(kHandleWidth) / 2, box.top, x + pen.px(kHandleWidth) / 2, box.bottom};
  const auto name = fmt::format("arrange/cut/{}/{}", cut, is_end ? "end" : "begin");
  const Response response = pen.input.part(name, grip, Focus::Skips);
  pen.fill({x - pen.px(1), box.top, x + pen.px(1), box.bottom},
           response.is_hovered || response.is_held ? pen.theme.text : pen.theme.danger);
  pen.tooltip(name, grip, tr("Drag: what is cut out begins or ends here"));
  if (response.is_held) held_ = Held{cut, is_end, time_at(ImGui::GetIO().MousePos.x, box, panel.duration)};
}

// One step, however far it was dragged.
void ArrangeMarks::let_go(View& view) {
  const ArrangePanel& panel = *view.state.watch.arrange;
  const Held held = *std::exchange(held_, std::nullopt);
  const auto cuts = cuts_of(panel);
  if (held.cut < cuts.size())
    view.actions.arrange.arrange(with_cut_end(panel, cuts[held.cut], held.is_end, held.at));
}

}  // namespace meanwhile
