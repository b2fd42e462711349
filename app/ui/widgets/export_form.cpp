#include "app/ui/widgets/export_form.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/layout.h"

namespace meanwhile {
namespace {

constexpr std::array<std::pair<Layout, std::string_view>, 4> kExportLayouts{
    {{Layout::SideBySide, "Side by side"},
     {Layout::Screen, "Screen only"},
     {Layout::Camera, "Camera only"},
     {Layout::Bubble, "Screen with camera bubble"}}};
constexpr std::array<std::pair<int, std::string_view>, 3> kExportWidths{
    {{1280, "Small: 1280 wide"}, {1920, "Medium: 1920 wide"}, {2560, "Large: 2560 wide"}}};

template <typename Value, std::size_t kCount>
std::string_view label_of(const std::array<std::pair<Value, std::string_view>, kCount>& choices,
                          Value value) {
  for (const auto& [choice, label] : choices)
    if (choice == value) return label;
  return {};
}

void draw_export_label(Pen& pen, Box& area, std::string_view label) {
  pen.text(area.cut_top(pen.px(20)), TextStyle::CaptionStrong, pen.theme.soft_text, label);
  area.cut_top(pen.px(4));
}

// A field that opens a menu of the choices.
template <typename Value, std::size_t kCount, typename Member>
void draw_choice(View& view, Box& area, std::string_view name, std::string_view label,
                 const std::array<std::pair<Value, std::string_view>, kCount>& choices, Member member) {
  Pen& pen = view.pen;
  const ExportForm& form = *view.state.watch.export_form;
  draw_export_label(pen, area, label);
  const Box box = area.cut_top(pen.px(40));
  area.cut_top(pen.px(12));
  if (!draw_picker(pen, box, name, std::nullopt, label_of(choices, form.*member), {})) return;
  Menu menu{.name = std::string(name) + "/menu", .anchor = box, .width_points = 240};
  for (const auto& [value, words] : choices)
    menu.items.push_back({std::string(words), {}, std::nullopt, value == form.*member});
  menu.choose = [form, choices, member](Actions& actions, std::size_t item) {
    ExportForm changed = form;
    changed.*member = choices[item].first;
    actions.clips.change_export(changed);
  };
  view.overlays.open(std::move(menu));
}

void draw_export_switch(View& view, Box& area, std::string_view name, std::string_view label,
                        std::string_view tip, bool ExportForm::* member) {
  Pen& pen = view.pen;
  Box row = area.cut_top(pen.px(32));
  area.cut_top(pen.px(4));
  const Box place = row.cut_right(pen.px(44));
  pen.text(row, TextStyle::Body, pen.theme.text, label);
  ExportForm changed = *view.state.watch.export_form;
  if (!draw_switch(pen, place, name, changed.*member, tip)) return;
  changed.*member = !(changed.*member);
  view.actions.clips.change_export(changed);
}

}  // namespace

void ExportFormWidget::draw(View& view, Box area) {
  Pen& pen = view.pen;
  const WatchState& watch = view.state.watch;
  const ExportForm& form = *watch.export_form;
  pen.fill(area, pen.theme.surface);
  pen.line({area.left, area.top, area.left + 1, area.bottom}, pen.theme.border);
  Box inside = area.inset(pen.px(16), pen.px(16));
  pen.text(inside.cut_top(pen.px(26)), TextStyle::Heading, pen.theme.text, "Export as MP4");
  inside.cut_top(pen.px(12));
  if (watch.has_screen && watch.has_camera)
    draw_choice(view, inside, "export/layout", "Layout", kExportLayouts, &ExportForm::layout);
  if (watch.has_screen || watch.has_camera)
    draw_choice(view, inside, "export/width", "Quality", kExportWidths, &ExportForm::max_width);
  if (form.has_captions)
    draw_export_switch(view, inside, "export/captions", "With captions", "Players can show them or not",
                       &ExportForm::captions);
  draw_export_switch(view, inside, "export/clean", "Clean up sound", "Takes hum and noise off the voice",
                     &ExportForm::clean_sound);
  inside.cut_top(pen.px(8));
  draw_export_label(pen, inside, "File");
  const bool begins = std::exchange(begun_for_, form.clip) != form.clip;
  Box place = inside.cut_top(pen.px(40));
  const Button browse{
      .name = "export/browse", .label = "Browse…", .tip = "Choose the folder and the file's name"};
  if (draw_button(pen, place.cut_right(button_width(pen, browse)), browse))
    view.actions.clips.choose_export_file();
  place.cut_right(pen.px(8));
  const auto file = draw_text_field(pen, place,
                                    {.name = "export/file",
                                     .text = form.file,
                                     .hint = "~/Videos/Update.mp4",
                                     .icon = icons::kFolder,
                                     .takes_focus = begins});
  if (file.edited) {
    ExportForm changed = form;
    changed.file = *file.edited;
    changed.may_replace = false;
    view.actions.clips.change_export(changed);
  }
  inside.cut_top(pen.px(12));
  Box row = inside.cut_top(pen.px(kControlHeight));
  const Button start{.name = "export/start",
                     .label = "Export",
                     .icon = icons::kExport,
                     .kind = ButtonKind::Primary,
                     .shortcut = "Ctrl+Enter"};
  if (draw_button(pen, row.cut_right(button_width(pen, start)), start) || file.is_submitted)
    view.actions.clips.start_export();
  row.cut_right(pen.px(8));
  const Button cancel{
      .name = "export/cancel", .label = "Cancel", .kind = ButtonKind::Ghost, .shortcut = "Esc"};
  if (draw_button(pen, row.cut_right(button_width(pen, cancel)), cancel)) view.actions.clips.drop_export();
}

}  // namespace meanwhile
