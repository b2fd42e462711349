// A part of the settings.
#pragma once

#include <string_view>

#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"
#include "app/ui/widgets/button.h"

namespace meanwhile {

constexpr float kSectionRow = 52;

// A card of rows, with a heading above it. Each row is cut off and drawn by whoever calls.
class Section {
 public:
  Section(Pen& pen, Box& area, std::string_view title, int rows) : pen_(pen) {
    pen.text(area.cut_top(pen.px(24)), TextStyle::BodyStrong, pen.theme.soft_text, title);
    area.cut_top(pen.px(6));
    card_ = area.cut_top(pen.px(kSectionRow) * float(rows));
    area.cut_top(pen.px(24));
    pen.fill(card_, pen.theme.surface, 12);
    pen.outline(card_, pen.theme.border, 12);
    rest_ = card_;
  }

  // The right part of the next row, where its control goes.
  Box row(std::string_view label, std::string_view detail) {
    Box row = rest_.cut_top(pen_.px(kSectionRow));
    if (row.top > card_.top) pen_.line({row.left, row.top, row.right, row.top + 1}, pen_.theme.border);
    row = row.inset(pen_.px(16), 0);
    Box words = row.cut_left(row.width() * 0.46F);
    words.cut_right(pen_.px(12));
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
  Pen& pen_;
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
