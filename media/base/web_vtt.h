// WebVTT: captions, and what else hangs on stretches of time as text.
// Source: https://www.w3.org/TR/webvtt1/, s. 4 (syntax) and 6 (parsing).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/cue_words.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile {

struct VttCue {
  MediaTime from{};
  MediaTime to{};    // after from
  std::string text;  // lines by '\n'; UTF-8 without markup, who speaks before the words (cue_text.h)
  // The text, word by word, where it is known when each is said.
  CueWords words = {};
  bool operator==(const VttCue&) const = default;
};

// In order of time. Styles, notes, regions, settings and markup are passed over, and so are cues that make no
// sense (no time, an end before the start, no text, no UTF-8). Errors: Corrupt (it is no WebVTT, or has more
// than 50,000 cues).
Result<std::vector<VttCue>> parse_web_vtt(std::string_view text);

// The same, of a file that a person has: WebVTT or SubRip (SRT). Errors: Corrupt (neither, or too many).
Result<std::vector<VttCue>> parse_captions(std::string_view text);

// language: BCP 47; "": not said. kind: what sort of captions these are; "": not said.
std::string to_web_vtt(const std::vector<VttCue>& cues, std::string_view language = "",
                       std::string_view kind = "");

// What the file's header says of the language that it is in ("Language: en") and of its kind ("Kind: …"); "":
// nothing.
std::string web_vtt_language(std::string_view text);
std::string web_vtt_kind(std::string_view text);

// All their words whose times are known, in order.
CueWords words_of(const std::vector<VttCue>& cues);

// What is left of them within from and to, counted from there.
std::vector<VttCue> cut_cues(const std::vector<VttCue>& cues, MediaTime from, MediaTime to);

// What is left of them outside of these ranges (by time, apart), at the same times: of a cue that lies partly
// in one, the words that are known to be said outside.
std::vector<VttCue> cues_without(const std::vector<VttCue>& cues, const std::vector<TimeRange>& blank);
// The same for a file's text. Errors: as parse_web_vtt.
Result<std::string> web_vtt_without(std::string_view text, const std::vector<TimeRange>& blank);

// "00:01:02.003", hours with two digits or more; separator: '.' in WebVTT, ',' in SubRip.
std::string cue_time(MediaTime time, char separator = '.');
// nullopt: it is none.
std::optional<MediaTime> parse_cue_time(std::string_view text);

}  // namespace meanwhile
