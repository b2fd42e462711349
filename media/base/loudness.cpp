#include "media/base/loudness.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "media/base/json.h"

namespace meanwhile {
namespace {

constexpr double kNearlySilent = -50;
// Further up there is only noise to be had.
constexpr double kMostGain = 24;
constexpr double kLeastGain = -30;
constexpr std::int64_t kHundredths = 100;
constexpr std::int64_t kFarthest = 120 * kHundredths;

std::optional<double> hundredths(const Json& object, const char* name) {
  const auto value = integer_member(object, name);
  if (!value || *value < -kFarthest || *value > kFarthest) return std::nullopt;
  return static_cast<double>(*value) / kHundredths;
}

}  // namespace

double gain_of(const Loudness& loudness) {
  if (loudness.integrated_lufs < kNearlySilent) return 0;
  return std::clamp(kPlayedLufs - loudness.integrated_lufs, kLeastGain, kMostGain);
}

std::optional<Loudness> loudness_from_json(const Json& parent, const char* name) {
  const Json* object = object_member(parent, name);
  if (!object) return std::nullopt;
  const auto integrated = hundredths(*object, "lufs_x100");
  const auto peak = hundredths(*object, "peak_dbtp_x100");
  if (!integrated || !peak) return std::nullopt;
  return Loudness{*integrated, *peak};
}

Json json_of(const Loudness& loudness) {
  return {{"lufs_x100", std::llround(loudness.integrated_lufs * kHundredths)},
          {"peak_dbtp_x100", std::llround(loudness.peak_dbtp * kHundredths)}};
}

}  // namespace meanwhile
