#include "tests/bench/export_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "media/base/files.h"
#include "media/export/scene_layout.h"
#include "media/record/track_reader.h"
#include "tests/bench/measured_program.h"
#include "tests/bench/record_stage.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr int kLongestSide = 2560;  // the program's own, if it isn't told otherwise
// What is seen 15 ms after a frame's time is what it should show: both put a frame where it is nearest to
// what changes.
constexpr double kNearest = 0.015;

Result<Size> size_of_track(const fs::path& track) {
  const auto file = FileSource::open(track);
  if (!file) return std::unexpected(file.error());
  const auto reader = TrackReader::open(**file);
  if (!reader) return std::unexpected(reader.error());
  return Size{(*reader)->parameters().width, (*reader)->parameters().height};
}

PicturePtr blank(Size size) {
  Picture picture;
  picture.width = size.width;
  picture.height = size.height;
  return std::make_shared<const Picture>(picture);
}

// `each`: a filter that both tracks go through first, with its comma.
std::string hstack_of(Size screen, Size camera, const std::string& each, int first_input) {
  const Size canvas = canvas_for(Layout::SideBySide, screen, camera, kLongestSide);
  const Look look = look_at({}, {}, {Layout::SideBySide}, look_area(canvas), screen, camera);
  const Scene scene = lay_out(look, {blank(screen), blank(camera)});
  const Rect& left = scene.screen->to;
  const Rect& right = scene.camera->to;
  const std::string colour = "color=0x121216";
  return fmt::format(
      "[{0}:v]{1}scale={2}:{3},pad={4}:{5}:{6}:{7}:{8}[left];[{9}:v]{1}scale={10}:{11},pad={12}:{5}:0:{13}:"
      "{8}[right];[left][right]hstack",
      first_input, each, left.width, left.height, right.x, canvas.height, left.x, left.y, colour,
      first_input + 1, right.width, right.height, canvas.width - right.x, right.y);
}

// A take that was just recorded, in a home of its own, and what can be made of it.
class Exports {
 public:
  static Result<Exports> record(WorkloadKind kind, const ExportPlan& plan, const fs::path& folder);

  Result<ProgramCost> by(const fs::path& program, const fs::path& out) const;
  Result<ProgramCost> by_ffmpeg(const fs::path& out) const;
  // Of the picture, beside the same composition of the tracks, never encoded.
  Result<double> ssim(const fs::path& out) const;

 private:
  Result<void> find_tracks();
  [[nodiscard]] fs::path log() const { return home_ / "log"; }

  fs::path home_;
  fs::path screen_;
  fs::path camera_;
  fs::path voice_;
  Size screen_size_;
  Size camera_size_;
};

Result<Exports> Exports::record(WorkloadKind kind, const ExportPlan& plan, const fs::path& folder) {
  const RecordPlan recording{.cache = plan.cache, .length = plan.length, .view = CameraView::Face};
  auto stage = set_stage(kind, Company::WithCameraAndVoice, recording, folder);
  if (!stage) return std::unexpected(stage.error());
  Exports exports;
  exports.home_ = folder / "home";
  const auto recorded =
      run_recorder({MEANWHILE_PROGRAM, "--home", exports.home_.string(), "record", "--screen", "default",
                    "--camera", "file:" + stage->camera.string(), "--mic", "default", "--fps", "30", "--for",
                    fmt::format("{}s", plan.length.count())},
                   *stage, folder, recording);
  if (!recorded) return std::unexpected(recorded.error());
  MEANWHILE_TRY(exports.find_tracks());
  return exports;
}

// The pointer is no part of the pictures: without it both sides show the same.
Result<void> Exports::find_tracks() {
  for (const auto& entry : fs::recursive_directory_iterator(home_)) {
    const std::string name = entry.path().filename().string();
    if (name == "screen.mp4") screen_ = entry.path();
    if (name == "camera.mp4") camera_ = entry.path();
    if (name == "voice.mp4") voice_ = entry.path();
  }
  std::error_code ignored;
  fs::remove(screen_.parent_path() / "pointer.jsonl", ignored);
  const auto screen = size_of_track(screen_);
  if (!screen) return std::unexpected(screen.error());
  const auto camera = size_of_track(camera_);
  if (!camera) return std::unexpected(camera.error());
  screen_size_ = *screen;
  camera_size_ = *camera;
  return {};
}

Result<ProgramCost> Exports::by(const fs::path& program, const fs::path& out) const {
  return measure_program({program.string(), "--home", home_.string(), "export", "latest", out.string()}, {},
                         log());
}

Result<ProgramCost> Exports::by_ffmpeg(const fs::path& out) const {
  const std::string filter = hstack_of(screen_size_, camera_size_, "fps=30,", 0) + "[picture]";
  return measure_program({"ffmpeg",
                          "-hide_banner",
                          "-nostdin",
                          "-y",
                          "-i",
                          screen_.string(),
                          "-i",
                          camera_.string(),
                          "-i",
                          voice_.string(),
                          "-filter_complex",
                          filter,
                          "-map",
                          "[picture]",
                          "-map",
                          "2:a",
                          "-c:v",
                          "libx264",
                          "-preset",
                          "veryfast",
                          "-crf",
                          "21",
                          "-g",
                          "120",
                          "-pix_fmt",
                          "yuv420p",
                          "-c:a",
                          "aac",
                          "-b:a",
                          "160k",
                          "-movflags",
                          "+faststart",
                          out.string()},
                         {}, log());
}

Result<double> Exports::ssim(const fs::path& out) const {
  const fs::path answer = home_ / "ssim";
  const std::string filter = fmt::format("{}[wanted];[0:v]setpts=PTS+{}/TB[shown];[shown][wanted]ssim",
                                         hstack_of(screen_size_, camera_size_, "", 1), kNearest);
  std::error_code ignored;
  fs::remove(answer, ignored);
  const auto cost =
      measure_program({"ffmpeg", "-hide_banner", "-nostdin", "-i", out.string(), "-i", screen_.string(), "-i",
                       camera_.string(), "-lavfi", filter, "-an", "-vsync", "passthrough", "-f", "null", "-"},
                      {}, answer);
  if (!cost) return std::unexpected(cost.error());
  const std::string text = read_text(answer);
  std::smatch found;
  if (!std::regex_search(text, found, std::regex("SSIM Y:([0-9.]+)")))
    return fail(ErrorCode::Io, "ffmpeg says no SSIM: " + text);
  return std::stod(found[1]);
}

struct ExportFigures {
  ProgramCost cost;
  double megabytes = 0;
  double ssim = 0;
};

struct Exporting {
  std::string name;
  std::function<Result<ProgramCost>(const fs::path& out)> run;
  std::vector<ExportFigures> runs = {};
};

Result<ExportFigures> measure_one(const Exports& exports, const Exporting& way, const fs::path& out) {
  std::error_code error;
  fs::remove(out, error);
  const auto cost = way.run(out);
  if (!cost) return std::unexpected(cost.error());
  const auto ssim = exports.ssim(out);
  if (!ssim) return std::unexpected(ssim.error());
  return ExportFigures{
      .cost = *cost, .megabytes = static_cast<double>(fs::file_size(out)) / 1e6, .ssim = *ssim};
}

ExportFigures median(std::vector<ExportFigures> runs) {
  std::ranges::sort(runs, {}, [](const ExportFigures& one) { return one.cost.cpu_seconds; });
  return runs[runs.size() / 2];
}

void print_row(const std::string& material, const std::string& name, const ExportFigures& figures) {
  fmt::print("| {} | {} | {:.2f} | {:.1f} | {:.0f} | {:.2f} | {:.5f} |\n", material, name,
             figures.cost.cpu_seconds, figures.cost.wall_seconds, figures.cost.peak_megabytes,
             figures.megabytes, figures.ssim);
}

void print_ratio(const std::string& material, const ExportFigures& ours, const Exporting& other) {
  const ExportFigures theirs = median(other.runs);
  fmt::print("| {} | **ours : {}** | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:+.5f} |\n", material, other.name,
             ours.cost.cpu_seconds / theirs.cost.cpu_seconds,
             ours.cost.wall_seconds / theirs.cost.wall_seconds,
             ours.cost.peak_megabytes / theirs.cost.peak_megabytes, ours.megabytes / theirs.megabytes,
             ours.ssim - theirs.ssim);
}

Result<void> compare(const std::string& material, const Exports& exports, const ExportPlan& plan,
                     const fs::path& folder) {
  std::vector<Exporting> ways{
      {"meanwhile", [&](const fs::path& out) { return exports.by(MEANWHILE_PROGRAM, out); }},
      {"ffmpeg hstack", [&](const fs::path& out) { return exports.by_ffmpeg(out); }}};
  if (!plan.earlier.empty())
    ways.push_back({"earlier build", [&](const fs::path& out) { return exports.by(plan.earlier, out); }});
  for (int i = 0; i < plan.repeats; ++i) {
    for (Exporting& way : ways) {
      auto figures = measure_one(exports, way, folder / "out.mp4");
      if (!figures) return std::unexpected(figures.error());
      print_row(material, way.name, *figures);
      std::fflush(stdout);
      way.runs.push_back(*figures);
    }
  }
  for (std::size_t i = 1; i < ways.size(); ++i) print_ratio(material, median(ways[0].runs), ways[i]);
  return {};
}

}  // namespace

Result<void> measure_exports(const ExportPlan& plan) {
  fmt::print(
      "| material, {} s | exported by | CPU s | wall s | peak MB | MB | SSIM "
      "|\n|---|---|---|---|---|---|---|\n",
      plan.length.count());
  for (const auto& [kind, name] :
       {std::pair(WorkloadKind::Slide, "slides + face"), std::pair(WorkloadKind::Motion, "film + face")}) {
    const ScopedFolder folder;
    const auto exports = Exports::record(kind, plan, folder.path());
    if (!exports) return std::unexpected(exports.error());
    MEANWHILE_TRY(compare(name, *exports, plan, folder.path()));
  }
  return {};
}

}  // namespace meanwhile
