#include "app/ui/widgets/speaker_notes.h"

#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kSmallestHeight = 84;

}  // namespace

void draw_speaker_notes(View& view, Box area) {
  Pen& pen = view.pen;
  area.cut_top(pen.px(8));
  if (area.height() < pen.px(kSmallestHeight)) return;
  pen.text(area.cut_top(pen.px(20)), TextStyle::CaptionStrong, pen.theme.soft_text,
           tr("Speaker notes (only you see them)"));
  area.cut_top(pen.px(4));
  if (is_running(view.state.record.phase)) {
    pen.fill(area, pen.theme.surface, 8);
    pen.paragraph(area.inset(pen.px(12), pen.px(10)), TextStyle::Body, pen.theme.text,
                  view.state.record.notes);
    return;
  }
  const auto response = draw_text_field(pen, area,
                                        {.name = "notes",
                                         .text = view.state.record.notes,
                                         .hint = tr("What you want to say"),
                                         .spoken = tr("Speaker notes, only you see them"),
                                         .is_multiline = true});
  if (response.edited) view.actions.record.edit_notes(*response.edited);
}

}  // namespace meanwhile
