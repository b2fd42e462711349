// How tracks are called: in files, and to people.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/track_report.h"

namespace meanwhile {

constexpr TrackKind kAllTracks[] = {TrackKind::Screen, TrackKind::Camera, TrackKind::Voice,
                                    TrackKind::System};

inline bool is_picture(TrackKind kind) {
  return kind == TrackKind::Screen || kind == TrackKind::Camera;
}
// "screen", "camera", "voice", "system": also the file's name without its ending.
std::string track_name(TrackKind kind);
std::optional<TrackKind> track_kind(std::string_view name);
// "screen.mp4"
std::string track_file(TrackKind kind);
// "The microphone": what gives the track, at the start of a sentence.
std::string source_words_first(TrackKind kind);
// What fails where a device that was named isn't there: "opening the microphone pulse:yeti".
std::string opening_words(TrackKind kind, const std::string& spec);

// Sentences for warnings. source: what a person calls the device.
// What the window calls what a person presses; a terminal has other words for it. Shown with tr().
inline constexpr std::string_view kLookAgain = tr_later("press \"Look for devices again\"");
std::string missing_source_words(TrackKind kind, const Error& why);
std::string was_missing_words(TrackKind kind);
std::string ended_source_words(TrackKind kind, const std::string& source, const Error& why);
// A source that may return; and when it did. name: of what is recorded now.
std::string lost_source_words(TrackKind kind, const std::string& source, const Error& why);
std::string was_lost_words(TrackKind kind, const std::string& source, const Error& why);
std::string returned_source_words(TrackKind kind, const std::string& source);
std::string was_returned_words(TrackKind kind, const std::string& source);
std::string other_size_words(TrackKind kind, const std::string& source);
std::string failed_track_words(TrackKind kind, const Error& why);
// encoder: "VAAPI".
std::string failed_hardware_words(const std::string& encoder, const Error& why);

// Two programs on one home. clip: the other one's.
std::string other_recording_words(const std::string& clip);
// What ails a source and what to do; empty: Good.
std::string health_words(TrackKind kind, const std::string& source, TrackHealth health);
// "good", "muted", "muted-at-source", "silent", …: in JSON.
std::string health_name(TrackHealth health);
// Good, for a name that isn't known.
TrackHealth health_named(std::string_view name);
// What is worth saying of a whole take: "silent for up to 12.0 s, 0.30 % distorted"; or "in order".
std::string figures_words(const TrackFigures& figures);
// Not what the person did, nor what is said in other words.
bool is_worth_a_warning(TrackHealth health);

}  // namespace meanwhile
