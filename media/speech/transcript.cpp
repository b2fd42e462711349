#include "media/speech/transcript.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/cue_words.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLargestJson = 64u << 20;
constexpr std::size_t kMostEntries = 500'000;
constexpr std::size_t kLongestWord = 1'000;  // bytes: languages without spaces come in phrases
constexpr std::size_t kLongestLanguage = 35;
constexpr std::int64_t kLatestMs = 100 * 3'600'000;

// What fits two lines of captions, and what can be read before it goes.
constexpr std::size_t kLongestCueText = 84;
constexpr std::chrono::seconds kLongestCueTime{7};
constexpr std::chrono::milliseconds kBreath{700};
constexpr std::chrono::milliseconds kShortestCueTime{300};

std::optional<MediaTime> offset_in(const Json& offsets, std::string_view name) {
  const auto ms = integer_member(offsets, name);
  if (!ms || *ms < 0 || *ms > kLatestMs) return std::nullopt;
  return std::chrono::milliseconds(*ms);
}

// "[MUSIC]", "(laughs)", "*coughs*".
bool is_no_speech(std::string_view text) {
  const auto is_within = [&](char open, char close) {
    return text.size() > 1 && text.front() == open && text.back() == close;
  };
  return is_within('[', ']') || is_within('(', ')') || is_within('*', '*');
}

// The mean of its parts; those that stand for a time, or for an end, begin with "[_".
int sure_percent_of(const Json& entry) {
  const Json* tokens = array_member(entry, "tokens");
  double sum = 0;
  int count = 0;
  for (const Json& token : tokens ? *tokens : Json::array()) {
    const auto p = token.is_object() ? token.find("p") : token.end();
    if (p == token.end() || !p->is_number() || string_member(token, "text").value_or("").starts_with("[_"))
      continue;
    sum += std::clamp(p->get<double>(), 0.0, 1.0);
    ++count;
  }
  return count == 0 ? 100 : static_cast<int>(std::lround(sum / count * 100));
}

std::optional<CueWord> word_of(const Json& entry) {
  const Json* offsets = object_member(entry, "offsets");
  if (!offsets) return std::nullopt;
  const auto from = offset_in(*offsets, "from");
  const auto to = offset_in(*offsets, "to");
  std::string text = string_member(entry, "text").value_or("");
  std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  text = trimmed(text);
  if (!from || !to || *to < *from || text.empty() || text.size() > kLongestWord || is_no_speech(text))
    return std::nullopt;
  return CueWord{*from, *to, std::move(text), sure_percent_of(entry)};
}

// So that none begins before the one in front of it has ended.
void put_in_order(CueWords& words) {
  std::ranges::stable_sort(words, {}, &CueWord::from);
  MediaTime free{};
  for (CueWord& word : words) {
    word.from = std::max(word.from, free);
    word.to = std::max(word.to, word.from);
    free = word.to;
  }
}

bool ends_sentence(std::string_view word) {
  return word.ends_with('.') || word.ends_with('?') || word.ends_with('!');
}

bool begins_another(const VttCue& cue, const CueWord& word) {
  const CueWord& last = cue.words.back();
  return word.from - last.to >= kBreath || word.to - cue.from > kLongestCueTime ||
         cue.text.size() + 1 + word.text.size() > kLongestCueText || ends_sentence(last.text);
}

}  // namespace

Result<Transcript> parse_transcript(std::string_view json) {
  if (json.size() > kLargestJson) return fail(ErrorCode::Corrupt, tr("the transcript is larger than 64 MB"));
  // Parts of words are written as they are, also where they end within a character.
  const auto read = parse_json(replace_invalid_utf8(json));
  if (!read) return fail(tr("reading the transcript"), read.error());
  const Json* entries = array_member(*read, "transcription");
  if (!entries) return fail(ErrorCode::Corrupt, tr("reading the transcript: it has no list 'transcription'"));
  if (entries->size() > kMostEntries)
    return fail(ErrorCode::Corrupt, tr("reading the transcript: it has more than 500,000 entries"));
  Transcript transcript;
  if (const Json* result = object_member(*read, "result"))
    transcript.language = string_member(*result, "language").value_or("");
  if (transcript.language.size() > kLongestLanguage) transcript.language.clear();
  for (const Json& entry : *entries) {
    if (auto word = word_of(entry)) transcript.words.push_back(std::move(*word));
  }
  put_in_order(transcript.words);
  return transcript;
}

std::string transcript_json(const Transcript& transcript) {
  const auto ms = [](MediaTime time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  };
  Json entries = Json::array();
  for (const CueWord& word : transcript.words) {
    Json tokens = Json::array();
    tokens.push_back({{"text", word.text}, {"p", word.sure_percent / 100.0}});
    entries.push_back({{"offsets", {{"from", ms(word.from)}, {"to", ms(word.to)}}},
                       {"text", " " + word.text},
                       {"tokens", std::move(tokens)}});
  }
  return to_text({{"result", {{"language", transcript.language}}}, {"transcription", std::move(entries)}});
}

std::vector<VttCue> cues_of(const CueWords& words) {
  std::vector<VttCue> cues;
  for (const CueWord& word : words) {
    if (cues.empty() || begins_another(cues.back(), word)) {
      cues.push_back({word.from, word.to, word.text, {word}});
      continue;
    }
    VttCue& cue = cues.back();
    cue.text += " " + word.text;
    cue.to = word.to;
    cue.words.push_back(word);
  }
  for (VttCue& cue : cues) cue.to = std::max<MediaTime>(cue.to, cue.from + kShortestCueTime);
  return cues;
}

}  // namespace meanwhile
