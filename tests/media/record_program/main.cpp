// Records scripted sources in real time until it is killed, or for some seconds: record_scripted FOLDER
// [SECONDS] [still|moving]. Prints "recording" once the take runs, and at the end what it cost.
#include <sys/resource.h>

#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

#include "media/record/recorder.h"
#include "tests/support/scripted_sources.h"

namespace meanwhile {
namespace {

constexpr int kPreparedFrames = 64;

// Frames drawn beforehand, so that the drawing isn't measured.
class Scene {
 public:
  Scene(int width, int height, bool is_still) : is_still_(is_still) {
    for (int i = 0; i < (is_still ? 1 : kPreparedFrames); ++i)
      frames_.push_back(grey_frame(width, height, 90, i + 1));
  }
  FramePtr draw(std::int64_t n) const {
    if (is_still_ && n > 0) return nullptr;
    return reference(*frames_[static_cast<std::size_t>(n) % frames_.size()]);
  }

 private:
  const bool is_still_;
  std::vector<FramePtr> frames_;
};

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + time.tv_usec / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

RecorderParts scripted_parts(const Scene& screen, const Scene& camera) {
  RecorderParts parts = parts_without_devices();
  parts.open_screen = [&screen](const std::string&, int,
                                const Clock& clock) -> Result<std::unique_ptr<FrameSource>> {
    return paced_frames({"Scripted screen", 1920, 1080, 30}, clock,
                        [&](std::int64_t n) { return screen.draw(n); });
  };
  parts.open_camera = [&camera](const std::string&, int,
                                const Clock& clock) -> Result<std::unique_ptr<FrameSource>> {
    return paced_frames({"Scripted camera", 640, 360, 15}, clock,
                        [&](std::int64_t n) { return camera.draw(n); });
  };
  parts.open_microphone = [](const std::string&,
                             const Clock& clock) -> Result<std::unique_ptr<SampleSource>> {
    return paced_samples({"Scripted microphone", 1}, clock, [](std::int64_t n) {
      return static_cast<float>(0.3 * std::sin(static_cast<double>(n) * 0.0576));
    });
  };
  return parts;
}

int run(const std::string& folder, int seconds, const std::string& motion) {
  const Scene screen(1920, 1080, motion == "still");
  const Scene camera(640, 360, false);
  const SteadyClock clock;
  RecordSettings settings;
  if (motion != "both") settings.camera = "none";
  auto recorder = create_recorder(settings, clock, nullptr, scripted_parts(screen, camera));
  if (!recorder || !(*recorder)->start(folder, {"Scripted", "tests"})) return 1;
  std::puts("recording");
  std::fflush(stdout);
  const double before = processor_seconds();
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable never;
  never.wait_for(lock, std::chrono::seconds(seconds), [] { return false; });
  const double cost = (processor_seconds() - before) / seconds;
  const auto summary = (*recorder)->finish();
  if (!summary) return 1;
  std::printf("cost %.3f processor seconds a second\n%s\n", cost, summary->folder.c_str());
  for (const TrackReport& track : summary->tracks) {
    std::printf("%s: captured %lld, encoded %lld, dropped %lld, %llu bytes\n", track.file.c_str(),
                static_cast<long long>(track.frames_captured), static_cast<long long>(track.frames_encoded),
                static_cast<long long>(track.frames_dropped), static_cast<unsigned long long>(track.bytes));
  }
  return 0;
}

}  // namespace
}  // namespace meanwhile

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  return meanwhile::run(argv[1], argc > 2 ? std::atoi(argv[2]) : 3600, argc > 3 ? argv[3] : "both");
}
