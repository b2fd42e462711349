#include "app/ui/widgets/export_form.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/narration.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/form_rows.h"
#include "media/base/layout.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::array<std::pair<Layout, const char*>, 4> kExportLayouts{
    {{Layout::SideBySide, tr_later("Side by side")},
     {Layout::Screen, tr_later("Screen only")},
     {Layout::Camera, tr_later("Camera only")},
     {Layout::Bubble, tr_later("Screen with camera bubble")}}};
constexpr std::array<std::pair<int, const char*>, 3> kExportWidths{{{1280, tr_later("Small: 1280 wide")},
                                                                    {1920, tr_later("Medium: 1920 wide")},
                                                                    {2560, tr_later("Large: 2560 wide")}}};

template <typename Value, std::size_t kCount>
void draw_export_choice(View& view, Box& area, std::string_view name, std::string_view label,
                        const std::array<std::pair<Value, const char*>, kCount>& choices,
                        Value ExportForm::* member) {
  const ExportForm& form = *view.state.watch.export_form;
  draw_form_choice(view, area, form_choice(name, label, choices, form.*member),
                   [form, choices, member](Actions& actions, std::size_t item) {
                     ExportForm changed = form;
                     changed.*member = choices[item].first;
                     actions.clips.change_export(changed);
                   });
}

void draw_export_switch(View& view, Box& area, FormSwitch row, bool ExportForm::* member) {
  ExportForm changed = *view.state.watch.export_form;
  row.is_on = changed.*member;
  if (!draw_form_switch(view, area, row)) return;
  changed.*member = !row.is_on;
  view.actions.clips.change_export(changed);
}

}  // namespace

void ExportFormWidget::draw(View& view, Box area) {
  Pen& pen = view.pen;
  const WatchState& watch = view.state.watch;
  const ExportForm& form = *watch.export_form;
  const SpokenGroup group(pen.input.narration(), "export", area,
                          {.role = AccessibleRole::Group, .name = tr("Export as MP4")});
  pen.fill(area, pen.theme.surface);
  pen.line({area.left, area.top, area.left + 1, area.bottom}, pen.theme.border);
  Box inside = area.inset(pen.px(16), pen.px(16));
  pen.text(inside.cut_top(pen.px(26)), TextStyle::Heading, pen.theme.text, tr("Export as MP4"));
  inside.cut_top(pen.px(12));
  if (watch.has_screen && watch.has_camera)
    draw_export_choice(view, inside, "export/layout", tr("Layout"), kExportLayouts, &ExportForm::layout);
  if (watch.has_screen || watch.has_camera)
    draw_export_choice(view, inside, "export/width", tr("Quality"), kExportWidths, &ExportForm::max_width);
  if (form.has_captions)
    draw_export_switch(
        view, inside,
        {.name = "export/captions", .label = tr("With captions"), .tip = tr("Players can show them or not")},
        &ExportForm::captions);
  draw_export_switch(
      view, inside,
      {.name = "export/clean", .label = tr("Clean up sound"), .tip = tr("Takes hum and noise off the voice")},
      &ExportForm::clean_sound);
  inside.cut_top(pen.px(8));
  const bool begins = std::exchange(begun_for_, form.clip) != form.clip;
  const auto file = draw_file_row(view, inside,
                                  {.name = "export/file",
                                   .browse = "export/browse",
                                   .text = form.file,
                                   .hint = tr("~/Videos/Update.mp4"),
                                   .takes_focus = begins});
  if (file.browses) view.actions.clips.choose_export_file();
  if (file.edited) {
    ExportForm changed = form;
    changed.file = *file.edited;
    changed.may_replace = false;
    view.actions.clips.change_export(changed);
  }
  Box row = inside.cut_top(pen.px(kControlHeight));
  const Button start{.name = "export/start",
                     .label = tr_in("button", "Export"),
                     .icon = icons::kExport,
                     .kind = ButtonKind::Primary,
                     .shortcut = tr("Ctrl+Enter")};
  if (draw_button(pen, row.cut_right(button_width(pen, start)), start) || file.is_submitted)
    view.actions.clips.start_export();
  row.cut_right(pen.px(8));
  const Button cancel{
      .name = "export/cancel", .label = tr("Cancel"), .kind = ButtonKind::Ghost, .shortcut = tr("Esc")};
  if (draw_button(pen, row.cut_right(button_width(pen, cancel)), cancel)) view.actions.clips.drop_export();
}

}  // namespace meanwhile
