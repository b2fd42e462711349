// What a take is begun with, and what becomes of it.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "media/base/media_time.h"
#include "media/record/track_report.h"

namespace meanwhile {

struct TakeDetails {
  std::string title;
  std::string channel;
  bool is_rehearsal = false;  // nobody else is told of it: RecordSettings::listener isn't
  bool clean_sound = false;   // as Take's
};

enum class RecordState { Armed, Recording, Paused, Finished, Failed };

// How far retake() goes back at most.
constexpr MediaTime kFarthestRetake = std::chrono::seconds(30);

// What retake() did.
struct Retake {
  MediaTime at{};       // the take ends here now, and goes on from here
  MediaTime dropped{};  // what was taken back
};

struct TakeSummary {
  std::string clip;
  std::filesystem::path folder;
  MediaTime duration{};
  std::vector<TrackReport> tracks;
  std::vector<std::string> warnings;
};

}  // namespace meanwhile
