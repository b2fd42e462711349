#include "app/ui/widgets/side_tabs.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "app/library/settings.h"
#include "app/platform/accessible.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

bool draw_side_tab(Pen& pen, Box& row, std::string_view name, std::string_view label, bool is_shown) {
  const float width = pen.text_width(TextStyle::Heading, label);
  const Box box = row.cut_left(width + pen.px(2));
  const Response response =
      pen.input.part(name, box, {.role = AccessibleRole::Tab, .name = label, .is_on = is_shown});
  const ImU32 color = is_shown || response.is_hovered ? pen.theme.text : pen.theme.faint_text;
  pen.text(box, TextStyle::Heading, color, label);
  if (is_shown)
    pen.fill({box.left, box.bottom - pen.px(3), box.right, box.bottom - pen.px(1)}, pen.theme.accent, 1);
  if (response.is_focused) pen.ring(box.inset(0, pen.px(8)), 4);
  row.cut_left(pen.px(6));
  return response.is_clicked;
}

}  // namespace

bool shows_transcript(const UiState& state) {
  return state.settings.chosen.transcript_beside && state.watch.tools.captions != nullptr;
}

void choose_transcript(View& view, bool shown) {
  if (view.state.settings.chosen.transcript_beside == shown) return;
  view.actions.settings.change([shown](Settings& settings) { settings.transcript_beside = shown; });
}

void draw_side_tabs(View& view, Box& row, std::size_t comments) {
  Pen& pen = view.pen;
  const bool is_transcript = shows_transcript(view.state);
  if (draw_side_tab(pen, row, "side/comments", tr("Comments"), !is_transcript))
    choose_transcript(view, false);
  if (comments > 0)
    row.cut_left(pen.text(row, TextStyle::Body, pen.theme.faint_text, std::to_string(comments)) + pen.px(4));
  row.cut_left(pen.px(10));
  if (draw_side_tab(pen, row, "side/transcript", tr("Transcript"), is_transcript))
    choose_transcript(view, true);
}

}  // namespace meanwhile
