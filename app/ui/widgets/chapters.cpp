#include "app/ui/widgets/chapters.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/edited_time.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/text_field.h"
#include "app/ui/widgets/timeline.h"
#include "media/base/chapters.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/record/recorder.h"

namespace meanwhile {
namespace {

constexpr MediaTime kMarkShown = std::chrono::seconds(2);
constexpr std::size_t kLongestButtonName = 24;
// Narrower than this the row has its parts one below the other.
constexpr float kWideRow = 480;
constexpr float kChapterRowGap = 8;

Menu chapter_menu(const Box& anchor, const WatchState& state, const Chapters& chapters) {
  Menu menu{.name = "chapters/menu", .anchor = anchor, .width_points = 280};
  const std::size_t current = chapter_at(chapters, state.player.position);
  for (std::size_t i = 0; i < chapters.size(); ++i)
    menu.items.push_back(
        {chapter_title(chapters, i), shown_moment(state, chapters[i].at), std::nullopt, i == current});
  menu.choose = [chapters](Actions& actions, std::size_t item) { actions.watch.seek(chapters[item].at); };
  return menu;
}

// All at once, or one after the other.
Menu slide_menu(const Box& anchor, const ChapterEditing& editing) {
  Menu menu{.name = "slides/menu", .anchor = anchor, .width_points = 220};
  menu.items.push_back({tr("Add all"), {}, {}});
  for (const MediaTime at : editing.slides) {
    // TRANSLATORS: a moment such as 1:23
    menu.items.push_back({tr_format("At {}", format_moment(at)), {}, {}});
  }
  menu.choose = [chapters = editing.chapters, slides = editing.slides, change = editing.change](
                    Actions& actions, std::size_t item) {
    Chapters more = chapters;
    for (std::size_t i = 0; i < slides.size(); ++i)
      if (item == 0 || item == i + 1) more = chapters_with(more, slides[i]);
    change(actions, more);
  };
  return menu;
}

void draw_slides_button(View& view, Box& row, const ChapterEditing& editing) {
  if (editing.slides.empty()) return;
  Pen& pen = view.pen;
  const std::string label =
      tr_count(editing.slides.size(), "{} slide change", "{} slide changes", editing.slides.size());
  const Button button{.name = "chapters/slides",
                      .label = label,
                      .icon = icons::kDown,
                      .kind = ButtonKind::Ghost,
                      .tip = tr("Where the screen changed: add them as chapters")};
  const Box place = row.cut_right(button_width(pen, button));
  row.cut_right(pen.px(kChapterRowGap));
  if (draw_button(pen, place, button)) view.overlays.open(slide_menu(place, editing));
}

void draw_add(View& view, Box& row, const ChapterEditing& editing) {
  Pen& pen = view.pen;
  const std::string name = fmt::format("{}/add", editing.name);
  const std::string tip = tr_format("A chapter begins at {}", format_moment(editing.position));
  const Button button{.name = name,
                      .label = tr("Add chapter"),
                      .icon = icons::kChapters,
                      .tip = tip,
                      .shortcut = editing.shortcut};
  const Box place = row.cut_left(button_width(pen, button));
  row.cut_left(pen.px(kChapterRowGap));
  if (draw_button(pen, place, button))
    editing.change(view.actions, chapters_with(editing.chapters, editing.position));
}

// Of the chapter that the player is in.
void draw_name(View& view, Box row, const ChapterEditing& editing) {
  Pen& pen = view.pen;
  const std::size_t current = chapter_at(editing.chapters, editing.position);
  if (current == editing.chapters.size()) {
    pen.text(row, TextStyle::Caption, pen.theme.faint_text,
             editing.chapters.empty() ? tr("Chapters let people jump to what they need")
                                      : tr("Before the first chapter"));
    return;
  }
  const Chapter& chapter = editing.chapters[current];
  const std::string part = fmt::format("{}/{}", editing.name, chapter.at.count());
  const std::string remove = part + "/remove";
  const Box button = row.cut_right(pen.px(kControlHeight));
  row.cut_right(pen.px(4));
  const std::string hint = tr_format("Name of the chapter at {}", format_moment(chapter.at));
  const auto typed =
      draw_text_field(pen, row, {.name = part, .text = chapter.name, .hint = hint, .spoken = hint});
  Chapters changed = editing.chapters;
  if (typed.edited) {
    changed[current].name = *typed.edited;
    editing.change(view.actions, changed);
  }
  if (draw_icon_button(pen, button.centered(button.width(), pen.px(kControlHeight)),
                       {.name = remove, .icon = icons::kDelete, .tip = tr("Remove this chapter")})) {
    changed.erase(changed.begin() + std::ptrdiff_t(current));
    editing.change(view.actions, changed);
  }
}

}  // namespace

Chapters chapters_with(const Chapters& chapters, MediaTime at) {
  return with_chapter(chapters, at, "").value_or(chapters);
}

void draw_chapter_ticks(Pen& pen, const Box& bar, const Chapters& chapters, MediaTime duration, ImU32 color) {
  for (const Chapter& chapter : chapters) {
    const float x = std::round(bar.left + bar.width() * float(share_of(chapter.at, duration)));
    pen.fill(Box{x - pen.px(1), bar.top, x + pen.px(1), bar.bottom}, color);
  }
}

const Chapters& shown_chapters(const WatchState& state) {
  return state.clip_edit ? state.clip_edit->chapters : state.clip.chapters;
}

std::string chapter_name_at(const Chapters& chapters, MediaTime moment) {
  const std::size_t index = chapter_at(chapters, moment);
  return index == chapters.size() ? "" : chapter_title(chapters, index);
}

void draw_chapters_button(View& view, Box& row) {
  const WatchState& state = view.state.watch;
  const Chapters& chapters = shown_chapters(state);
  if (chapters.empty()) return;
  Pen& pen = view.pen;
  const std::string current = chapter_name_at(chapters, state.player.position);
  const std::string label = current.empty() ? tr("Chapters") : shorten(current, kLongestButtonName);
  const std::string spoken = current.empty() ? label : tr_format("Chapters: {}", current);
  Button button{.name = "chapters",
                .label = label,
                .icon = icons::kChapters,
                .kind = ButtonKind::Ghost,
                .tip = tr("Chapters"),
                .shortcut = tr("Ctrl+Left / Right"),
                .spoken = spoken};
  float width = button_width(pen, button);
  const bool is_narrow = row.width() < width + pen.px(8);
  if (is_narrow) width = pen.px(34);
  if (row.width() < width) return;
  const Box place = row.cut_left(width).centered(width, pen.px(34));
  row.cut_left(pen.px(6));
  const bool is_pressed =
      is_narrow
          ? draw_icon_button(
                pen, place,
                {.name = "chapters", .icon = icons::kChapters, .tip = label, .shortcut = button.shortcut})
          : draw_button(pen, place, button);
  if (is_pressed) view.overlays.open(chapter_menu(place, state, chapters));
}

std::string chapter_mark_words(const RecordStatus& status) {
  if (status.chapters.empty() || status.elapsed - status.chapters.back().at > kMarkShown) return {};
  return tr_format("Chapter {} begins here", status.chapters.size());
}

float chapter_row_height(const Pen& pen, float width) {
  return pen.px(width < pen.px(kWideRow) ? 2 * kControlHeight + kChapterRowGap : kControlHeight);
}

void draw_chapter_row(View& view, Box box, const ChapterEditing& editing) {
  Pen& pen = view.pen;
  const bool is_wide = box.width() >= pen.px(kWideRow);
  Box first = is_wide ? box : box.cut_bottom(pen.px(kControlHeight));
  draw_slides_button(view, first, editing);
  draw_add(view, first, editing);
  if (!is_wide) box.cut_bottom(pen.px(kChapterRowGap));
  draw_name(view, is_wide ? first : box, editing);
}

}  // namespace meanwhile
