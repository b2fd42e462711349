#include "media/record/health_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/media_time.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

// Nearer to the beginning or the end than this is there.
constexpr MediaTime kEdge = std::chrono::seconds(1);
constexpr std::string_view kAllTheTime = " all the time";

// All of one kind in a take.
struct Ailment {
  TrackHealth health = TrackHealth::Good;
  std::vector<HealthStretch> stretches;
  MediaTime length{};
};

// The longest first.
std::vector<Ailment> ailments_of(const TrackReport& track) {
  std::vector<Ailment> all;
  for (const HealthStretch& stretch : track.ailed) {
    auto found = std::ranges::find(all, stretch.health, &Ailment::health);
    if (found == all.end()) found = all.insert(all.end(), Ailment{.health = stretch.health, .stretches = {}});
    found->stretches.push_back(stretch);
    found->length += stretch.to - stretch.from;
  }
  std::ranges::stable_sort(all, {}, [](const Ailment& one) { return -one.length; });
  return all;
}

std::string in_a_word(TrackHealth health) {
  switch (health) {
    case TrackHealth::Good:
      return "Good";
    case TrackHealth::Muted:
      return "Muted";
    case TrackHealth::MutedAtSource:
      return "Muted by the system";
    case TrackHealth::Silent:
      return "Silent";
    case TrackHealth::Clipped:
      return "Too loud";
    case TrackHealth::Black:
      return "Black";
    case TrackHealth::Frozen:
      return "Frozen";
    case TrackHealth::Stalled:
      return "Nothing came";
    case TrackHealth::Paused:
      return "Held back";
    case TrackHealth::Unseen:
      return "Out of sight";
    case TrackHealth::Lost:
      return "Unplugged";
    case TrackHealth::Ended:
      return "Ended";
  }
  return "";
}

// "", " from 1:10", " until 0:12", " 0:30–0:42", " 3 times, first at 0:05".
std::string when_in_short(const Ailment& ailment, MediaTime duration) {
  const HealthStretch& first = ailment.stretches.front();
  if (ailment.stretches.size() > 1)
    return fmt::format(" {} times, first at {}", ailment.stretches.size(), format_moment(first.from));
  const bool is_from_begin = first.from < kEdge;
  const bool is_to_end = first.to > duration - kEdge;
  if (is_from_begin && is_to_end) return "";
  if (is_to_end) return " from " + format_moment(first.from);
  if (is_from_begin) return " until " + format_moment(first.to);
  return fmt::format(" {}–{}", format_moment(first.from), format_moment(first.to));
}

// The same as a sentence goes on: " from 0:30 to 0:42".
std::string when_in_words(const Ailment& ailment, MediaTime duration) {
  const HealthStretch& first = ailment.stretches.front();
  if (ailment.stretches.size() > 1)
    return fmt::format(" {} times, first at {}", ailment.stretches.size(), format_moment(first.from));
  const bool is_from_begin = first.from < kEdge;
  const bool is_to_end = first.to > duration - kEdge;
  if (is_from_begin && is_to_end) return std::string(kAllTheTime);
  if (is_to_end) return fmt::format(" from {} on", format_moment(first.from));
  if (is_from_begin) return fmt::format(" until {}", format_moment(first.to));
  return fmt::format(" from {} to {}", format_moment(first.from), format_moment(first.to));
}

std::string past_sentence(TrackKind kind, const std::string& device, TrackHealth health,
                          const std::string& when) {
  const std::string what = fmt::format("{} ({})", source_words_first(kind), device);
  const char* stands = is_picture(kind) ? "its last picture stands there" : "there is silence";
  switch (health) {
    case TrackHealth::MutedAtSource:
      return fmt::format("{} was muted in the system's sound settings{}.", what, when);
    case TrackHealth::Silent:
      if (when == kAllTheTime)
        return what + " recorded only silence. Check that it isn't muted, and that it is the right one.";
      return fmt::format("We couldn't hear anything from {}{}.", device, when);
    case TrackHealth::Clipped:
      return fmt::format("{} was too loud and distorted{}.", what, when);
    case TrackHealth::Black:
      return fmt::format("{} showed only black{}.", what, when);
    case TrackHealth::Frozen:
      return fmt::format("{} gave the same picture over and over{}.", what, when);
    case TrackHealth::Stalled:
      return fmt::format("{} gave nothing{}; {}.", what, when, stands);
    case TrackHealth::Paused:
      return fmt::format("{} was held back by the system{}; {}.", what, when, stands);
    case TrackHealth::Unseen:
      return fmt::format("{} was minimised or switched off{}; {}.", what, when, stands);
    case TrackHealth::Lost:  // said with its reason when it happened
    case TrackHealth::Good:
    case TrackHealth::Muted:
    case TrackHealth::Ended:
      return "";
  }
  return "";
}

}  // namespace

std::string short_health_words(TrackKind kind, TrackHealth health) {
  const std::string source = source_words(kind);
  const std::string first = source_words_first(kind);
  switch (health) {
    case TrackHealth::Good:
      return "";
    case TrackHealth::Muted:
      return "Microphone off";
    case TrackHealth::MutedAtSource:
      return first + " is muted in the system's settings";
    case TrackHealth::Silent:
      return "No sound from " + source;
    case TrackHealth::Clipped:
      return first + " is too loud";
    case TrackHealth::Black:
      return first + " shows only black";
    case TrackHealth::Frozen:
      return first + " is frozen";
    case TrackHealth::Stalled:
      return "Nothing comes from " + source;
    case TrackHealth::Paused:
      return first + " is held back by the system";
    case TrackHealth::Unseen:
      return "What is recorded is out of sight";
    case TrackHealth::Lost:
      return first + " is unplugged";
    case TrackHealth::Ended:
      return first + " has ended";
  }
  return "";
}

std::string short_trouble(const std::vector<TrackReport>& tracks) {
  const TrackReport* gravest = nullptr;
  for (const TrackReport& track : tracks) {
    if (track.health == TrackHealth::Good || track.health == TrackHealth::Muted) continue;
    if (!gravest || track.health > gravest->health) gravest = &track;
  }
  return gravest ? short_health_words(gravest->kind, gravest->health) : "";
}

std::string health_of_take(const TrackReport& track, MediaTime duration) {
  constexpr std::size_t kMostKinds = 2;
  std::string words;
  std::size_t said = 0;
  for (const Ailment& ailment : ailments_of(track)) {
    if (ailment.health == TrackHealth::Ended || said++ == kMostKinds) continue;
    words += (words.empty() ? "" : ", ") + in_a_word(ailment.health) + when_in_short(ailment, duration);
  }
  if (!track.is_over) return words.empty() ? in_a_word(TrackHealth::Good) : words;
  return fmt::format("Ended at {}{}{}", format_moment(track.duration), words.empty() ? "" : ", ", words);
}

std::vector<std::string> past_health_sentences(const TrackReport& track, MediaTime duration) {
  std::vector<std::string> sentences;
  for (const Ailment& ailment : ailments_of(track)) {
    std::string sentence =
        past_sentence(track.kind, track.device, ailment.health, when_in_words(ailment, duration));
    if (!sentence.empty()) sentences.push_back(std::move(sentence));
  }
  return sentences;
}

}  // namespace meanwhile
