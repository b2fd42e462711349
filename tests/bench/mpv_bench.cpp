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
