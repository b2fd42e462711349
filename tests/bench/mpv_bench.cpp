#include "tests/bench/mpv_bench.h"

#include <algorithm>
#include <thread>

#include "tests/bench/mpv_session.h"

namespace meanwhile {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// The event that mpv sends when the first picture of a file or of a seek is there.
constexpr const char* kPictureIsThere = "playback-restart";

double milliseconds_since(SteadyTime start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// How long until the command's picture is there.
Result<double> time_to_picture(MpvSession& mpv, const Json& command) {
  const SteadyTime start = std::chrono::steady_clock::now();
  const auto answer = mpv.request(command);
  if (!answer) return std::unexpected(answer.error());
  MEANWHILE_TRY(mpv.wait_for_event(kPictureIsThere));
  return milliseconds_since(start);
}

Result<double> seek(MpvSession& mpv, MediaTime moment) {
  return time_to_picture(mpv, {"seek", static_cast<double>(moment.count()) / 1e6, "absolute+exact"});
}

Result<std::vector<double>> measure_seeks(MpvSession& mpv) {
  const auto duration = mpv.request({"get_property", "duration"});
  if (!duration) return std::unexpected(duration.error());
  std::vector<double> times;
  for (const MediaTime moment :
       seek_moments(MediaTime(static_cast<std::int64_t>(duration->get<double>() * 1e6)))) {
    const auto time = seek(mpv, moment);
    if (!time) return std::unexpected(time.error());
    times.push_back(*time);
  }
  std::ranges::sort(times);
  return times;
}

// One frame on or back, until mpv says that its moment is another one. Median.
Result<double> measure_steps(MpvSession& mpv, const char* command) {
  std::vector<double> times;
  for (int i = 0; i < kSteps; ++i) {
    const SteadyTime start = std::chrono::steady_clock::now();
    if (const auto answer = mpv.request({command}); !answer) return std::unexpected(answer.error());
    MEANWHILE_TRY(mpv.wait_for_event("property-change"));
    times.push_back(milliseconds_since(start));
  }
  std::ranges::sort(times);
  return times[times.size() / 2];
}

// As Viewer::scrub: how many pictures of seeks come while a hand drags.
Result<double> measure_scrubbing(MpvSession& mpv, MediaTime duration) {
  const SteadyTime start = std::chrono::steady_clock::now();
  int updates = 0;
  for (SteadyTime next = start; next < start + kScrubbed; next += kScrubInterval) {
    const double share =
        std::chrono::duration<double>(next - start) / std::chrono::duration<double>(kScrubbed);
    const double moment = static_cast<double>(scrub_moment(duration, share).count()) / 1e6;
    if (const auto answer = mpv.request({"seek", moment, "absolute+exact"}); !answer)
      return std::unexpected(answer.error());
    updates += mpv.take_events(kPictureIsThere);
    std::this_thread::sleep_until(next + kScrubInterval);
  }
  return updates / std::chrono::duration<double>(kScrubbed).count();
}

double measure_processor(const MpvSession& mpv, std::chrono::seconds time) {
  const double before = mpv.processor_seconds();
  std::this_thread::sleep_for(time);
  return (mpv.processor_seconds() - before) / static_cast<double>(time.count());
}

std::vector<std::string> options_for(const PlayFiles& files) {
  if (files.camera.empty()) return {};
  return {"--external-file=" + files.camera,
          "--lavfi-complex=[vid2]pad=iw:1080:0:(oh-ih)/2[camera];[vid1][camera]hstack[vo]"};
}

}  // namespace

Result<PlayFigures> measure_mpv(const PlayFiles& files) {
  auto mpv = MpvSession::start(options_for(files));
  if (!mpv) return std::unexpected(mpv.error());
  PlayFigures figures;
  const auto first = time_to_picture(**mpv, {"loadfile", files.screen});
  if (!first) return std::unexpected(first.error());
  figures.first_picture_ms = *first;
  auto seeks = measure_seeks(**mpv);
  if (!seeks) return std::unexpected(seeks.error());
  figures.seeks_ms = std::move(*seeks);
  const auto duration = (*mpv)->request({"get_property", "duration"});
  if (!duration) return std::unexpected(duration.error());
  if (const auto seen = (*mpv)->request({"observe_property", 1, "time-pos"}); !seen)
    return std::unexpected(seen.error());
  MEANWHILE_TRY((*mpv)->wait_for_event("property-change"));
  const auto step = measure_steps(**mpv, "frame-step");
  if (!step) return std::unexpected(step.error());
  figures.step_ms = *step;
  const auto step_back = measure_steps(**mpv, "frame-back-step");
  if (!step_back) return std::unexpected(step_back.error());
  figures.step_back_ms = *step_back;
  if (const auto unseen = (*mpv)->request({"unobserve_property", 1}); !unseen)
    return std::unexpected(unseen.error());
  const auto updates =
      measure_scrubbing(**mpv, MediaTime(static_cast<std::int64_t>(duration->get<double>() * 1e6)));
  if (!updates) return std::unexpected(updates.error());
  figures.scrub_updates_per_second = *updates;
  if (const auto start = seek(**mpv, {}); !start) return std::unexpected(start.error());
  if (const auto playing = (*mpv)->request({"set_property", "pause", false}); !playing)
    return std::unexpected(playing.error());
  figures.cpu_per_played_second = measure_processor(**mpv, kPlayed);
  if (const auto paused = (*mpv)->request({"set_property", "pause", true}); !paused)
    return std::unexpected(paused.error());
  figures.cpu_per_paused_second = measure_processor(**mpv, kPaused);
  return figures;
}

}  // namespace meanwhile
