// A part of the settings.
#pragma once

#include <string_view>

#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"
#include "app/ui/widgets/button.h"

namespace meanwhile {

constexpr float kSectionRow = 52;
// Points of a section's width: below it a row's words stand above its control.
constexpr float kNarrowSection = 480;
constexpr float kNarrowSectionRow = 92;

// A card of rows, with a heading above it. Each row is cut off and drawn by whoever calls.
class Section {
 public:
  Section(Pen& pen, Box& area, std::string_view title, int rows)
      : pen_(pen), is_narrow_(area.width() < pen.px(kNarrowSection)) {
    if (!title.empty()) {
      pen.text(area.cut_top(pen.px(24)), TextStyle::BodyStrong, pen.theme.soft_text, title);
      area.cut_top(pen.px(6));
    }
    card_ = area.cut_top(row_height() * float(rows));
    area.cut_top(pen.px(24));
    pen.fill(card_, pen.theme.surface, 12);
    pen.outline(card_, pen.theme.border, 12);
    rest_ = card_;
  }

  // The part of the next row where its control goes: at the right, or below the words.
  Box row(std::string_view label, std::string_view detail) {
    pen_.input.narration().set_label(label, detail);
    Box row = rest_.cut_top(row_height());
    if (row.top > card_.top) pen_.line({row.left, row.top, row.right, row.top + 1}, pen_.theme.border);
    row = row.inset(pen_.px(16), 0);
    if (is_narrow_) row = row.inset(0, pen_.px(4));
    Box words = is_narrow_ ? row.cut_top(pen_.px(44)) : row.cut_left(row.width() * 0.46F);
    if (!is_narrow_) words.cut_right(pen_.px(12));
    if (detail.empty()) {
      pen_.text(words, TextStyle::Body, pen_.theme.text, label);
    } else {
      words = words.centered(words.width(), pen_.px(38));
      pen_.text(words.cut_top(pen_.px(20)), TextStyle::Body, pen_.theme.text, label);
      pen_.text(words, TextStyle::Caption, pen_.theme.faint_text, detail);
    }
    return row.centered(row.width(), pen_.px(kControlHeight));
  }

 private:
  float row_height() const { return pen_.px(is_narrow_ ? kNarrowSectionRow : kSectionRow); }

  Pen& pen_;
  const bool is_narrow_;
  Box card_;
  Box rest_;
};

// True: it was switched.
inline bool draw_switch_row(Pen& pen, Section& section, std::string_view name, std::string_view label,
                            std::string_view detail, bool is_on, std::string_view tip) {
  Box row = section.row(label, detail);
  return draw_switch(pen, row.cut_right(pen.px(44)), name, is_on, tip);
}

}  // namespace meanwhile
