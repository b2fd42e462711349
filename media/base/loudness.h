// How loud an update is, and how much louder or quieter it is played so that all are alike.
#pragma once

#include <optional>

#include "media/base/json.h"

namespace meanwhile {

// Source: EBU R 128 (2020) with ITU-R BS.1770; -16 LUFS is what AES TD1008 advises for speech that is
// streamed.
constexpr double kPlayedLufs = -16;
constexpr double kHighestPlayedPeak = -1;  // dBTP

// Of all sounds of a clip together, as both ears hear them.
struct Loudness {
  double integrated_lufs = 0;
  double peak_dbtp = 0;
  bool operator==(const Loudness&) const = default;
};

// In dB. What is next to silent isn't made loud: 0.
double gain_of(const Loudness& loudness);

// What is done to a clip's sound when it is played or exported.
struct SoundTreatment {
  double gain_db = 0;     // 0: it is left as it is
  bool is_clean = false;  // hum and noise are taken off the voice
  bool operator==(const SoundTreatment&) const = default;
};

// {"lufs_x100", "peak_dbtp_x100"}, whole hundredths. nullopt: no such member, or it makes no sense.
std::optional<Loudness> loudness_from_json(const Json& parent, const char* name);
Json json_of(const Loudness& loudness);

}  // namespace meanwhile
