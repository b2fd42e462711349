#include "tests/bench/seek_bench.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/track_index.h"
#include "media/play/clip_media.h"
#include "media/play/decoding_place.h"
#include "media/play/player.h"
#include "tests/offscreen/offscreen.h"
#include "tests/support/process_times.h"

namespace meanwhile {
namespace {

using Seconds = std::chrono::duration<double>;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr int kSeeks = 50;
constexpr unsigned kSeed = 2026;
constexpr auto kDeadline = std::chrono::seconds(30);
constexpr int kWindowWidth = 1280;
constexpr int kWindowHeight = 800;
// Screen and camera side by side in a window of that size.
constexpr int kScreenWidth = 850;
constexpr int kScreenHeight = 478;
constexpr int kCameraWidth = 400;
constexpr int kCameraHeight = 225;

double milliseconds_since(SteadyTime start) {
  return Seconds(std::chrono::steady_clock::now() - start).count() * 1000;
}

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  double sum = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  for (const pid_t program : children_of(::getpid())) {
    for (const pid_t decoder : children_of(program)) sum += processor_seconds_of(decoder);
  }
  return sum;
}

// What is started once for all clips runs before any clock does.
void set_up(Decoders decoders) {
  decode_apart(decoders == Decoders::Apart ? MEANWHILE_PROGRAM : "");
  prepare_decoders();
  (void)look_at_decoding();
}

// Sleeps like the window does: until the player calls, or the time that it named.
class Viewer {
 public:
  Viewer(ClipMedia media, std::unique_ptr<Offscreen> window)
      : window_(std::move(window)),
        player_(Player::create(std::move(media), nullptr, clock_, [this] { on_change(); })) {}

  Player& player() { return *player_; }

  bool wait_for_picture() {
    return wait_until([&] {
      const auto status = player_->status();
      return status.failure || (!status.is_seeking && player_->picture(PictureTrack::Screen));
    });
  }

  // One frame of the window with what is on show.
  void draw() {
    window_->frame([this](Painter& painter) {
      draw_picture(painter, "screen", player_->picture(PictureTrack::Screen), kScreenWidth, kScreenHeight);
      draw_picture(painter, "camera", player_->picture(PictureTrack::Camera), kCameraWidth, kCameraHeight);
    });
  }

  // How many different pictures are shown while seek(share) is called again and again.
  int scrub(const std::function<void(double share)>& seek) {
    const SteadyTime start = std::chrono::steady_clock::now();
    int updates = 0;
    PicturePtr shown;
    for (SteadyTime next = start; next < start + kScrubbed; next += kScrubInterval) {
      seek(Seconds(next - start) / Seconds(kScrubbed));
      const PicturePtr picture = player_->picture(PictureTrack::Screen);
      if (picture && picture != shown) {
        ++updates;
        draw();
      }
      shown = picture;
      std::this_thread::sleep_until(next + kScrubInterval);
    }
    return updates;
  }

  void watch(std::chrono::seconds time) {
    const SteadyTime end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
      player_->picture(PictureTrack::Screen);
      player_->picture(PictureTrack::Camera);
      const auto next = player_->next_change();
      sleep_until(std::min(end, next ? SteadyTime(*next) : end));
    }
  }

 private:
  static void draw_picture(Painter& painter, const char* slot, const PicturePtr& picture, int width,
                           int height) {
    if (!picture) return;
    const ImTextureID texture = painter.picture(slot, picture, width, height);
    const auto right = static_cast<float>(width);
    const auto bottom = static_cast<float>(height);
    ImGui::GetForegroundDrawList()->AddImage(texture, {0, 0}, {right, bottom});
  }
  void on_change() {
    const std::lock_guard lock(mutex_);
    has_changed_ = true;
    changed_.notify_all();
  }
  void sleep_until(SteadyTime time) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, time, [&] { return has_changed_; });
    has_changed_ = false;
  }
  template <typename Condition>
  bool wait_until(Condition condition) {
    const SteadyTime end = std::chrono::steady_clock::now() + kDeadline;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      sleep_until(end);
    }
    return true;
  }

  SteadyClock clock_;
  const std::unique_ptr<Offscreen> window_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_changed_ = false;
  std::unique_ptr<Player> player_;  // last: its threads call on_change
};

std::vector<double> measure_seeks(Viewer& viewer) {
  std::vector<double> times;
  for (const MediaTime moment : seek_moments(viewer.player().status().duration)) {
    const SteadyTime start = std::chrono::steady_clock::now();
    viewer.player().seek(moment);
    viewer.wait_for_picture();
    viewer.draw();
    times.push_back(milliseconds_since(start));
  }
  std::ranges::sort(times);
  return times;
}

// Median.
double measure_steps(Viewer& viewer, int count) {
  std::vector<double> times;
  for (int i = 0; i < kSteps; ++i) {
    const SteadyTime start = std::chrono::steady_clock::now();
    viewer.player().step_frames(count);
    viewer.wait_for_picture();
    viewer.draw();
    times.push_back(milliseconds_since(start));
  }
  std::ranges::sort(times);
  return times[times.size() / 2];
}

double measure_scrubbing(Viewer& viewer) {
  const MediaTime duration = viewer.player().status().duration;
  const int updates =
      viewer.scrub([&](double share) { viewer.player().seek(scrub_moment(duration, share)); });
  viewer.wait_for_picture();
  return updates / Seconds(kScrubbed).count();
}

double measure_processor(Viewer& viewer, std::chrono::seconds time) {
  const double before = processor_seconds();
  viewer.watch(time);
  return (processor_seconds() - before) / static_cast<double>(time.count());
}

}  // namespace

double PlayFigures::seek_percentile(double share) const {
  if (seeks_ms.empty()) return 0;
  return seeks_ms[static_cast<std::size_t>(std::lround(share * static_cast<double>(seeks_ms.size() - 1)))];
}

Result<MediaTime> length_of(const std::string& track) {
  auto source = FileSource::open(track);
  if (!source) return std::unexpected(source.error());
  const auto index = index_track(**source);
  if (!index) return std::unexpected(index.error());
  return index->end();
}

Result<ClipMedia> open_files(const PlayFiles& files) {
  ClipMedia media{.duration = files.duration};
  const std::pair<std::string, std::shared_ptr<ByteSource>*> tracks[] = {
      {files.screen, &media.screen}, {files.camera, &media.camera}, {files.voice, &media.voice}};
  for (const auto& [path, track] : tracks) {
    if (path.empty()) continue;
    auto source = FileSource::open(path);
    if (!source) return std::unexpected(source.error());
    *track = std::move(*source);
  }
  return media;
}

std::vector<MediaTime> seek_moments(MediaTime duration) {
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<std::int64_t> moments(0, duration.count() - 1);
  std::vector<MediaTime> chosen;
  for (int i = 0; i < kSeeks; ++i) chosen.emplace_back(moments(random));
  return chosen;
}

MediaTime scrub_moment(MediaTime duration, double share) {
  return duration / 2 + std::chrono::duration_cast<MediaTime>(std::chrono::minutes(1) * share);
}

Result<PlayFigures> measure_playing(const OpenMedia& open, Decoders decoders) {
  set_up(decoders);
  PlayFigures figures;
  auto window = Offscreen::create(kWindowWidth, kWindowHeight, 1);
  if (!window) return std::unexpected(window.error());
  (*window)->frame([](Painter&) {});  // mpv is there before its clock runs, too
  const SteadyTime start = std::chrono::steady_clock::now();
  auto media = open();
  if (!media) return std::unexpected(media.error());
  Viewer viewer(std::move(*media), std::move(*window));
  viewer.wait_for_picture();
  viewer.draw();
  figures.first_picture_ms = milliseconds_since(start);
  if (const auto failure = viewer.player().status().failure) return std::unexpected(*failure);
  const double before_seeks = processor_seconds();
  figures.seeks_ms = measure_seeks(viewer);
  figures.cpu_per_seek_ms = (processor_seconds() - before_seeks) * 1000 / kSeeks;
  figures.step_ms = measure_steps(viewer, 1);
  figures.step_back_ms = measure_steps(viewer, -1);
  figures.scrub_updates_per_second = measure_scrubbing(viewer);
  viewer.player().seek(MediaTime{});
  viewer.wait_for_picture();
  viewer.player().play();
  figures.cpu_per_played_second = measure_processor(viewer, kPlayed);
  viewer.player().pause();
  figures.cpu_per_paused_second = measure_processor(viewer, kPaused);
  return figures;
}

}  // namespace meanwhile
