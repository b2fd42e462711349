#include "media/record/track_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <chrono>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/format_locale.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
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

// again: what to press.
std::string not_found_words(TrackKind kind, const char* again) {
  switch (kind) {
    case TrackKind::Screen:
      // TRANSLATORS: {} is 'press "Look for devices again"', or the like.
      return tr_format("No screen found. Plug one in and {}.", again);
    case TrackKind::Camera:
      return tr_format("No camera found. Plug one in and {}.", again);
    case TrackKind::Voice:
      return tr_format("No microphone found. Plug one in and {}.", again);
    case TrackKind::System:
      return tr_format("No system sound found. Plug one in and {}.", again);
  }
  return "";
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

std::string source_words_first(TrackKind kind) {
  switch (kind) {
    case TrackKind::Screen:
      return tr_in("a sentence begins", "The screen");
    case TrackKind::Camera:
      return tr_in("a sentence begins", "The camera");
    case TrackKind::Voice:
      return tr_in("a sentence begins", "The microphone");
    case TrackKind::System:
      return tr_in("a sentence begins", "The system sound");
  }
  return "";
}

std::string opening_words(TrackKind kind, const std::string& spec) {
  switch (kind) {
    case TrackKind::Screen:
      return tr_format("opening the screen {}", spec);
    case TrackKind::Camera:
      return tr_format("opening the camera {}", spec);
    case TrackKind::Voice:
      return tr_format("opening the microphone {}", spec);
    case TrackKind::System:
      return tr_format("opening the system sound {}", spec);
  }
  return "";
}

std::string missing_source_words(TrackKind kind, const Error& why) {
  if (why.code != ErrorCode::NotFound)
    // TRANSLATORS: {0} is "The camera", "The microphone" or the like, here and in other sentences.
    return tr_format("{} can't be recorded: {}.", source_words_first(kind), why.message);
  return not_found_words(kind, tr(kLookAgain.data()));
}

std::string was_missing_words(TrackKind kind) {
  switch (kind) {
    case TrackKind::Screen:
      return tr("There was no screen to record.");
    case TrackKind::Camera:
      return tr("There was no camera to record.");
    case TrackKind::Voice:
      return tr("There was no microphone to record.");
    case TrackKind::System:
      return tr("There was no system sound to record.");
  }
  return "";
}

std::string ended_source_words(TrackKind kind, const std::string& source, const Error& why) {
  if (why.code == ErrorCode::EndOfStream)
    return tr_format("{} ({}) came to its end. The recording went on without it.", source_words_first(kind),
                     source);
  return tr_format("{} ({}) stopped: {}. The recording went on without it.", source_words_first(kind), source,
                   why.message);
}

std::string lost_source_words(TrackKind kind, const std::string& source, const Error& why) {
  if (is_picture(kind))
    return tr_format(
        "{} ({}) was lost: {}. The recording goes on with its last picture; plug it in again to have it "
        "back.",
        source_words_first(kind), source, why.message);
  return tr_format(
      "{} ({}) was lost: {}. The recording goes on with silence in its place; plug it in again to have it "
      "back.",
      source_words_first(kind), source, why.message);
}

std::string was_lost_words(TrackKind kind, const std::string& source, const Error& why) {
  if (is_picture(kind))
    return tr_format("{} ({}) was lost for a while: {}. Its last picture stands there.",
                     source_words_first(kind), source, why.message);
  return tr_format("{} ({}) was lost for a while: {}. There is silence in its place.",
                   source_words_first(kind), source, why.message);
}

std::string returned_source_words(TrackKind kind, const std::string& source) {
  return tr_format("{} is recorded again, from {}.", source_words_first(kind), source);
}

std::string was_returned_words(TrackKind kind, const std::string& source) {
  return tr_format("{} was recorded again, from {}.", source_words_first(kind), source);
}

std::string other_size_words(TrackKind kind, const std::string& source) {
  return tr_format(
      "{} that was connected anew ({}) has pictures of another size, which can't go into this recording. "
      "Start a new one to have it in.",
      source_words_first(kind), source);
}

std::string failed_track_words(TrackKind kind, const Error& why) {
  return tr_format(
      "{} could be recorded only up to a point: {}. What there is of it is kept, and the rest was recorded "
      "without it.",
      source_words_first(kind), why.message);
}

std::string failed_hardware_words(const std::string& encoder, const Error& why) {
  return tr_format(
      "The graphics hardware's encoder ({}) failed, so the processor goes on with its work: {}. "
      "MEANWHILE_ENCODER=software uses the processor from the start.",
      encoder, why.message);
}

std::string other_recording_words(const std::string& clip) {
  return tr_format(
      "Another recording ({}) was running in the same place, by another Meanwhile. Both are kept.", clip);
}

std::string health_words(TrackKind kind, const std::string& source, TrackHealth health) {
  const std::string what = fmt::format("{} ({})", source_words_first(kind), source);
  switch (health) {
    case TrackHealth::Good:
      return "";
    case TrackHealth::Muted:
      // TRANSLATORS: {} is such as "The camera (Logi C920)", here and in other sentences.
      return tr_format("{} is muted; what you say isn't recorded until you unmute it.", what);
    case TrackHealth::MutedAtSource:
      return tr_format("{} is muted in the system's sound settings, or its volume is at 0; turn it on there.",
                       what);
    case TrackHealth::Silent:
      return tr_format("We can't hear anything from {}. Is it muted or unplugged?", source);
    case TrackHealth::Clipped:
      return tr_format("{} is too loud and distorts; turn its volume down, or move away from it.", what);
    case TrackHealth::Black:
      return tr_format("{} shows only black; open its cover, or turn on a light.", what);
    case TrackHealth::Frozen:
      return tr_format("{} gives the same picture over and over; unplug it and plug it in again.", what);
    case TrackHealth::Unseen:
      return tr_format("{} is minimised or switched off; its last picture is recorded until it is back.",
                       what);
    case TrackHealth::Stalled:
      if (kind == TrackKind::Screen)
        return tr_format("{} doesn't answer; its last picture is recorded until it does.", what);
      if (is_picture(kind))
        return tr_format(
            "{} has given no picture for some seconds; check its cable, or that no other program holds it. "
            "Its last picture is recorded meanwhile.",
            what);
      return tr_format("{} has given no sound for some seconds; check its cable and the sound server.", what);
    case TrackHealth::Paused:
      return tr_format("{} is held back by the system; allow the recording again where you allowed it.",
                       what);
    case TrackHealth::Lost:
      return tr_format("{} is gone; plug it in again, and it is taken up.", what);
    case TrackHealth::Ended:
      return tr_format("{} has ended; start a new recording to have it back.", what);
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
  if (figures.longest_gap >= kGapWorthSaying)
    parts.push_back(
        tr_format("nothing came for up to {} s", decimal_words(to_seconds(figures.longest_gap), 1)));
  if (figures.longest_black >= PictureHealth::kPatience)
    parts.push_back(tr_format("black for up to {} s", decimal_words(to_seconds(figures.longest_black), 1)));
  if (figures.longest_frozen >= PictureHealth::kPatience)
    parts.push_back(tr_format("frozen for up to {} s", decimal_words(to_seconds(figures.longest_frozen), 1)));
  if (figures.longest_silence >= SoundHealth::kSilent)
    parts.push_back(
        tr_format("silent for up to {} s", decimal_words(to_seconds(figures.longest_silence), 1)));
  if (figures.clipped_share >= kClippingWorthSaying)
    parts.push_back(tr_format("{} % distorted", decimal_words(figures.clipped_share * 100, 2)));
  if (std::chrono::abs(figures.drift) >= kDriftWorthSaying) {
    // TRANSLATORS: a sound's clock was corrected by so much.
    parts.push_back(tr_format("kept in step by {:+.0f} ms",
                              std::chrono::duration<double, std::milli>(figures.drift).count()));
  }
  return parts.empty() ? tr_in("a recording", "in order") : fmt::format("{}", fmt::join(parts, ", "));
}

bool is_worth_a_warning(TrackHealth health) {
  return health != TrackHealth::Good && health != TrackHealth::Muted && health != TrackHealth::Lost &&
         health != TrackHealth::Ended;
}

}  // namespace meanwhile
