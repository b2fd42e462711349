// What recording costs, ours and others, on the same workload.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "tests/bench/frame_numbers.h"
#include "tests/bench/workload.h"

namespace meanwhile {

enum class Company { Alone, WithCameraAndVoice };
// What the camera sees: a hard one (testsrc2, moving edges and noise), or what cameras mostly see.
enum class CameraView { Pattern, Face };

struct RecordPlan {
  std::filesystem::path cache;  // for bench_files.h
  std::chrono::seconds length{25};
  int repeats = 1;
  // Ours to an open library and to a sealed one, sent while it is recorded, in place of others' recorders.
  bool is_published = false;
  CameraView view = CameraView::Pattern;
};

struct TrackFrames {
  std::optional<std::int64_t> captured;  // nullopt: the recorder doesn't say
  std::int64_t encoded = 0;
  std::int64_t dropped = 0;
};

struct RecordFigures {
  double cpu_per_second = 0;  // user and system time of the recorder, its start and end included
  TrackFrames screen;
  std::optional<TrackFrames> camera;  // nullopt: none, or in one picture with the screen
  std::optional<FilmShare> film;      // of WorkloadKind::Motion
  double megabytes_per_minute = 0;
  double peak_megabytes = 0;
};

struct RecorderFigures {
  std::string recorder;
  RecordFigures figures;  // of `repeats` runs, taken in turns, the one with the median processor time
};

// Ours first, then ffmpeg, then, for the screen alone, what else is installed. Each on an X server of its
// own, 30 pictures a second. Errors: NotFound (a program isn't installed), Unavailable, Io (a recorder
// failed).
Result<std::vector<RecorderFigures>> compare_recording(WorkloadKind workload, Company company,
                                                       const RecordPlan& plan);

}  // namespace meanwhile
