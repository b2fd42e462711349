#include "tests/bench/record_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "media/base/json.h"
#include "tests/bench/bench_files.h"
#include "tests/support/pulse_server.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr double kMegabyte = 1e6;
constexpr double kKibibyte = 1024;
constexpr auto kSpare = std::chrono::seconds(30);  // that the voice goes on after the recording

// What both recorders see and hear.
struct Stage {
  std::unique_ptr<XServer> screen;
  std::unique_ptr<PulseServer> sound;  // nullptr: Company::Alone
  std::unique_ptr<ChildProcess> voice;
  std::unique_ptr<Workload> workload;  // ends before the screen goes
  fs::path camera;

  Environment environment() const {
    Environment all = screen->environment();
    if (sound) std::ranges::copy(sound->environment(), std::back_inserter(all));
    return all;
  }
};

Result<void> add_company(Stage& stage, const RecordPlan& plan, const fs::path& folder) {
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

Result<Stage> set_stage(WorkloadKind kind, Company company, const RecordPlan& plan, const fs::path& folder) {
  Stage stage;
  auto screen = XServer::start(kScreenSize);
  if (!screen) return std::unexpected(screen.error());
  stage.screen = std::move(*screen);
  if (company == Company::WithCameraAndVoice) MEANWHILE_TRY(add_company(stage, plan, folder));
  auto workload = start_workload(kind, *stage.screen);
  if (!workload) return std::unexpected(workload.error());
  stage.workload = std::move(*workload);
  return stage;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string read_text(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Recording {
  RecordFigures figures;
  fs::path video;  // the screen is in its upper left corner
};

// Runs the recorder; fills in what can be seen from outside.
Result<RecordFigures> run_recorder(const Words& arguments, const Stage& stage, const fs::path& folder,
                                   const RecordPlan& plan) {
  const fs::path log = folder / "log";
  auto recorder = ChildProcess::start(arguments, {.environment = stage.environment(), .output = log});
  if (!recorder) return std::unexpected(recorder.error());
  if (const int status = (*recorder)->wait(); status != 0)
    return fail(ErrorCode::Io,
                fmt::format("{} ended with status {}:\n{}", arguments.front(), status, read_text(log)));
  const rusage& usage = (*recorder)->usage();
  RecordFigures figures;
  figures.cpu_per_second =
      (seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime)) / static_cast<double>(plan.length.count());
  figures.peak_megabytes = static_cast<double>(usage.ru_maxrss) * kKibibyte / kMegabyte;
  return figures;
}

double per_minute(std::uintmax_t bytes, const RecordPlan& plan) {
  return static_cast<double>(bytes) / kMegabyte * 60 / static_cast<double>(plan.length.count());
}

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

Result<Recording> record_ours(const Stage& stage, const RecordPlan& plan, const fs::path& folder) {
  const fs::path home = folder / "home";
  const bool has_company = stage.sound != nullptr;
  auto figures = run_recorder(
      {MEANWHILE_PROGRAM, "--home", home.string(), "record", "--screen", "default", "--camera",
       has_company ? "file:" + stage.camera.string() : "none", "--mic", has_company ? "default" : "none",
       "--fps", "30", "--for", fmt::format("{}s", plan.length.count())},
      stage, folder, plan);
  if (!figures) return std::unexpected(figures.error());
  const auto take = find_take(home);
  if (!take) return std::unexpected(take.error());
  std::uintmax_t bytes = 0;
  const Json document = Json::parse(read_text(*take / "take.json"));
  for (const Json& track : document.at("tracks")) {
    if (track.at("name") == "screen") figures->screen = frames_of(track);
    if (track.at("name") == "camera") figures->camera = frames_of(track);
    bytes += fs::file_size(*take / track.at("file").get<std::string>());
  }
  figures->megabytes_per_minute = per_minute(bytes, plan);
  return Recording{*figures, *take / "screen.mp4"};
}

Words ffmpeg_inputs(const Stage& stage) {
  Words words{"-f",          "x11grab",
              "-framerate",  "30",
              "-video_size", fmt::format("{}x{}", kScreenSize.width, kScreenSize.height),
              "-i",          stage.screen->display()};
  if (!stage.sound) return words;
  const Words company{
      "-re",
      "-stream_loop",
      "-1",
      "-i",
      stage.camera.string(),
      "-f",
      "pulse",
      "-i",
      PulseServer::kMicrophone,
      "-filter_complex",
      fmt::format("[1:v]pad=iw:{}:0:(oh-ih)/2[camera];[0:v][camera]hstack[picture]", kScreenSize.height),
      "-map",
      "[picture]",
      "-map",
      "2:a",
      "-c:a",
      "aac"};
  words.insert(words.end(), company.begin(), company.end());
  return words;
}

// The last value of each name in what -progress wrote. Source: ffmpeg(1), "-progress".
std::map<std::string, std::string> read_progress(const fs::path& file) {
  std::map<std::string, std::string> values;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t equals = line.find('=');
    if (equals != std::string::npos) values[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return values;
}

Result<Recording> record_theirs(const Stage& stage, const RecordPlan& plan, const fs::path& folder) {
  const fs::path progress = folder / "progress";
  const fs::path video = folder / "ffmpeg.mp4";
  Words words{"ffmpeg", "-hide_banner", "-nostdin", "-y", "-progress", progress.string()};
  std::ranges::copy(ffmpeg_inputs(stage), std::back_inserter(words));
  const Words output{"-t",          std::to_string(plan.length.count()),
                     "-c:v",        "libx264",
                     "-preset",     "veryfast",
                     "-crf",        "23",
                     "-pix_fmt",    "yuv420p",
                     video.string()};
  words.insert(words.end(), output.begin(), output.end());
  auto figures = run_recorder(words, stage, folder, plan);
  if (!figures) return std::unexpected(figures.error());
  auto values = read_progress(progress);
  const auto number = [&](const char* name) { return std::atoll(values[name].c_str()); };
  figures->screen = {.captured = std::nullopt, .encoded = number("frame"), .dropped = number("drop_frames")};
  figures->megabytes_per_minute = per_minute(fs::file_size(video), plan);
  return Recording{*figures, video};
}

using Record = Result<Recording> (*)(const Stage&, const RecordPlan&, const fs::path&);

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

}  // namespace

Result<RecordComparison> compare_recording(WorkloadKind workload, Company company, const RecordPlan& plan) {
  std::vector<RecordFigures> ours;
  std::vector<RecordFigures> theirs;
  for (int i = 0; i < plan.repeats; ++i) {
    auto mine = measure(record_ours, workload, company, plan);
    if (!mine) return std::unexpected(mine.error());
    auto other = measure(record_theirs, workload, company, plan);
    if (!other) return std::unexpected(other.error());
    ours.push_back(*mine);
    theirs.push_back(*other);
  }
  return RecordComparison{.ours = median(std::move(ours)), .theirs = median(std::move(theirs))};
}

}  // namespace meanwhile
