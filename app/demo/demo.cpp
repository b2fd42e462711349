#include "app/demo/demo.h"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <numbers>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/demo/private_display.h"
#include "app/demo/talking_face.h"
#include "media/base/byte_stream.h"
#include "media/base/child_process.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/library_marker.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr int kScreenWidth = 1920;
constexpr int kScreenHeight = 1080;
constexpr std::uint64_t kLargestAnswerBytes = 1 << 20;
constexpr const char* kSpeech =
    "Hello Ben. This is where we stand. The recorder keeps every word, and the first team uses it daily. "
    "Have a look at the second chart, and tell me by Thursday what you think.";

void tell(const std::string& text) {
  std::fprintf(stderr, "%s\n", text.c_str());
}

Result<void> run_to_success(const std::vector<std::string>& command, const ChildProcess::Options& options) {
  const auto status = run_program(command, options);
  if (!status) return std::unexpected(status.error());
  if (*status == 0) return {};
  const fs::path& said = options.errors.empty() ? options.output : options.errors;
  return fail(ErrorCode::Io, said.empty() ? tr_format("{} ended with status {}", command[0], *status)
                                          : tr_format("{} ended with status {}; what it said is in {}",
                                                      command[0], *status, said.string()));
}

// One person at work: commands of this very program with a home of their own.
class PersonAtWork {
 public:
  PersonAtWork(fs::path folder, const std::string& name, std::string library)
      : folder_(std::move(folder)), home_(folder_ / name), library_(std::move(library)) {}

  std::vector<std::string> command(std::vector<std::string> words) const {
    std::vector<std::string> all{fs::read_symlink("/proc/self/exe").string(), "--home", home_.string(),
                                 "--library", library_};
    all.insert(all.end(), words.begin(), words.end());
    return all;
  }

  // What the command printed as JSON.
  Result<Json> ask(std::vector<std::string> words) const {
    words.emplace_back("--json");
    const fs::path answer = folder_ / "logs" / "answer.json";
    std::error_code ignored;
    fs::remove(answer, ignored);
    MEANWHILE_TRY(run_to_success(command(words), {.output = answer, .errors = log()}));
    auto bytes = read_file(answer, kLargestAnswerBytes);
    if (!bytes) return std::unexpected(bytes.error());
    return parse_json(as_text(*bytes));
  }

  Result<void> run(const std::vector<std::string>& words) const {
    return run_to_success(command(words), {.output = log()});
  }
  fs::path log() const { return folder_ / "logs" / (home_.filename().string() + ".log"); }

 private:
  const fs::path folder_;
  const fs::path home_;
  const std::string library_;
};

Result<fs::path> make_folder(const fs::path& wanted) {
  fs::path folder = wanted;
  if (folder.empty()) {
    std::string pattern = (fs::temp_directory_path() / "meanwhile-demo-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
      return std::unexpected(error_from_errno(errno, tr("making a folder for the demo")));
    folder = pattern;
  }
  MEANWHILE_TRY(make_folders(folder / "logs"));
  return fs::absolute(folder);
}

// espeak-ng's voice; a tone where it isn't installed.
std::string make_voice(const fs::path& folder) {
  const fs::path wave = folder / "voice.wav";
  if (run_to_success({"espeak-ng", "-v", "en-gb", "-s", "150", "-w", wave.string(), kSpeech}, {})) {
    return "file:" + wave.string();
  }
  tell(std::string("  ") + tr("(espeak-ng isn't here: a tone stands in for the voice)"));
  return "lavfi:sine=frequency=330:sample_rate=48000";
}

// Moves the pointer in a slow figure over the slides, until it is destroyed. Owns the thread "pointer".
class WanderingPointer {
 public:
  explicit WanderingPointer(PrivateDisplay& display)
      : thread_("pointer", [&display](std::stop_token stop) { wander(display, stop); }) {}

 private:
  static void wander(PrivateDisplay& display, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any ended;
    std::unique_lock lock(mutex);
    for (int step = 0; !stop.stop_requested(); ++step) {
      const double turn = 2 * std::numbers::pi * step / 160;
      const int x = static_cast<int>(kScreenWidth * (0.5 + 0.3 * std::sin(turn)));
      const int y = static_cast<int>(kScreenHeight * (0.5 + 0.25 * std::sin(2 * turn)));
      if (!display.move_pointer(x, y)) return;
      ended.wait_for(lock, stop, std::chrono::milliseconds(40), [] { return false; });
    }
  }
  NamedThread thread_;
};

struct Stage {
  fs::path folder;
  std::unique_ptr<PrivateDisplay> display;
  std::string voice;
  fs::path face;
};

Result<Stage> set_the_stage(const DemoOptions& options) {
  auto folder = make_folder(options.folder);
  if (!folder) return std::unexpected(folder.error());
  tell(tr_format("Setting the stage in {}", folder->string()));
  auto display = PrivateDisplay::start(kScreenWidth, kScreenHeight, *folder / "logs" / "xvfb.log");
  if (!display) return std::unexpected(display.error());
  ::setenv("DISPLAY", (*display)->name().c_str(), 1);
  ::setenv("SDL_VIDEODRIVER", "x11", 1);
  ::unsetenv("WAYLAND_DISPLAY");
  Stage stage{.folder = *folder,
              .display = std::move(*display),
              .voice = make_voice(*folder),
              .face = *folder / "face.y4m"};
  MEANWHILE_TRY(write_talking_face(stage.face));
  return stage;
}

Result<std::string> record(const Stage& stage, const PersonAtWork& anna, MediaTime length) {
  const auto slides =
      ChildProcess::start(anna.command({"demo-slides"}), {.output = stage.folder / "logs" / "slides.log"});
  if (!slides) return std::unexpected(slides.error());
  MEANWHILE_TRY(stage.display->wait_for_window());
  const WanderingPointer pointer(*stage.display);
  const std::string seconds = fmt::format("{:.3f}", to_seconds(length));
  auto recorded = anna.ask({"record", "--screen", "default", "--camera", "file:" + stage.face.string(),
                            "--mic", stage.voice, "--for", seconds, "--title", "Where we stand", "--channel",
                            "Updates", "--publish"});
  if (!recorded) return fail(tr("recording and publishing"), recorded.error());
  const auto clip = string_member(*recorded, "clip");
  if (!clip) return fail(ErrorCode::Internal, tr("the recording named no clip"));
  return *clip;
}

}  // namespace

Result<DemoReport> run_demo(const DemoOptions& options) {
  auto stage = set_the_stage(options);
  if (!stage) return std::unexpected(stage.error());
  DemoReport report{.folder = stage->folder,
                    .clip = {},
                    .library = stage->folder / "library",
                    .film = stage->folder / "where-we-stand.mp4",
                    .screenshot = stage->folder / "window.png",
                    .comment = {}};
  const std::string url = "folder:" + report.library.string();
  const PersonAtWork anna(stage->folder, "anna", url);
  const PersonAtWork ben(stage->folder, "ben", url);

  // A folder that is used again has one.
  if (!fs::exists(report.library / kLibraryMarkerKey))
    MEANWHILE_TRY(anna.run({"library", "create", url, "--name", "The demo"}));
  MEANWHILE_TRY(anna.run({"me", "--name", "Anna Becker", "--time-zone", "Europe/Berlin"}));
  MEANWHILE_TRY(ben.run({"me", "--name", "Ben Okafor", "--time-zone", "Australia/Sydney"}));
  tell(tr_format("Anna records {:.0f} s of slides, face and voice, and publishes",
                 to_seconds(options.length)));
  auto clip = record(*stage, anna, options.length);
  if (!clip) return std::unexpected(clip.error());
  report.clip = *clip;

  tell(tr("Ben comments at 0:03"));
  auto comment = ben.ask({"comment", report.clip, "--at", "3", "Is the last bar this month's?"});
  if (!comment) return fail(tr("commenting"), comment.error());
  report.comment = string_member(*comment, "id").value_or("");
  tell(tr("Anna fetches what Ben said, answers, and exports the clip side by side"));
  MEANWHILE_TRY(anna.run({"sync"}));
  MEANWHILE_TRY(anna.run({"reply", report.comment, "Yes, up to yesterday."}));
  std::error_code ignored;
  fs::remove(report.film, ignored);
  MEANWHILE_TRY(anna.run({"export", report.clip, report.film.string()}));
  tell(tr("Ben opens the window and plays the clip"));
  MEANWHILE_TRY(
      ben.run({"open", report.clip, "--play", "--for", "5s", "--screenshot", report.screenshot.string()}));
  return report;
}

}  // namespace meanwhile
