#include "app/ui/transcript.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/cue_words.h"
#include "media/base/media_time.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

constexpr std::string_view kBetweenWords = " \n\t";

std::vector<TranscriptWord> words_between_spaces(const VttCue& cue) {
  std::vector<TranscriptWord> words;
  std::string_view rest = cue.text;
  while (true) {
    const std::size_t begin = rest.find_first_not_of(kBetweenWords);
    if (begin == std::string_view::npos) return words;
    rest.remove_prefix(begin);
    const std::size_t end = std::min(rest.find_first_of(kBetweenWords), rest.size());
    words.push_back({rest.substr(0, end), cue.from, cue.to});
    rest.remove_prefix(end);
  }
}

TranscriptWord word_at(const std::vector<VttCue>& cues, const WordSpot& spot) {
  const auto words = transcript_words(cues[spot.cue]);
  return words[std::min(spot.word, words.size() - 1)];
}

}  // namespace

std::vector<TranscriptWord> transcript_words(const VttCue& cue) {
  if (cue.words.empty()) return words_between_spaces(cue);
  std::vector<TranscriptWord> words;
  for (const CueWord& word : cue.words) words.push_back({word.text, word.from, word.to});
  return words;
}

std::optional<std::size_t> cue_said_at(const std::vector<VttCue>& cues, MediaTime moment) {
  const auto after = std::ranges::upper_bound(cues, moment, {}, &VttCue::from);
  if (after == cues.begin()) return std::nullopt;
  return static_cast<std::size_t>(after - cues.begin() - 1);
}

std::optional<std::size_t> word_said_at(const VttCue& cue, MediaTime moment) {
  const auto after = std::ranges::upper_bound(cue.words, moment, {}, &CueWord::from);
  if (after == cue.words.begin() || moment >= std::max(cue.to, cue.words.back().to)) return std::nullopt;
  return static_cast<std::size_t>(after - cue.words.begin() - 1);
}

std::vector<WordPlace> place_words(const std::vector<TranscriptWord>& words, float width, float space,
                                   const std::function<float(std::string_view)>& measure) {
  std::vector<WordPlace> places;
  float left = 0;
  std::size_t line = 0;
  for (const TranscriptWord& word : words) {
    const float wide = measure(word.text);
    if (left > 0 && left + wide > width) {
      left = 0;
      ++line;
    }
    places.push_back({left, left + wide, line});
    left += wide + space;
  }
  return places;
}

ChosenWords chosen_between(const WordSpot& one, const WordSpot& other) {
  return {std::min(one, other), std::max(one, other)};
}

MediaTime begin_of(const std::vector<VttCue>& cues, const ChosenWords& chosen) {
  return word_at(cues, chosen.first).from;
}

MediaTime end_of(const std::vector<VttCue>& cues, const ChosenWords& chosen) {
  return std::max(word_at(cues, chosen.last).to, begin_of(cues, chosen));
}

std::string copied_words(const std::vector<VttCue>& cues, const ChosenWords& chosen) {
  std::string text = format_moment(begin_of(cues, chosen));
  for (std::size_t cue = chosen.first.cue; cue <= chosen.last.cue && cue < cues.size(); ++cue) {
    const auto words = transcript_words(cues[cue]);
    for (std::size_t word = 0; word < words.size(); ++word) {
      if (chosen.contains({cue, word})) text.append(" ").append(words[word].text);
    }
  }
  return text;
}

}  // namespace meanwhile
