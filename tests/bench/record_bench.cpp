#include "tests/bench/record_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tests/bench/other_recorders.h"
#include "tests/bench/record_stage.h"
#include "tests/bench/recordings.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

Result<Recording> record_with(const Words& more, const RecordStage& stage, const RecordPlan& plan,
                              const fs::path& folder) {
  const fs::path home = folder / "home";
  const bool has_company = stage.sound != nullptr;
  Words words{MEANWHILE_PROGRAM, "--home",
              home.string(),     "record",
              "--screen",        "default",
              "--camera",        has_company ? "file:" + stage.camera.string() : "none",
              "--mic",           has_company ? "default" : "none",
              "--fps",           "30",
              "--for",           fmt::format("{}s", plan.length.count())};
  words.insert(words.end(), more.begin(), more.end());
  auto figures = run_recorder(words, stage, folder, plan);
  if (!figures) return std::unexpected(figures.error());
  return read_take(*figures, home, plan);
}

Result<Recording> record_ours(const RecordStage& stage, const RecordPlan& plan, const fs::path& folder) {
  return record_with({}, stage, plan, folder);
}

// Into a library that was made before, and sent while it is recorded.
Result<Recording> record_and_publish(const Words& kind, const RecordStage& stage, const RecordPlan& plan,
                                     const fs::path& folder) {
  Words words{MEANWHILE_PROGRAM, "--home", (folder / "home").string(),
              "library",         "create", "folder:" + (folder / "library").string(),
              "--name",          "Bench"};
  words.insert(words.end(), kind.begin(), kind.end());
  const auto status = run_program(words, {.environment = {}, .output = folder / "create.log"});
  if (!status) return std::unexpected(status.error());
  if (*status != 0) return fail(ErrorCode::Io, "making the library: " + read_text(folder / "create.log"));
  return record_with({"--publish"}, stage, plan, folder);
}

Result<Recording> publish_open(const RecordStage& stage, const RecordPlan& plan, const fs::path& folder) {
  return record_and_publish({}, stage, plan, folder);
}

Result<Recording> publish_sealed(const RecordStage& stage, const RecordPlan& plan, const fs::path& folder) {
  return record_and_publish({"--sealed"}, stage, plan, folder);
}

using Record = Result<Recording> (*)(const RecordStage&, const RecordPlan&, const fs::path&);

Result<RecordFigures> measure(Record record, WorkloadKind kind, Company company, const RecordPlan& plan) {
  const ScopedFolder folder;
  auto stage = set_stage(kind, company, plan, folder.path());
  if (!stage) return std::unexpected(stage.error());
  auto recording = record(*stage, plan, folder.path());
  if (!recording) return std::unexpected(recording.error());
  if (kind != WorkloadKind::Motion) return recording->figures;
  const auto film = read_frame_numbers(recording->video);
  if (!film) return std::unexpected(film.error());
  recording->figures.film = *film;
  return recording->figures;
}

RecordFigures median(std::vector<RecordFigures> runs) {
  std::ranges::sort(runs, {}, &RecordFigures::cpu_per_second);
  return runs[runs.size() / 2];
}

struct Recorder {
  const char* name;
  Record record;
  const char* program;  // optional: left out where it isn't installed; nullptr: must be there
};

constexpr std::array<Recorder, 2> kAlways{
    {{"meanwhile", record_ours, nullptr}, {"ffmpeg", record_by_ffmpeg, nullptr}}};
constexpr std::array<Recorder, 2> kScreenOnly{
    {{"SimpleScreenRecorder", record_by_simplescreenrecorder, "simplescreenrecorder"},
     {"OBS", record_by_obs, "obs"}}};

constexpr std::array<Recorder, 2> kPublishing{
    {{"meanwhile, sealed", publish_sealed, nullptr}, {"meanwhile, open", publish_open, nullptr}}};

std::vector<Recorder> recorders_for(Company company, const RecordPlan& plan) {
  if (plan.is_published) return {kPublishing.begin(), kPublishing.end()};
  std::vector<Recorder> all(kAlways.begin(), kAlways.end());
  if (company != Company::Alone) return all;
  for (const Recorder& recorder : kScreenOnly) {
    if (run_program({"which", recorder.program}, {}).value_or(1) == 0) all.push_back(recorder);
  }
  return all;
}

}  // namespace

Result<std::vector<RecorderFigures>> compare_recording(WorkloadKind workload, Company company,
                                                       const RecordPlan& plan) {
  const std::vector<Recorder> recorders = recorders_for(company, plan);
  std::vector<std::vector<RecordFigures>> runs(recorders.size());
  for (int round = 0; round < plan.repeats; ++round) {
    for (std::size_t i = 0; i < recorders.size(); ++i) {
      auto figures = measure(recorders[i].record, workload, company, plan);
      if (!figures) return std::unexpected(figures.error());
      runs[i].push_back(*figures);
    }
  }
  std::vector<RecorderFigures> all;
  for (std::size_t i = 0; i < recorders.size(); ++i)
    all.push_back({recorders[i].name, median(std::move(runs[i]))});
  return all;
}

}  // namespace meanwhile
