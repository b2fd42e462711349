#include "tests/bench/bench_files.h"

#include <fmt/format.h>

#include <fstream>
#include <thread>

#include "app/demo/talking_face.h"
#include "media/base/child_process.h"
#include "media/base/files.h"
#include "media/record/track_reader.h"
#include "media/record/video_encoder.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr int kSceneSeconds = 10;
constexpr int kScenes = 60;
constexpr std::size_t kQueue = 16;
constexpr double kFullestQueue = 0.5;
constexpr std::chrono::milliseconds kLookAgain{1};

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

// What another program makes of it: a keyframe each 2 s.
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

Words keep_every_pixel(const std::string& picture) {
  return {"-f",        "lavfi",
          "-i",        picture,
          "-t",        std::to_string(kSceneSeconds),
          "-c:v",      "libx264",
          "-preset",   "ultrafast",
          "-qp",       "0",
          "-pix_fmt",  "yuv420p",
          "-movflags", "+frag_keyframe+empty_moov"};
}

// Gives the recorder's encoder the pictures of a file, at the encoder's pace.
Result<void> push_pictures(const fs::path& pictures, VideoEncoder& encoder) {
  const auto file = FileSource::open(pictures);
  if (!file) return std::unexpected(file.error());
  const auto reader = TrackReader::open(**file);
  if (!reader) return std::unexpected(reader.error());
  for (;;) {
    auto frame = (*reader)->read_frame();
    if (!frame && frame.error().code == ErrorCode::EndOfStream) return {};
    if (!frame) return std::unexpected(frame.error());
    while (encoder.queue_share() > kFullestQueue) std::this_thread::sleep_for(kLookAgain);
    const MediaTime at = (*reader)->time_of(**frame);
    encoder.push(std::move(*frame), at);
  }
}

// What our recorder makes of the pictures.
Result<void> record_scene(const fs::path& pictures, const fs::path& scene, VideoUse use) {
  if (fs::exists(scene)) return {};
  const fs::path unfinished = scene.parent_path() / ("unfinished-" + scene.filename().string());
  std::error_code error;
  fs::remove(unfinished, error);
  auto sink = FileSink::create(unfinished);
  if (!sink) return std::unexpected(sink.error());
  DiskWriter disk{[](const Error&) {}};
  const auto track =
      std::make_shared<TrackFile>(disk, std::make_shared<DiskFile>(std::move(*sink)), unfinished);
  VideoEncoder encoder(
      {.track = "bench", .use = use, .queue_capacity = kQueue},
      [&](const AVCodecContext& context) { return TrackWriter::create(context, track); },
      [](const Error&) {});
  MEANWHILE_TRY(push_pictures(pictures, encoder));
  encoder.finish(std::chrono::seconds(kSceneSeconds));
  MEANWHILE_TRY(disk.finish());
  fs::rename(unfinished, scene, error);
  if (error) return fail(ErrorCode::Io, "naming " + scene.string() + ": " + error.message());
  return {};
}

Result<std::string> recorded_track(const fs::path& cache, const std::string& name, const std::string& picture,
                                   VideoUse use) {
  const fs::path pictures = cache / (name + "-pictures.mp4");
  const fs::path scene = cache / (name + "-recorded.mp4");
  const fs::path track = cache / (name + "-recorded-10min.mp4");
  MEANWHILE_TRY(make_once(pictures, keep_every_pixel(picture)));
  MEANWHILE_TRY(record_scene(pictures, scene, use));
  MEANWHILE_TRY(make_once(track, repeat_in_fragments(scene)));
  return track.string();
}

Result<std::string> foreign_track(const fs::path& cache, const std::string& name,
                                  const std::string& picture) {
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

Result<PlayFiles> playing_files(const fs::path& cache, MadeBy made_by) {
  MEANWHILE_TRY(make_folder(cache));
  const auto track = [&](const std::string& name, const std::string& picture, VideoUse use) {
    return made_by == MadeBy::Us ? recorded_track(cache, name, picture, use)
                                 : foreign_track(cache, name, picture);
  };
  auto screen = track("screen", "testsrc2=size=1920x1080:rate=30,noise=alls=3:allf=t", VideoUse::Screen);
  if (!screen) return std::unexpected(screen.error());
  auto camera = track("camera", "testsrc2=size=1280x720:rate=30,noise=alls=3:allf=t", VideoUse::Camera);
  if (!camera) return std::unexpected(camera.error());
  const auto duration = length_of(*screen);
  if (!duration) return std::unexpected(duration.error());
  return PlayFiles{.screen = *screen, .camera = *camera, .voice = {}, .duration = *duration};
}

}  // namespace meanwhile
