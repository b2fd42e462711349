// A part of the settings.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"
#include "app/ui/widgets/button.h"

namespace meanwhile {

constexpr float kSectionRow = 58;
// Points of a section's width: below it a row's words stand above its control.
constexpr float kNarrowSection = 480;
constexpr float kNarrowSectionRow = 100;

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
    Box words = is_narrow_ ? row.cut_top(pen_.px(52)) : row.cut_left(row.width() * 0.46F);
    if (!is_narrow_) words.cut_right(pen_.px(12));
    draw_words(words, label, detail);
    return row.centered(row.width(), pen_.px(kControlHeight));
  }

 private:
  // Three lines at most: languages are longer than one another.
  void draw_words(const Box& words, std::string_view label, std::string_view detail) {
    constexpr std::size_t kMostLines = 3;
    const auto label_lines =
        lines_of(words, TextStyle::Body, label, detail.empty() ? kMostLines : kMostLines - 1);
    const auto detail_lines = lines_of(words, TextStyle::Caption, detail, kMostLines - label_lines.size());
    const float label_step = pen_.px(20);
    const float detail_step = pen_.px(16);
    const float height = label_step * float(label_lines.size()) + detail_step * float(detail_lines.size());
    Box rest = words.centered(words.width(), height);
    for (const std::string_view line : label_lines)
      pen_.text(rest.cut_top(label_step), TextStyle::Body, pen_.theme.text, line);
    for (const std::string_view line : detail_lines)
      pen_.text(rest.cut_top(detail_step), TextStyle::Caption, pen_.theme.faint_text, line);
  }
  // The last one has all the rest, and may be cut off.
  std::vector<std::string_view> lines_of(const Box& words, TextStyle style, std::string_view text,
                                         std::size_t most) const {
    auto lines =
        wrapped(text, words.width(), [&](std::string_view part) { return pen_.text_width(style, part); });
    if (lines.size() <= most) return lines;
    lines.resize(most);
    lines.back() = text.substr(std::size_t(lines.back().data() - text.data()));
    return lines;
  }
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
