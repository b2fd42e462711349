// Captions as a text that can be read: its words, which of them is being said, and where each is drawn.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/web_vtt.h"

namespace meanwhile {

struct TranscriptWord {
  std::string_view text;  // of the caption
  MediaTime from{};
  MediaTime to{};
};

// With their own times, where the caption has them; else each has the caption's.
std::vector<TranscriptWord> transcript_words(const VttCue& cue);

// The caption that is being said at a moment, or was last; nullopt: none has begun.
std::optional<std::size_t> cue_said_at(const std::vector<VttCue>& cues, MediaTime moment);
// Of a caption that has times for its words. nullopt: none now.
std::optional<std::size_t> word_said_at(const VttCue& cue, MediaTime moment);

struct WordPlace {
  float left = 0;
  float right = 0;
  std::size_t line = 0;
};
// One after the other, in lines of at most width.
std::vector<WordPlace> place_words(const std::vector<TranscriptWord>& words, float width, float space,
                                   const std::function<float(std::string_view)>& measure);

// A word of a transcript: the caption, and the word in it.
struct WordSpot {
  std::size_t cue = 0;
  std::size_t word = 0;
  auto operator<=>(const WordSpot&) const = default;
};

// Words that were chosen, whichever end came first.
struct ChosenWords {
  WordSpot first;
  WordSpot last;
  bool contains(const WordSpot& spot) const { return first <= spot && spot <= last; }
};
ChosenWords chosen_between(const WordSpot& one, const WordSpot& other);

MediaTime begin_of(const std::vector<VttCue>& cues, const ChosenWords& chosen);
MediaTime end_of(const std::vector<VttCue>& cues, const ChosenWords& chosen);
// "1:23 the words": to be put somewhere else.
std::string copied_words(const std::vector<VttCue>& cues, const ChosenWords& chosen);

}  // namespace meanwhile
