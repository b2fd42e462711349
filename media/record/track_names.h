// How tracks are called: in files, and to people.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "media/record/recorder.h"

namespace meanwhile {

constexpr TrackKind kAllTracks[] = {TrackKind::Screen, TrackKind::Camera, TrackKind::Voice,
                                    TrackKind::System};

inline bool is_picture(TrackKind kind) {
  return kind == TrackKind::Screen || kind == TrackKind::Camera;
}
std::optional<TrackKind> track_kind(std::string_view name);
// "screen.mp4"
std::string track_file(TrackKind kind);
// "the microphone": what gives the track; and at the start of a sentence.
std::string source_words(TrackKind kind);
std::string source_words_first(TrackKind kind);

// Sentences for warnings. source: what a person calls the device.
std::string missing_source_words(TrackKind kind, const std::string& why);
std::string ended_source_words(TrackKind kind, const std::string& source, const Error& why);
std::string failed_track_words(TrackKind kind, const Error& why);

}  // namespace meanwhile
