#include "tests/bench/recordings.h"

#include <cstdlib>
#include <optional>
#include <string>

#include "media/base/child_process.h"
#include "media/base/json.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr double kMegabyte = 1e6;

TrackFrames frames_of(const Json& track) {
  return {.captured = track.at("frames_captured").get<std::int64_t>(),
          .encoded = track.at("frames_encoded").get<std::int64_t>(),
          .dropped = track.at("frames_dropped").get<std::int64_t>()};
}

Result<fs::path> find_take(const fs::path& home) {
  for (const auto& entry : fs::recursive_directory_iterator(home))
    if (entry.path().filename() == "take.json") return entry.path().parent_path();
  return fail(ErrorCode::NotFound, "finding the take in " + home.string());
}

// Pictures in the film's video track, as ffprobe counts them.
Result<std::int64_t> count_pictures(const fs::path& video, const fs::path& folder) {
  const fs::path answer = folder / "count";
  const auto status =
      run_program({"ffprobe", "-v", "error", "-select_streams", "v:0", "-count_packets", "-show_entries",
                   "stream=nb_read_packets", "-of", "csv=p=0", video.string()},
                  {.environment = {}, .output = answer});
  if (!status) return std::unexpected(status.error());
  return std::atoll(read_text(answer).c_str());
}

}  // namespace

Result<Recording> read_take(RecordFigures figures, const fs::path& home, const RecordPlan& plan) {
  const auto take = find_take(home);
  if (!take) return std::unexpected(take.error());
  std::uintmax_t bytes = 0;
  const Json document = Json::parse(read_text(*take / "take.json"));
  for (const Json& track : document.at("tracks")) {
    if (track.at("name") == "screen") figures.screen = frames_of(track);
    if (track.at("name") == "camera") figures.camera = frames_of(track);
    bytes += fs::file_size(*take / track.at("file").get<std::string>());
  }
  figures.megabytes_per_minute = megabytes_per_minute(bytes, plan);
  return Recording{figures, *take / "screen.mp4"};
}

Result<Recording> read_video(Result<RecordFigures> figures, const fs::path& video, const RecordPlan& plan,
                             const fs::path& folder) {
  if (!figures) return std::unexpected(figures.error());
  const auto pictures = count_pictures(video, folder);
  if (!pictures) return std::unexpected(pictures.error());
  figures->screen = {.captured = std::nullopt, .encoded = *pictures, .dropped = 0};
  figures->megabytes_per_minute = megabytes_per_minute(fs::file_size(video), plan);
  return Recording{*figures, video};
}

double megabytes_per_minute(std::uintmax_t bytes, const RecordPlan& plan) {
  return static_cast<double>(bytes) / kMegabyte * 60 / static_cast<double>(plan.length.count());
}

}  // namespace meanwhile
