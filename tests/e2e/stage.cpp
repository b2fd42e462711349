#include "tests/e2e/stage.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include "tests/support/track_inspection.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

// Between two looks at a condition.
void nap() {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable never;
  never.wait_for(lock, std::chrono::milliseconds(20), [] { return false; });
}

// What the program prints to `output`; its exit status is 0, else the test fails.
std::string output_of(const std::vector<std::string>& command) {
  const ScopedFolder folder;
  const fs::path out = folder.path() / "out";
  const auto status =
      run_program(command, {.environment = {}, .output = out, .errors = folder.path() / "err"});
  EXPECT_TRUE(status && *status == 0) << command.front() << ": " << text_of_file(folder.path() / "err");
  return text_of_file(out);
}

// In microseconds: by its guess of a frame rate, ffmpeg puts pictures of a rate that varies onto one moment.
bool decodes_silently(const fs::path& film) {
  const ScopedFolder folder;
  const fs::path said = folder.path() / "said";
  const auto status = run_program({"ffmpeg", "-nostdin", "-v", "warning", "-xerror", "-i", film.string(),
                                   "-enc_time_base", "1/1000000", "-f", "null", "-"},
                                  {.environment = {}, .output = said});
  const std::string complaint = text_of_file(said);
  EXPECT_EQ(complaint, "");
  return status && *status == 0 && complaint.empty();
}

}  // namespace

Stage::Stage()
    : sound_(must(PulseServer::start())),
      screen_(must(XServer::start(kScreenSize))),
      hands_(must(XHands::connect(screen_->display()))) {
  fs::create_directories(library());
}

Environment Stage::environment(Devices devices) const {
  Environment all = screen_->environment();
  const Environment sound = devices.microphone
                                ? sound_->environment()
                                : Environment{{"PULSE_SERVER", "unix:" + (folder() / "no-sound").string()}};
  const Environment camera =
      devices.camera ? camera_.environment() : Environment{{"MEANWHILE_FAKE_CAMERA", ""}};
  all.insert(all.end(), sound.begin(), sound.end());
  all.insert(all.end(), camera.begin(), camera.end());
  return all;
}

Person Stage::person(const std::string& name, Devices devices) const {
  fs::create_directories(folder() / name);
  return {folder() / name, library(), environment(devices)};
}

bool wait_until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    nap();
  }
  return true;
}

MediaTime recorded_by(const Person& person) {
  MediaTime most{};
  std::error_code error;
  for (const auto& file : fs::recursive_directory_iterator(person.takes(), error)) {
    if (file.path().extension() != ".mp4" || file.file_size(error) == 0) continue;
    const auto packets = packets_of(file.path());  // fails while its beginning is being written
    if (packets && !packets->empty()) most = std::max(most, packets->back().at);
  }
  return most;
}

void let_it_record(const Person& person, MediaTime length) {
  ASSERT_TRUE(wait_until([&] { return recorded_by(person) >= length; }))
      << "only " << to_seconds(recorded_by(person)) << " s are recorded in " << person.takes();
}

std::string import_film(const Person& author, const fs::path& folder, const std::string& pictures,
                        const std::string& seconds) {
  const std::string film = (folder / "imported.mp4").string();
  const auto made = run_program({"ffmpeg",
                                 "-nostdin",
                                 "-y",
                                 "-v",
                                 "error",
                                 "-f",
                                 "lavfi",
                                 "-i",
                                 pictures + ":duration=" + seconds,
                                 "-f",
                                 "lavfi",
                                 "-i",
                                 "sine=frequency=300:sample_rate=48000:duration=" + seconds,
                                 "-c:v",
                                 "libx264",
                                 "-g",
                                 "20",
                                 "-bf",
                                 "0",
                                 "-pix_fmt",
                                 "yuv420p",
                                 "-c:a",
                                 "aac",
                                 film},
                                {});
  EXPECT_TRUE(made && *made == 0);
  const Answer imported = author.ask({"import", film, "--title", "Film"});
  EXPECT_EQ(imported.status, 0) << imported.err;
  return imported.status == 0 ? imported.json["takes"][0].value("clip", "") : std::string();
}

std::string publish_film(const Person& author, const fs::path& folder, const std::string& pictures,
                         const std::string& seconds) {
  const std::string clip = import_film(author, folder, pictures, seconds);
  const Answer published = author.ask({"publish", clip});
  EXPECT_EQ(published.status, 0) << published.err;
  return clip;
}

Film look_at(const fs::path& path) {
  const std::string text =
      output_of({"ffprobe", "-v", "error", "-of", "json", "-show_streams", "-show_format", path.string()});
  const Json json = Json::parse(text, nullptr, false);
  Film film;
  if (!json.is_object() || !json.contains("streams") || !json.contains("format")) return film;
  for (const Json& stream : json["streams"]) {
    film.pictures += stream["codec_type"] == "video" ? 1 : 0;
    film.sounds += stream["codec_type"] == "audio" ? 1 : 0;
  }
  film.seconds = std::stod(json["format"].value("duration", "0"));
  film.decodes = decodes_silently(path);
  return film;
}

Colour colour_at(const fs::path& film, double second, double left, double top, double width, double height) {
  const std::string crop =
      fmt::format("crop=iw*{}:ih*{}:iw*{}:ih*{},scale=1:1:flags=area", width, height, left, top);
  const std::string bytes =
      output_of({"ffmpeg", "-nostdin", "-v", "error", "-ss", fmt::format("{}", second), "-i", film.string(),
                 "-vf", crop, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"});
  if (bytes.size() != 3) return {};
  const auto value = [&bytes](std::size_t i) {
    return static_cast<double>(static_cast<unsigned char>(bytes[i]));
  };
  return {value(0), value(1), value(2)};
}

double loudest(const fs::path& film) {
  const std::string bytes = output_of({"ffmpeg", "-nostdin", "-v", "error", "-i", film.string(), "-map",
                                       "0:a:0", "-ac", "1", "-f", "s16le", "-"});
  int peak = 0;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto low = static_cast<unsigned char>(bytes[i]);
    const auto high = static_cast<signed char>(bytes[i + 1]);
    peak = std::max(peak, std::abs(high * 256 + low));
  }
  return peak / 32768.0;
}

}  // namespace meanwhile::e2e
