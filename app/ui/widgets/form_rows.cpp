#include "app/ui/widgets/form_rows.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kFormFieldHeight = 40;
constexpr float kAfterRow = 12;

}  // namespace

void draw_form_label(View& view, Box& area, std::string_view label) {
  Pen& pen = view.pen;
  pen.input.narration().set_label(label);
  pen.text(area.cut_top(pen.px(20)), TextStyle::CaptionStrong, pen.theme.soft_text, label);
  area.cut_top(pen.px(4));
}

void draw_form_choice(View& view, Box& area, const FormChoice& row,
                      std::function<void(Actions& actions, std::size_t chosen)> choose) {
  Pen& pen = view.pen;
  draw_form_label(view, area, row.label);
  const Box box = area.cut_top(pen.px(kFormFieldHeight));
  area.cut_top(pen.px(kAfterRow));
  if (!draw_picker(pen, box, row.name, std::nullopt, row.choices[row.chosen], {})) return;
  Menu menu{.name = std::string(row.name) + "/menu", .anchor = box, .width_points = 240};
  for (std::size_t i = 0; i < row.choices.size(); ++i)
    menu.items.push_back({row.choices[i], {}, std::nullopt, i == row.chosen});
  menu.choose = std::move(choose);
  view.overlays.open(std::move(menu));
}

bool draw_form_switch(View& view, Box& area, const FormSwitch& row) {
  Pen& pen = view.pen;
  Box place = area.cut_top(pen.px(32));
  area.cut_top(pen.px(4));
  const Box knob = place.cut_right(pen.px(44));
  pen.input.narration().set_label(row.label);
  pen.text(place, TextStyle::Body, pen.theme.text, row.label);
  return draw_switch(pen, knob, row.name, row.is_on, row.tip);
}

FileRowAnswer draw_file_row(View& view, Box& area, const FileRow& row) {
  Pen& pen = view.pen;
  draw_form_label(view, area, tr("File"));
  Box place = area.cut_top(pen.px(kFormFieldHeight));
  area.cut_top(pen.px(kAfterRow));
  FileRowAnswer answer;
  const Button browse{
      .name = row.browse, .label = tr("Browse…"), .tip = tr("Choose the folder and the file's name")};
  answer.browses = draw_button(pen, place.cut_right(button_width(pen, browse)), browse);
  place.cut_right(pen.px(8));
  auto field = draw_text_field(pen, place,
                               {.name = row.name,
                                .text = row.text,
                                .hint = row.hint,
                                .icon = icons::kFolder,
                                .takes_focus = row.takes_focus});
  answer.edited = std::move(field.edited);
  answer.is_submitted = field.is_submitted;
  return answer;
}

}  // namespace meanwhile
