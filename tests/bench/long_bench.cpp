#include "tests/bench/long_bench.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <thread>
#include <vector>

#include "media/base/layout.h"
#include "media/capture/sample_blocks.h"
#include "media/record/recorder.h"
#include "media/record/take_summary.h"
#include "media/record/track_report.h"
#include "tests/support/environment.h"
#include "tests/support/scripted_sources.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;

constexpr Size kScreen{1920, 1080};
constexpr Size kCamera{320, 180};
constexpr milliseconds kBlock{10};
constexpr int kBlocksPerPicture = 3;      // of the camera
constexpr int kBlocksPerChange = 200;     // of the screen
constexpr int kPictures = 32;             // drawn once, shown in turns
constexpr std::int64_t kMostWaiting = 3;  // pictures that the encoders are behind
constexpr double kSoundWaiting = 1;       // seconds
constexpr int kSamplesPerPacket = 1024;   // of AAC

double resident_megabytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  file >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

std::vector<FramePtr> draw(Size size) {
  std::vector<FramePtr> pictures;
  for (int i = 0; i < kPictures; ++i) pictures.push_back(grey_frame(size.width, size.height, 60 + i, i + 1));
  return pictures;
}

// The take, played as fast as the encoders go.
class LongTake {
 public:
  Result<void> start(const std::filesystem::path& folder) {
    RecorderParts parts = parts_without_devices();
    parts.open_screen = always(screen_);
    parts.open_camera = always(camera_);
    parts.open_microphone = always(voice_);
    auto recorder = create_recorder({}, clock_, [] {}, parts);
    if (!recorder) return std::unexpected(recorder.error());
    recorder_ = std::move(*recorder);
    return recorder_->start(folder, {});
  }
  void play(MediaTime length) {
    for (const MonotonicTime end = clock_.now() + length; clock_.now() < end; ++block_) play_block();
  }
  Result<TakeSummary> finish() { return recorder_->finish(); }

 private:
  void play_block() {
    const MonotonicTime at = clock_.now();
    const auto picture = static_cast<std::size_t>(block_ / kBlocksPerPicture) % kPictures;
    if (block_ % kBlocksPerChange == 0) screen_.frame(reference(*screens_[picture]), at);
    if (block_ % kBlocksPerPicture == 0) camera_.frame(reference(*faces_[picture]), at);
    voice_.samples(reference(*sound_), at);
    clock_.advance(kBlock);
    if (block_ % kBlocksPerPicture == 0) wait_for_encoders();
  }
  void wait_for_encoders() const {
    while (!are_encoders_there()) std::this_thread::yield();
  }
  bool are_encoders_there() const {
    const RecordStatus status = recorder_->status();
    return std::ranges::all_of(status.tracks, [&](const TrackReport& track) {
      if (track.kind != TrackKind::Voice)
        return track.frames_captured - track.frames_encoded - track.frames_dropped <= kMostWaiting;
      const double encoded = static_cast<double>(track.frames_encoded) * kSamplesPerPacket / kSampleRate;
      return encoded + kSoundWaiting > to_seconds(status.elapsed);
    });
  }

  ScriptedClock clock_;
  ScriptedFrames screen_{{"Screen", kScreen.width, kScreen.height, 30}};
  ScriptedFrames camera_{{"Camera", kCamera.width, kCamera.height, 30}};
  ScriptedSamples voice_{{"Microphone", 1}};
  const std::vector<FramePtr> screens_ = draw(kScreen);
  const std::vector<FramePtr> faces_ = draw(kCamera);
  const FramePtr sound_ =
      sound_block(1, 480, 0, [](std::int64_t n) { return 0.2F * std::sin(static_cast<float>(n) * 0.0655F); });
  std::int64_t block_ = 0;
  std::unique_ptr<Recorder> recorder_;
};

}  // namespace

Result<void> measure_long_take(std::chrono::minutes length) {
  const ScopedFolder folder;
  LongTake take;
  const double before = resident_megabytes();
  fmt::print(
      "\nA take of {} minutes; memory without the {:.0f} MB that the scripted pictures take\n\n"
      "| minutes | MB |\n|---|---|\n",
      length.count(), before);
  MEANWHILE_TRY(take.start(folder.path()));
  for (int tenth = 1; tenth <= 10; ++tenth) {
    take.play(MediaTime(length) / 10);
    fmt::print("| {:.0f} | {:.0f} |\n", static_cast<double>(length.count()) * tenth / 10,
               resident_megabytes() - before);
    std::fflush(stdout);
  }
  const auto stop = std::chrono::steady_clock::now();
  const auto summary = take.finish();
  const auto took = std::chrono::steady_clock::now() - stop;
  if (!summary) return std::unexpected(summary.error());
  std::uint64_t bytes = 0;
  for (const TrackReport& track : summary->tracks) bytes += track.bytes;
  fmt::print("\nStop took {} ms; {:.0f} MB on the disk; {} warnings\n",
             std::chrono::duration_cast<milliseconds>(took).count(), static_cast<double>(bytes) / 1e6,
             summary->warnings.size());
  for (const std::string& warning : summary->warnings) fmt::print("- {}\n", warning);
  return {};
}

}  // namespace meanwhile
