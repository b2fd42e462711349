// take.json and Take, into each other. Format: FORMAT.md.
#pragma once

#include <string>

#include "media/base/json.h"
#include "media/base/result.h"
#include "media/record/take.h"
#include "media/record/track_report.h"

namespace meanwhile {

inline constexpr const char* kTakeFile = "take.json";

std::string take_state_name(TakeState state);

// Fields that are missing or make no sense get their defaults, unknown tracks are passed over (and kept in
// json). folder and is_being_recorded are left to the caller. Errors: Corrupt (no take at all), Unsupported
// (a newer format).
Result<Take> take_from_json(Json json);

// take.json with the fields of take.json that we don't know kept.
Json json_from_take(const Take& take);

// {"from_us","to_us"}, either may be absent.
Json json_from_trim(const Trim& trim);
Json json_from_report(const TrackReport& report);
// Its member "health".
Json json_from_health(const TrackReport& report);

}  // namespace meanwhile
