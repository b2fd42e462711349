// Chapters: ticks on a bar, the list one jumps by, and the row in which they are named.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "media/base/chapters.h"
#include "media/base/media_time.h"

namespace meanwhile {

// Thin ticks where they begin. bar: all of the clip.
void draw_chapter_ticks(Pen& pen, const Box& bar, const Chapters& chapters, MediaTime duration, ImU32 color);

// Those of the clip on the Watch page: as they are being changed, while they are.
const Chapters& shown_chapters(const WatchState& state);

// "Budget", of the chapter that a moment lies in; "": it lies in none.
std::string chapter_name_at(const Chapters& chapters, MediaTime moment);

// A button with the chapter that is played; it opens the list of all. Nothing where there are none, or no
// room.
void draw_chapters_button(View& view, Box& row);

// For two seconds after one was marked while recording: "Chapter 2 begins here"; else "".
std::string chapter_mark_words(const RecordStatus& status);

struct ChapterEditing {
  std::string_view name;  // of its parts
  const Chapters& chapters;
  std::vector<MediaTime> slides;  // that may be made chapters
  MediaTime position{};
  std::string_view shortcut = {};  // of adding one
  std::function<void(Actions&, const Chapters&)> change;
};
// The name of the chapter that the player is in, and adding one where it is. box: as high as
// chapter_row_height() says.
void draw_chapter_row(View& view, Box box, const ChapterEditing& editing);
float chapter_row_height(const Pen& pen, float width);

// With one that begins there, if that may be.
Chapters chapters_with(const Chapters& chapters, MediaTime at);

}  // namespace meanwhile
