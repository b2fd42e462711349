#include "tests/bench/record_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/bench/bench_files.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr double kMegabyte = 1e6;
constexpr double kKibibyte = 1024;
constexpr auto kSpare = std::chrono::seconds(30);  // that the voice goes on after the recording

Result<void> add_company(RecordStage& stage, const RecordPlan& plan, const fs::path& folder) {
  auto camera = plan.view == CameraView::Face ? face_file(plan.cache) : camera_file(plan.cache);
  if (!camera) return std::unexpected(camera.error());
  stage.camera = *camera;
  auto sound = PulseServer::start();
  if (!sound) return std::unexpected(sound.error());
  stage.sound = std::move(*sound);
  const fs::path wav = folder / "voice.wav";
  MEANWHILE_TRY(write_beep(wav, 220, plan.length + kSpare));
  auto voice = stage.sound->start_playing_into_microphone(wav);
  if (!voice) return std::unexpected(voice.error());
  stage.voice = std::move(*voice);
  return {};
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

Environment RecordStage::environment() const {
  Environment all = screen->environment();
  if (sound) std::ranges::copy(sound->environment(), std::back_inserter(all));
  return all;
}

Result<RecordStage> set_stage(WorkloadKind kind, Company company, const RecordPlan& plan,
                              const fs::path& folder) {
  RecordStage stage;
  auto screen = XServer::start(kScreenSize);
  if (!screen) return std::unexpected(screen.error());
  stage.screen = std::move(*screen);
  if (company == Company::WithCameraAndVoice) MEANWHILE_TRY(add_company(stage, plan, folder));
  auto workload = start_workload(kind, *stage.screen);
  if (!workload) return std::unexpected(workload.error());
  stage.workload = std::move(*workload);
  return stage;
}

std::string read_text(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Result<RecordFigures> run_recorder(const std::vector<std::string>& arguments, const RecordStage& stage,
                                   const fs::path& folder, const RecordPlan& plan, const Environment& more) {
  Environment surroundings = stage.environment();
  surroundings.insert(surroundings.end(), more.begin(), more.end());
  return run_recorder(arguments, surroundings, folder, plan);
}

Result<RecordFigures> run_recorder(const std::vector<std::string>& arguments, const Environment& environment,
                                   const fs::path& folder, const RecordPlan& plan) {
  const fs::path log = folder / "log";
  auto recorder = ChildProcess::start(arguments, {.environment = environment, .output = log});
  if (!recorder) return std::unexpected(recorder.error());
  return wait_for_recorder(**recorder, arguments.front(), log, plan);
}

Result<RecordFigures> wait_for_recorder(ChildProcess& recorder, const std::string& name, const fs::path& log,
                                        const RecordPlan& plan) {
  if (const int status = recorder.wait(); status != 0)
    return fail(ErrorCode::Io, fmt::format("{} ended with status {}:\n{}", name, status, read_text(log)));
  const rusage& usage = recorder.usage();
  RecordFigures figures;
  figures.cpu_per_second =
      (seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime)) / static_cast<double>(plan.length.count());
  figures.peak_megabytes = static_cast<double>(usage.ru_maxrss) * kKibibyte / kMegabyte;
  return figures;
}

}  // namespace meanwhile
