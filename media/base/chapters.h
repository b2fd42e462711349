// Chapters: where something new begins in a clip, and what it is called. Kept in take.json until the clip is
// published, then in its "published" event.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/trim.h"

namespace meanwhile {

// All of them have room in one event.
constexpr std::size_t kMostChapters = 100;
constexpr std::size_t kLongestChapterName = 100;  // characters
// A key that was pressed twice means one chapter.
constexpr MediaTime kChaptersApart = std::chrono::milliseconds(500);

struct Chapter {
  MediaTime at{};
  std::string name = {};  // one line, as it is shown; "": none yet
  bool operator==(const Chapter&) const = default;
};

// By time, at least kChaptersApart from each other, at most kMostChapters.
using Chapters = std::vector<Chapter>;

// "Budget", or "Chapter 3" of the third one without a name.
std::string chapter_title(const Chapters& chapters, std::size_t index);

// The one that `at` lies in; chapters.size(): it lies before the first.
std::size_t chapter_at(const Chapters& chapters, MediaTime at);

// With one more; one that is there already (within kChaptersApart) gets the name, if there is any. Errors:
// InvalidArgument (too many, a name that is too long or no UTF-8, negative): a whole sentence.
Result<Chapters> with_chapter(Chapters chapters, MediaTime at, std::string_view name);

// Without the one at that moment (within kChaptersApart). Errors: NotFound.
Result<Chapters> without_chapter(Chapters chapters, MediaTime at);

// What is left when only that range of the clip stays: the chapter that it begins in begins with it.
Chapters chapters_in(const Chapters& chapters, const KeptRange& range);

// As they may be written down, of what was typed: in order, with names of one line that aren't too long.
Chapters tidy(const Chapters& chapters);

// [{"at_us", "name"?}, ...]. Entries of anybody's that make no sense are passed over, and what is too many;
// the rest is tidy.
Chapters chapters_from_json(const Json& list);
Json json_of(const Chapters& chapters);

// Those of `moments` that aren't about where a chapter begins already.
std::vector<MediaTime> free_slides(const std::vector<MediaTime>& moments, const Chapters& chapters);

// As WebVTT has chapters: each lasts until the next, the last until `end`.
std::string chapters_web_vtt(const Chapters& chapters, MediaTime end);

}  // namespace meanwhile
