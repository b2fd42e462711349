#include "tests/bench/bench_files.h"

#include <fmt/format.h>

#include <fstream>

#include "app/demo/talking_face.h"
#include "media/base/child_process.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr int kSceneSeconds = 10;
constexpr int kScenes = 60;

using Words = std::vector<std::string>;

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::string last_line(const fs::path& file) {
  std::ifstream stream(file);
  std::string last;
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) last = line;
  return last;
}

// A file that is there is whole: it gets its name last.
Result<void> make_once(const fs::path& file, const Words& arguments) {
  if (fs::exists(file)) return {};
  const fs::path unfinished = file.parent_path() / ("unfinished-" + file.filename().string());
  MEANWHILE_TRY(run_ffmpeg(arguments + Words{unfinished.string()}));
  std::error_code error;
  fs::rename(unfinished, file, error);
  if (error) return fail(ErrorCode::Io, "naming " + file.string() + ": " + error.message());
  return {};
}

Words encode_scene(const std::string& picture) {
  return {"-f",
          "lavfi",
          "-i",
          picture,
          "-t",
          std::to_string(kSceneSeconds),
          "-c:v",
          "libx264",
          "-preset",
          "veryfast",
          "-crf",
          "23",
          "-pix_fmt",
          "yuv420p",
          "-g",
          "60",
          "-keyint_min",
          "60",
          "-sc_threshold",
          "0",
          "-bf",
          "0"};
}

Words repeat_in_fragments(const fs::path& scene) {
  return {"-stream_loop",
          std::to_string(kScenes - 1),
          "-i",
          scene.string(),
          "-c",
          "copy",
          "-movflags",
          "+frag_keyframe+empty_moov+default_base_moof",
          "-frag_duration",
          "1000000"};
}

Result<std::string> long_track(const fs::path& cache, const std::string& name, const std::string& picture) {
  const fs::path scene = cache / (name + "-scene.mp4");
  const fs::path track = cache / (name + "-10min.mp4");
  MEANWHILE_TRY(make_once(scene, encode_scene(picture)));
  MEANWHILE_TRY(make_once(track, repeat_in_fragments(scene)));
  return track.string();
}

Result<void> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(ErrorCode::Io, "making " + folder.string() + ": " + error.message());
  return {};
}

}  // namespace

Result<void> run_ffmpeg(const Words& arguments) {
  const ScopedFolder folder;
  const fs::path log = folder.path() / "log";
  const auto status =
      run_program(Words{"ffmpeg", "-hide_banner", "-nostdin", "-y", "-v", "error"} + arguments,
                  {.environment = {}, .output = log});
  if (!status) return std::unexpected(status.error());
  if (*status != 0)
    return fail(ErrorCode::Io, fmt::format("ffmpeg ended with status {}: {}", *status, last_line(log)));
  return {};
}

Result<fs::path> camera_file(const fs::path& cache) {
  MEANWHILE_TRY(make_folder(cache));
  const fs::path file = cache / "camera.mkv";
  MEANWHILE_TRY(make_once(file, {"-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30,noise=alls=4:allf=t",
                                 "-t", "20", "-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p"}));
  return file;
}

Result<fs::path> face_file(const fs::path& cache) {
  MEANWHILE_TRY(make_folder(cache));
  const fs::path drawn = cache / "face.y4m";
  const fs::path file = cache / "face.mkv";
  MEANWHILE_TRY(write_talking_face(drawn));
  MEANWHILE_TRY(
      make_once(file, {"-stream_loop", "-1", "-i", drawn.string(), "-t", "10", "-vf",
                       "scale=1280:720:flags=bicubic,minterpolate=fps=30:mi_mode=blend,noise=alls=5:allf=t",
                       "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"}));
  return file;
}

Result<PlayFiles> playing_files(const fs::path& cache) {
  MEANWHILE_TRY(make_folder(cache));
  auto screen = long_track(cache, "screen", "testsrc2=size=1920x1080:rate=30,noise=alls=3:allf=t");
  if (!screen) return std::unexpected(screen.error());
  auto camera = long_track(cache, "camera", "testsrc2=size=1280x720:rate=30,noise=alls=3:allf=t");
  if (!camera) return std::unexpected(camera.error());
  return PlayFiles{.screen = *screen, .camera = *camera, .voice = {}};
}

}  // namespace meanwhile
