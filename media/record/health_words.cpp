#include "media/record/health_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/translation.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

// Nearer to the beginning or the end than this is there.
constexpr MediaTime kEdge = std::chrono::seconds(1);

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
      return tr_in("how a track is", "Good");
    case TrackHealth::Muted:
      return tr_in("how a track is", "Muted");
    case TrackHealth::MutedAtSource:
      return tr_in("how a track is", "Muted by the system");
    case TrackHealth::Silent:
      return tr_in("how a track is", "Silent");
    case TrackHealth::Clipped:
      return tr_in("how a track is", "Too loud");
    case TrackHealth::Black:
      return tr_in("how a track is", "Black");
    case TrackHealth::Frozen:
      return tr_in("how a track is", "Frozen");
    case TrackHealth::Stalled:
      return tr_in("how a track is", "Nothing came");
    case TrackHealth::Paused:
      return tr_in("how a track is", "Held back");
    case TrackHealth::Unseen:
      return tr_in("how a track is", "Out of sight");
    case TrackHealth::Lost:
      return tr_in("how a track is", "Unplugged");
    case TrackHealth::Ended:
      return tr_in("how a track is", "Ended");
  }
  return "";
}

bool lasted_all_the_time(const Ailment& ailment, MediaTime duration) {
  const HealthStretch& first = ailment.stretches.front();
  return ailment.stretches.size() == 1 && first.from < kEdge && first.to > duration - kEdge;
}

// "Silent", "Silent from 1:10", "Silent until 0:12", "Silent 0:30–0:42", "Silent 3 times, first at 0:05".
std::string in_short(const Ailment& ailment, MediaTime duration) {
  std::string what = in_a_word(ailment.health);
  const HealthStretch& first = ailment.stretches.front();
  if (const std::size_t times = ailment.stretches.size(); times > 1)
    // TRANSLATORS: {0} is "Silent", "Frozen" or the like, {2} a moment such as 1:23.
    return tr_count(times, "{} {} time, first at {}", "{} {} times, first at {}", what, times,
                    format_moment(first.from));
  if (lasted_all_the_time(ailment, duration)) return what;
  // TRANSLATORS: {0} is "Silent", "Frozen" or the like, {1} a moment such as 1:23.
  if (first.to > duration - kEdge)
    return tr_format_in("since a moment", "{} from {}", what, format_moment(first.from));
  if (first.from < kEdge) return tr_format("{} until {}", what, format_moment(first.to));
  return fmt::format("{} {}–{}", what, format_moment(first.from), format_moment(first.to));
}

// As a sentence goes on: "from 0:30 to 0:42".
std::string when_in_words(const Ailment& ailment, MediaTime duration) {
  const HealthStretch& first = ailment.stretches.front();
  if (const std::size_t times = ailment.stretches.size(); times > 1)
    return tr_count(times, "{} time, first at {}", "{} times, first at {}", times, format_moment(first.from));
  if (lasted_all_the_time(ailment, duration)) return tr("all the time");
  if (first.to > duration - kEdge) return tr_format("from {} on", format_moment(first.from));
  if (first.from < kEdge) return tr_format("until {}", format_moment(first.to));
  return tr_format("from {} to {}", format_moment(first.from), format_moment(first.to));
}

std::string past_sentence(const TrackReport& track, const Ailment& ailment, MediaTime duration) {
  const std::string what = fmt::format("{} ({})", source_words_first(track.kind), track.device);
  const std::string when = when_in_words(ailment, duration);
  const char* stands = is_picture(track.kind) ? tr("its last picture stands there") : tr("there is silence");
  switch (ailment.health) {
    case TrackHealth::MutedAtSource:
      // TRANSLATORS: {0} is such as "The camera (Logi C920)", {1} such as "from 0:30 to 0:42", "all the time"
      // or "3 times, first at 0:05"; {2} of other sentences "its last picture stands there" or "there is
      // silence".
      return tr_format("{} was muted in the system's sound settings {}.", what, when);
    case TrackHealth::Silent:
      if (lasted_all_the_time(ailment, duration))
        return tr_format("{} recorded only silence. Check that it isn't muted, and that it is the right one.",
                         what);
      // TRANSLATORS: {0} is the device's name, {1} such as "from 0:30 to 0:42".
      return tr_format("We couldn't hear anything from {} {}.", track.device, when);
    case TrackHealth::Clipped:
      return tr_format("{} was too loud and distorted {}.", what, when);
    case TrackHealth::Black:
      return tr_format("{} showed only black {}.", what, when);
    case TrackHealth::Frozen:
      return tr_format("{} gave the same picture over and over {}.", what, when);
    case TrackHealth::Stalled:
      return tr_format("{} gave nothing {}; {}.", what, when, stands);
    case TrackHealth::Paused:
      return tr_format("{} was held back by the system {}; {}.", what, when, stands);
    case TrackHealth::Unseen:
      return tr_format("{} was minimised or switched off {}; {}.", what, when, stands);
    case TrackHealth::Lost:  // said with its reason when it happened
    case TrackHealth::Good:
    case TrackHealth::Muted:
    case TrackHealth::Ended:
      return "";
  }
  return "";
}

const char* nothing_comes_words(TrackKind kind) {
  switch (kind) {
    case TrackKind::Screen:
      return tr("Nothing comes from the screen");
    case TrackKind::Camera:
      return tr("Nothing comes from the camera");
    case TrackKind::Voice:
      return tr("Nothing comes from the microphone");
    case TrackKind::System:
      return tr("Nothing comes from the system sound");
  }
  return "";
}

}  // namespace

std::string short_health_words(TrackKind kind, TrackHealth health) {
  const std::string first = source_words_first(kind);
  switch (health) {
    case TrackHealth::Good:
      return "";
    case TrackHealth::Muted:
      return tr("Microphone off");
    case TrackHealth::MutedAtSource:
      // TRANSLATORS: {} is "The camera", "The microphone" or the like, here and in other sentences.
      return tr_format("{} is muted in the system's settings", first);
    case TrackHealth::Silent:
      return kind == TrackKind::System ? tr("No sound from the system sound")
                                       : tr("No sound from the microphone");
    case TrackHealth::Clipped:
      return tr_format("{} is too loud", first);
    case TrackHealth::Black:
      return tr_format("{} shows only black", first);
    case TrackHealth::Frozen:
      return tr_format("{} is frozen", first);
    case TrackHealth::Stalled:
      return nothing_comes_words(kind);
    case TrackHealth::Paused:
      return tr_format("{} is held back by the system", first);
    case TrackHealth::Unseen:
      return tr("What is recorded is out of sight");
    case TrackHealth::Lost:
      return tr_format("{} is unplugged", first);
    case TrackHealth::Ended:
      return tr_format("{} has ended", first);
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
    words += (words.empty() ? "" : ", ") + in_short(ailment, duration);
  }
  if (!track.is_over) return words.empty() ? in_a_word(TrackHealth::Good) : words;
  if (words.empty()) return tr_format("Ended at {}", format_moment(track.duration));
  // TRANSLATORS: {1} is such as "Silent from 1:10, Muted until 0:05".
  return tr_format("Ended at {}, {}", format_moment(track.duration), words);
}

std::vector<std::string> past_health_sentences(const TrackReport& track, MediaTime duration) {
  std::vector<std::string> sentences;
  for (const Ailment& ailment : ailments_of(track)) {
    std::string sentence = past_sentence(track, ailment, duration);
    if (!sentence.empty()) sentences.push_back(std::move(sentence));
  }
  return sentences;
}

}  // namespace meanwhile
