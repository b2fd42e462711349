// What is made from a take's tracks for showing it in a list: poster and waveform.
#pragma once

#include <filesystem>

#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/record/waveform.h"

namespace meanwhile {

inline constexpr const char* kPosterFile = "poster.jpg";
inline constexpr const char* kWaveformFile = "waveform.json";

// Errors: NoSpace, Io, Internal.
Result<void> write_poster(const std::filesystem::path& folder, const AVFrame& frame);
Result<void> write_waveform(const std::filesystem::path& folder, const Waveform& waveform);

// Make what isn't there by decoding the tracks; nothing to make it from is no failure.
Result<void> make_missing_poster(const std::filesystem::path& folder);
Result<void> make_missing_waveform(const std::filesystem::path& folder);

}  // namespace meanwhile
