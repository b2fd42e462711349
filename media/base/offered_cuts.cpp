#include "media/base/offered_cuts.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/cue_words.h"
#include "media/base/filler_words.h"
#include "media/base/media_time.h"
#include "media/base/repeated_starts.h"
#include "media/base/time_range.h"

namespace meanwhile {
namespace {

// Engines place a word's borders that well; what lies within it of a word that stays is never cut.
constexpr MediaTime kMargin = std::chrono::milliseconds(80);
// Of a gap behind what goes so much goes with it: the rest is the speaker's own pace.
constexpr MediaTime kReach = std::chrono::milliseconds(400);
// Words that go, but are farther from each other, are two cuts: between them something may happen.
constexpr MediaTime kTogether = std::chrono::seconds(1);
constexpr MediaTime kShortestWordCut = std::chrono::milliseconds(120);
constexpr MediaTime kShortestSilence = std::chrono::milliseconds(500);

using Fates = std::vector<std::optional<CutKind>>;  // of each word: what it goes as; nullopt: it stays

Fates fates_of(const CueWords& words, std::string_view language) {
  Fates fates(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_filler(words[i].text, language)) fates[i] = CutKind::Filler;
  }
  for (const RepeatedStart& start : repeated_starts(words, language)) {
    for (std::size_t i = start.first; i < start.after; ++i) fates[i] = CutKind::RepeatedStart;
  }
  return fates;
}

// Words first to one before `after` go. Nothing of it: they are too close to those that stay.
std::optional<TimeRange> range_without(const CueWords& words, std::size_t first, std::size_t after) {
  MediaTime from = std::max(words[first].from - kMargin, MediaTime{});
  MediaTime to = words[after - 1].to + kReach;
  if (first > 0) from = std::max(from, words[first - 1].to + kMargin);
  if (after < words.size()) to = std::min(to, words[after].from - kMargin);
  if (to - from < kShortestWordCut) return std::nullopt;
  return TimeRange{from, to};
}

std::string text_of(const CueWords& words, std::size_t first, std::size_t after) {
  std::string text;
  for (std::size_t i = first; i < after; ++i) text.append(i > first ? " " : "").append(words[i].text);
  return text;
}

std::size_t end_of_run(const CueWords& words, const Fates& fates, std::size_t first) {
  std::size_t after = first + 1;
  while (after < words.size() && fates[after] && words[after].from - words[after - 1].to < kTogether) ++after;
  return after;
}

std::vector<OfferedCut> word_cuts(const CueWords& words, std::string_view language) {
  const Fates fates = fates_of(words, language);
  std::vector<OfferedCut> cuts;
  for (std::size_t first = 0; first < words.size();) {
    const std::size_t after = fates[first] ? end_of_run(words, fates, first) : first + 1;
    const auto range = fates[first] ? range_without(words, first, after) : std::nullopt;
    const auto run =
        std::ranges::subrange(fates.begin() + std::ptrdiff_t(first), fates.begin() + std::ptrdiff_t(after));
    const bool repeats = std::ranges::find(run, CutKind::RepeatedStart) != run.end();
    if (range)
      cuts.push_back(
          {repeats ? CutKind::RepeatedStart : CutKind::Filler, *range, text_of(words, first, after)});
    first = after;
  }
  return cuts;
}

// What of a pause is to be left alone, by time: what is cut already, and words that were heard in the middle
// of it. One that reaches over an end of it counts only up to there: engines stretch words over silence, and
// find_pauses leaves some of it for what dies away.
std::vector<TimeRange> taken_in(const TimeRange& pause, const CueWords& words,
                                const std::vector<OfferedCut>& cuts) {
  std::vector<TimeRange> taken;
  auto word = std::ranges::lower_bound(words, pause.from, {}, &CueWord::from);
  for (; word != words.end() && word->from < pause.to; ++word) {
    if (word->to <= pause.to) taken.push_back({word->from - kMargin, word->to + kMargin});
  }
  for (const OfferedCut& cut : cuts) {
    if (cut.range.from < pause.to && cut.range.to > pause.from) taken.push_back(cut.range);
  }
  std::ranges::sort(taken, {}, &TimeRange::from);
  return taken;
}

void add_silences(std::vector<OfferedCut>& silences, const TimeRange& pause,
                  const std::vector<TimeRange>& taken) {
  MediaTime from = pause.from;
  const auto end_at = [&](MediaTime to) {
    if (to - from >= kShortestSilence) silences.push_back({CutKind::Silence, {from, to}, {}});
  };
  for (const TimeRange& range : taken) {
    end_at(range.from);
    from = std::max(from, range.to);
  }
  end_at(pause.to);
}

}  // namespace

std::string_view cut_kind_name(CutKind kind) {
  switch (kind) {
    case CutKind::Silence:
      return "silence";
    case CutKind::Filler:
      return "filler";
    case CutKind::RepeatedStart:
      return "repeated start";
  }
  return "";
}

std::vector<OfferedCut> offered_cuts(const CueWords& words, const std::vector<TimeRange>& pauses,
                                     std::string_view language) {
  std::vector<OfferedCut> cuts = word_cuts(words, language);
  std::vector<OfferedCut> silences;
  for (const TimeRange& pause : pauses) add_silences(silences, pause, taken_in(pause, words, cuts));
  cuts.insert(cuts.end(), silences.begin(), silences.end());
  std::ranges::sort(cuts, {}, [](const OfferedCut& cut) { return cut.range.from; });
  return cuts;
}

}  // namespace meanwhile
