// What is made from a take's tracks for showing it in a list and on a timeline: poster, waveform, thumbnails,
// activity.
#pragma once

#include <filesystem>
#include <optional>

#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/record/activity.h"
#include "media/record/thumb_strip.h"
#include "media/record/waveform.h"

namespace meanwhile {

inline constexpr const char* kPosterFile = "poster.jpg";
inline constexpr const char* kWaveformFile = "waveform.json";
inline constexpr const char* kThumbsFile = "thumbs.jpg";
inline constexpr const char* kThumbTimesFile = "thumbs.vtt";
inline constexpr const char* kActivityFile = "activity.json";
inline constexpr const char* kCaptionsFile = "captions.vtt";  // the author's

// Errors: NoSpace, Io, Internal.
Result<void> write_poster(const std::filesystem::path& folder, const AVFrame& frame);
Result<void> write_waveform(const std::filesystem::path& folder, const Waveform& waveform);
// end: of the take. Nothing to see: no files.
Result<void> write_thumbs(const std::filesystem::path& folder, ThumbStrip& thumbs, MediaTime end);
Result<void> write_activity(const std::filesystem::path& folder, const Activity& activity, MediaTime end);

// Of a take that is to be published with them: on its whole timeline, whatever is trimmed later. Errors:
// NotFound (no such file), Corrupt (it is neither WebVTT nor SubRip, not in UTF-8, or holds no caption),
// NoSpace, Io.
Result<void> attach_captions(const std::filesystem::path& folder, const std::filesystem::path& captions);

// By decoding the sounds. nullopt: there is nothing to hear.
std::optional<Loudness> measured_loudness(const std::filesystem::path& folder);

// Make what isn't there by decoding the tracks; nothing to make it from is no failure.
// from: nothing before it is looked at.
Result<void> make_missing_poster(const std::filesystem::path& folder, MediaTime from = {});
Result<void> make_missing_waveform(const std::filesystem::path& folder);
// Of keyframes alone, and of the packets' sizes.
Result<void> make_missing_thumbs(const std::filesystem::path& folder);
Result<void> make_missing_activity(const std::filesystem::path& folder);
// All of these.
Result<void> make_missing_extras(const std::filesystem::path& folder);

}  // namespace meanwhile
