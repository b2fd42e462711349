// When each word of a caption is said, and how sure it is: kept in the caption itself, as WebVTT allows.
// Source: https://www.w3.org/TR/webvtt1/, s. 4.2.2 ("cue timestamp", "cue class span").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/media_time.h"

namespace meanwhile {

struct CueWord {
  MediaTime from{};
  MediaTime to{};          // not before from
  std::string text;        // without white space around it
  int sure_percent = 100;  // how sure whoever heard it is, 0 to 100
  bool operator==(const CueWord&) const = default;
};
// In order of time, none before the one in front of it has ended.
using CueWords = std::vector<CueWord>;

// The words of a cue's text with its markup: "<00:00:01.200><c.sure87>Hello</c> <00:00:01.500>there". None:
// it has no times within it, or some that make no sense.
CueWords words_in_cue(std::string_view marked, MediaTime from, MediaTime to);

// The same the other way, for a cue that begins at `from` with this plain text. "": the words aren't those of
// the text, or their times lie outside.
std::string cue_words_text(std::string_view text, MediaTime from, const CueWords& words);

// Those that begin within from and to, counted from there.
CueWords cut_words(const CueWords& words, MediaTime from, MediaTime to);

}  // namespace meanwhile
