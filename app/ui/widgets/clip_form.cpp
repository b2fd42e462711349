#include "app/ui/widgets/clip_form.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/chapters.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/chapters.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kDescriptionHeight = 220;
// Less room than this is left to a description where the window is low.
constexpr float kLowestDescription = 80;

void draw_field_label(Pen& pen, Box& area, std::string_view label) {
  pen.input.narration().set_label(label);
  pen.text(area.cut_top(pen.px(20)), TextStyle::CaptionStrong, pen.theme.soft_text, label);
  area.cut_top(pen.px(4));
}

}  // namespace

void ClipForm::draw(View& view, Box area) {
  Pen& pen = view.pen;
  const ClipEdit& shown = *view.state.watch.clip_edit;
  ClipEdit edit = shown;
  const SpokenGroup group(pen.input.narration(), "clip-edit", area,
                          {.role = AccessibleRole::Group, .name = tr("Edit the update")});
  pen.fill(area, pen.theme.surface);
  pen.line({area.left, area.top, area.left + 1, area.bottom}, pen.theme.border);
  Box inside = area.inset(pen.px(16), pen.px(16));
  const bool begins = std::exchange(begun_for_, shown.clip) != shown.clip;
  draw_field_label(pen, inside, tr("Title"));
  const auto title = draw_text_field(pen, inside.cut_top(pen.px(40)),
                                     {.name = "clip-edit/title",
                                      .text = shown.title,
                                      .hint = tr("What is it about?"),
                                      .takes_focus = begins});
  inside.cut_top(pen.px(12));
  draw_field_label(pen, inside, tr("Channel"));
  const auto channel = draw_text_field(pen, inside.cut_top(pen.px(40)),
                                       {.name = "clip-edit/channel",
                                        .text = shown.channel,
                                        .hint = tr_in("a channel's name, as an example", "general"),
                                        .icon = icons::kChannel});
  inside.cut_top(pen.px(12));
  draw_field_label(pen, inside, tr("Description"));
  const float chapters_height = chapter_row_height(pen, inside.width());
  const float below = pen.px(12 + 24 + 12 + kControlHeight) + chapters_height;
  const float description_height =
      std::clamp(inside.height() - below, pen.px(kLowestDescription), pen.px(kDescriptionHeight));
  const auto description = draw_text_field(pen, inside.cut_top(description_height),
                                           {.name = "clip-edit/description",
                                            .text = shown.description,
                                            .hint = tr("Links, and what else helps"),
                                            .is_multiline = true});
  if (title.edited) edit.title = *title.edited;
  if (channel.edited) edit.channel = *channel.edited;
  if (description.edited) edit.description = *description.edited;
  if (title.edited || channel.edited || description.edited) view.actions.clips.change_edit(edit);
  inside.cut_top(pen.px(12));
  draw_field_label(pen, inside, tr("Chapters"));
  draw_chapter_row(view, inside.cut_top(chapters_height),
                   {.name = "clip-edit/chapter",
                    .chapters = shown.chapters,
                    .slides = {},
                    .position = view.state.watch.player.position,
                    .change = [edit](Actions& actions, const Chapters& chapters) {
                      ClipEdit changed = edit;
                      changed.chapters = chapters;
                      actions.clips.change_edit(changed);
                    }});
  inside.cut_top(pen.px(12));
  Box row = inside.cut_top(pen.px(kControlHeight));
  const Button save{.name = "clip-edit/save",
                    .label = tr("Save"),
                    .kind = ButtonKind::Primary,
                    .tip = tr("Everybody sees it so, and that it was edited"),
                    .shortcut = tr("Ctrl+Enter")};
  if (draw_button(pen, row.cut_right(button_width(pen, save)), save) || title.is_submitted ||
      channel.is_submitted)
    view.actions.clips.save_edit();
  row.cut_right(pen.px(8));
  const Button cancel{.name = "clip-edit/cancel", .label = tr("Cancel"), .kind = ButtonKind::Ghost};
  if (draw_button(pen, row.cut_right(button_width(pen, cancel)), cancel)) view.actions.clips.drop_edit();
}

}  // namespace meanwhile
