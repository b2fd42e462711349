#include "media/record/track_names.h"

#include <fmt/format.h>

namespace meanwhile {

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

std::string missing_source_words(TrackKind kind, const std::string& why) {
  return fmt::format("Recording without {}: {}. Connect it and open the recorder again to have it in.",
                     source_words(kind), why);
}

std::string ended_source_words(TrackKind kind, const std::string& source, const Error& why) {
  const std::string what = why.code == ErrorCode::EndOfStream ? "came to its end" : "stopped: " + why.message;
  return fmt::format("{} ({}) {}. The take goes on without it; to have it back, start a new take.",
                     source_words_first(kind), source, what);
}

std::string failed_track_words(TrackKind kind, const Error& why) {
  return fmt::format(
      "The track \"{}\" ended early: {}. What was recorded of it is kept and the take goes on; start a "
      "new take to have it back.",
      track_name(kind), why.message);
}

}  // namespace meanwhile
