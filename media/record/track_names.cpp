#include "media/record/track_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/record/picture_health.h"
#include "media/record/sound_health.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

constexpr std::array kHealthNames{std::pair{TrackHealth::Good, "good"},
                                  std::pair{TrackHealth::Muted, "muted"},
                                  std::pair{TrackHealth::MutedAtSource, "muted-at-source"},
                                  std::pair{TrackHealth::Silent, "silent"},
                                  std::pair{TrackHealth::Clipped, "clipped"},
                                  std::pair{TrackHealth::Black, "black"},
                                  std::pair{TrackHealth::Frozen, "frozen"},
                                  std::pair{TrackHealth::Stalled, "stalled"},
                                  std::pair{TrackHealth::Paused, "paused"},
                                  std::pair{TrackHealth::Unseen, "unseen"},
                                  std::pair{TrackHealth::Lost, "lost"},
                                  std::pair{TrackHealth::Ended, "ended"}};
// Less is a camera in a dark room, one click in an hour, the jitter of a start.
constexpr MediaTime kGapWorthSaying = std::chrono::milliseconds(500);
constexpr double kClippingWorthSaying = 1e-4;
constexpr MediaTime kDriftWorthSaying = std::chrono::milliseconds(2);

// "microphone", without an article.
std::string_view plain_words(TrackKind kind) {
  constexpr std::string_view kArticle = "the ";
  static const std::array kWords{source_words(TrackKind::Screen), source_words(TrackKind::Camera),
                                 source_words(TrackKind::Voice), source_words(TrackKind::System)};
  return std::string_view(kWords[static_cast<std::size_t>(kind)]).substr(kArticle.size());
}

}  // namespace

std::string track_name(TrackKind kind) {
  switch (kind) {
    case TrackKind::Screen:
      return "screen";
    case TrackKind::Camera:
      return "camera";
    case TrackKind::Voice:
      return "voice";
    case TrackKind::System:
      return "system";
  }
  return "";
}

std::optional<TrackKind> track_kind(std::string_view name) {
  for (const TrackKind kind : kAllTracks) {
    if (track_name(kind) == name) return kind;
  }
  return std::nullopt;
}

std::string track_file(TrackKind kind) {
  return track_name(kind) + ".mp4";
}

std::string source_words(TrackKind kind) {
  switch (kind) {
    case TrackKind::Screen:
      return "the screen";
    case TrackKind::Camera:
      return "the camera";
    case TrackKind::Voice:
      return "the microphone";
    case TrackKind::System:
      return "the system sound";
  }
  return "";
}

std::string source_words_first(TrackKind kind) {
  std::string words = source_words(kind);
  words.front() = 'T';
  return words;
}

std::string missing_source_words(TrackKind kind, const Error& why) {
  if (why.code != ErrorCode::NotFound)
    return fmt::format("{} can't be recorded: {}.", source_words_first(kind), why.message);
  return fmt::format("No {} found. Plug one in and {}.", plain_words(kind), kLookAgain);
}

std::string was_missing_words(TrackKind kind) {
  return fmt::format("There was no {} to record.", plain_words(kind));
}

std::string ended_source_words(TrackKind kind, const std::string& source, const Error& why) {
  const std::string what = why.code == ErrorCode::EndOfStream ? "came to its end" : "stopped: " + why.message;
  return fmt::format("{} ({}) {}. The recording went on without it.", source_words_first(kind), source, what);
}

std::string lost_source_words(TrackKind kind, const std::string& source, const Error& why) {
  const char* meanwhile = is_picture(kind) ? "with its last picture" : "with silence in its place";
  return fmt::format("{} ({}) was lost: {}. The recording goes on {}; plug it in again to have it back.",
                     source_words_first(kind), source, why.message, meanwhile);
}

std::string was_lost_words(TrackKind kind, const std::string& source, const Error& why) {
  return fmt::format("{} ({}) was lost for a while: {}. {}", source_words_first(kind), source, why.message,
                     is_picture(kind) ? "Its last picture stands there." : "There is silence in its place.");
}

std::string returned_source_words(TrackKind kind, const std::string& source) {
  return fmt::format("{} is recorded again, from {}.", source_words_first(kind), source);
}

std::string was_returned_words(TrackKind kind, const std::string& source) {
  return fmt::format("{} was recorded again, from {}.", source_words_first(kind), source);
}

std::string other_size_words(TrackKind kind, const std::string& source) {
  return fmt::format(
      "{} that was connected anew ({}) has pictures of another size, which can't go into this recording. "
      "Start a "
      "new one to have it in.",
      source_words_first(kind), source);
}

std::string failed_track_words(TrackKind kind, const Error& why) {
  return fmt::format(
      "{} could be recorded only up to a point: {}. What there is of it is kept, and the rest was recorded "
      "without it.",
      source_words_first(kind), why.message);
}

std::string failed_hardware_words(const std::string& encoder, const Error& why) {
  return fmt::format(
      "The graphics hardware's encoder ({}) failed, so the processor goes on with its work: {}. "
      "MEANWHILE_ENCODER=software uses the processor from the start.",
      encoder, why.message);
}

std::string other_recording_words(const std::string& clip) {
  return fmt::format(
      "Another recording ({}) was running in the same place, by another Meanwhile. Both are kept.", clip);
}

std::string health_words(TrackKind kind, const std::string& source, TrackHealth health) {
  const std::string what = fmt::format("{} ({})", source_words_first(kind), source);
  switch (health) {
    case TrackHealth::Good:
      return "";
    case TrackHealth::Muted:
      return what + " is muted; what you say isn't recorded until you unmute it.";
    case TrackHealth::MutedAtSource:
      return what + " is muted in the system's sound settings, or its volume is at 0; turn it on there.";
    case TrackHealth::Silent:
      return fmt::format("We can't hear anything from {}. Is it muted or unplugged?", source);
    case TrackHealth::Clipped:
      return what + " is too loud and distorts; turn its volume down, or move away from it.";
    case TrackHealth::Black:
      return what + " shows only black; open its cover, or turn on a light.";
    case TrackHealth::Frozen:
      return what + " gives the same picture over and over; unplug it and plug it in again.";
    case TrackHealth::Unseen:
      return what + " is minimised or switched off; its last picture is recorded until it is back.";
    case TrackHealth::Stalled:
      if (kind == TrackKind::Screen)
        return what + " doesn't answer; its last picture is recorded until it does.";
      return what +
             (is_picture(kind)
                  ? " has given no picture for some seconds; check its cable, or that no other program "
                    "holds it. Its last picture is recorded meanwhile."
                  : " has given no sound for some seconds; check its cable and the sound server.");
    case TrackHealth::Paused:
      return what + " is held back by the system; allow the recording again where you allowed it.";
    case TrackHealth::Lost:
      return what + " is gone; plug it in again, and it is taken up.";
    case TrackHealth::Ended:
      return what + " has ended; start a new recording to have it back.";
  }
  return "";
}

std::string health_name(TrackHealth health) {
  for (const auto& [known, name] : kHealthNames) {
    if (known == health) return name;
  }
  return "";
}

TrackHealth health_named(std::string_view name) {
  for (const auto& [health, known] : kHealthNames) {
    if (known == name) return health;
  }
  return TrackHealth::Good;
}

std::string figures_words(const TrackFigures& figures) {
  std::vector<std::string> parts;
  const auto add_stretch = [&](MediaTime length, MediaTime least, const char* what) {
    if (length >= least) parts.push_back(fmt::format("{} for up to {:.1f} s", what, to_seconds(length)));
  };
  add_stretch(figures.longest_gap, kGapWorthSaying, "nothing came");
  add_stretch(figures.longest_black, PictureHealth::kPatience, "black");
  add_stretch(figures.longest_frozen, PictureHealth::kPatience, "frozen");
  add_stretch(figures.longest_silence, SoundHealth::kSilent, "silent");
  if (figures.clipped_share >= kClippingWorthSaying)
    parts.push_back(fmt::format("{:.2f} % distorted", figures.clipped_share * 100));
  if (std::chrono::abs(figures.drift) >= kDriftWorthSaying) {
    parts.push_back(fmt::format("kept in step by {:+.0f} ms",
                                std::chrono::duration<double, std::milli>(figures.drift).count()));
  }
  return parts.empty() ? "in order" : fmt::format("{}", fmt::join(parts, ", "));
}

bool is_worth_a_warning(TrackHealth health) {
  return health != TrackHealth::Good && health != TrackHealth::Muted && health != TrackHealth::Lost &&
         health != TrackHealth::Ended;
}

}  // namespace meanwhile
