#include "tests/bench/wayland_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <ratio>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "media/base/child_process.h"
#include "tests/bench/other_recorders.h"
#include "tests/bench/record_stage.h"
#include "tests/bench/recordings.h"
#include "tests/bench/ticker.h"
#include "tests/bench/workload.h"
#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"
#include "tests/support/process_times.h"
#include "tests/support/wayland_session.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

enum class Page { Still, Scrolling };

constexpr int kLinesPerSecond = 10;
constexpr int kLinesOfAScreen = 80;
// Until the terminal has drawn what it was given.
constexpr auto kUntilDrawn = std::chrono::seconds(2);

std::string name_of(Page page) {
  return page == Page::Still ? "still" : "scrolling";
}

// As a compiler's, on a wide window.
std::string line(int number) {
  return fmt::format(
      "[{0:5}/9000] Building CXX object media/CMakeFiles/layer_{1:x}.dir/file_{2}.cpp.o -O2 -Wall {3} "
      "-I media -I tests/layer_{1:x} -std=c++23 -o file_{2}.o\n",
      number, number * 7919, number * 31 % 997, number * number);
}

struct Stage {
  ScopedFolder folder;
  std::unique_ptr<WaylandSession> session;
  std::unique_ptr<Ticker> scrolling;  // ends before the session goes
};

Result<std::unique_ptr<Stage>> set_stage(Page page) {
  auto stage = std::make_unique<Stage>();
  auto session = WaylandSession::start(kScreenSize);
  if (!session) return std::unexpected(session.error());
  stage->session = std::move(*session);
  for (int i = 0; i < kLinesOfAScreen; ++i) MEANWHILE_TRY(stage->session->write(line(i)));
  if (page == Page::Scrolling) {
    stage->scrolling = std::make_unique<Ticker>(kLinesPerSecond, [&session = *stage->session](int tick) {
      (void)session.write(line(kLinesOfAScreen + tick));  // a desktop that is gone ends the recorder too
    });
  }
  std::this_thread::sleep_for(kUntilDrawn);
  return stage;
}

Result<Recording> record_ours(const Stage& stage, const RecordPlan& plan) {
  const fs::path home = stage.folder.path() / "home";
  const Words words{MEANWHILE_PROGRAM, "--home",
                    home.string(),     "record",
                    "--screen",        "portal:",
                    "--camera",        "none",
                    "--mic",           "none",
                    "--fps",           "30",
                    "--for",           fmt::format("{}s", plan.length.count())};
  const auto figures = run_recorder(words, stage.session->environment(), stage.folder.path(), plan);
  if (!figures) return std::unexpected(figures.error());
  return read_take(*figures, home, plan);
}

// Ours' preset and quality (media/record/h264.cpp), and a quarter of the colours' pixels, as ours has: by
// itself it keeps them all. It takes a picture when something changed.
Result<Recording> record_by_wf_recorder(const Stage& stage, const RecordPlan& plan) {
  const fs::path video = stage.folder.path() / "wf-recorder.mp4";
  const fs::path log = stage.folder.path() / "log";
  const Words words{"wf-recorder", "-c", "libx264",        "-p", "preset=superfast", "-p",
                    "crf=27",      "-F", "format=yuv420p", "-f", video.string()};
  auto recorder = ChildProcess::start(words, {.environment = stage.session->environment(), .output = log});
  if (!recorder) return std::unexpected(recorder.error());
  std::this_thread::sleep_for(plan.length);
  (*recorder)->signal(SIGINT);
  // It looks whether it is to end when the next picture comes.
  MEANWHILE_TRY(stage.session->write("."));
  return read_video(wait_for_recorder(**recorder, "wf-recorder", log, plan), video, plan,
                    stage.folder.path());
}

Result<Recording> record_by_obs_here(const Stage& stage, const RecordPlan& plan) {
  return record_by_obs_from_portal(stage.session->environment(), plan, stage.folder.path());
}

// What the desktop takes for itself.
Result<Recording> record_nothing(const Stage&, const RecordPlan& plan) {
  std::this_thread::sleep_for(plan.length);
  return Recording{};
}

struct Recorder {
  const char* name;
  Result<Recording> (*record)(const Stage&, const RecordPlan&);
};

// Ours is the first.
std::vector<Recorder> recorders() {
  std::vector<Recorder> all{{"meanwhile", record_ours}, {"wf-recorder", record_by_wf_recorder}};
  if (missing_program({"obs"}).empty()) all.push_back({"OBS", record_by_obs_here});
  all.push_back({"(nobody)", record_nothing});
  return all;
}

// Processor seconds of a run.
struct CastFigures {
  RecordFigures recording;
  double recorder = 0;
  double compositor = 0;
  double portal = 0;  // with PipeWire, which it hands its pictures to

  double all() const { return recorder + compositor + portal; }
};

// Of the desktop's own until now.
CastFigures desktop_times(const WaylandSession& session) {
  CastFigures times;
  times.compositor = processor_seconds_of(session.compositor());
  times.portal =
      processor_seconds_of(session.portal_back_end()) + processor_seconds_of(session.services().pipewire());
  return times;
}

Result<CastFigures> measure(const Recorder& recorder, Page page, const RecordPlan& plan) {
  const auto stage = set_stage(page);
  if (!stage) return std::unexpected(stage.error());
  const CastFigures before = desktop_times(*(*stage)->session);
  const auto recording = recorder.record(**stage, plan);
  if (!recording) return std::unexpected(recording.error());
  CastFigures figures = desktop_times(*(*stage)->session);
  figures.recording = recording->figures;
  figures.recorder = recording->figures.cpu_per_second * static_cast<double>(plan.length.count());
  figures.compositor -= before.compositor;
  figures.portal -= before.portal;
  return figures;
}

void print_row(Page page, const std::string& name, const CastFigures& figures, const RecordPlan& plan) {
  const RecordFigures& recording = figures.recording;
  const double minutes = std::chrono::duration<double, std::ratio<60>>(plan.length).count();
  fmt::print("| {} | {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {} | {:.3f} | {:.0f} |\n", name_of(page), name,
             figures.recorder, figures.compositor, figures.portal, figures.all(), recording.screen.encoded,
             recording.megabytes_per_minute * minutes, recording.peak_megabytes);
  std::fflush(stdout);
}

void print_ratio(Page page, const std::string& name, const CastFigures& ours, const CastFigures& theirs) {
  fmt::print("| {} | **ours : {}** | **{:.2f}** | {:.2f} | | {:.2f} | | {:.2f} | {:.2f} |\n", name_of(page),
             name, ours.recorder / theirs.recorder, ours.compositor / theirs.compositor,
             ours.all() / theirs.all(),
             ours.recording.megabytes_per_minute / theirs.recording.megabytes_per_minute,
             ours.recording.peak_megabytes / theirs.recording.peak_megabytes);
  std::fflush(stdout);
}

CastFigures median(std::vector<CastFigures> runs) {
  std::ranges::sort(runs, {}, &CastFigures::recorder);
  return runs[runs.size() / 2];
}

Result<void> compare(Page page, const RecordPlan& plan) {
  const std::vector<Recorder> all = recorders();
  std::vector<std::vector<CastFigures>> runs(all.size());
  for (int round = 0; round < plan.repeats; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto figures = measure(all[i], page, plan);
      if (!figures) return std::unexpected(figures.error());
      print_row(page, all[i].name, *figures, plan);
      runs[i].push_back(*figures);
    }
  }
  const CastFigures ours = median(runs[0]);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const CastFigures theirs = median(runs[i]);
    if (theirs.recorder > 0) print_ratio(page, all[i].name, ours, theirs);
  }
  return {};
}

}  // namespace

Result<void> measure_wayland(const RecordPlan& plan) {
  std::string missing = WaylandSession::missing();
  if (missing.empty()) missing = missing_program({"wf-recorder", "ffprobe"});
  if (!missing.empty()) return fail(ErrorCode::NotFound, "this machine has no " + missing);
  fmt::print(
      "\n{}x{} under sway, {} s, {} run(s) each; processor seconds\n\n"
      "| screen | recorded by | recorder | sway | portal, PipeWire | all | pictures | MB | peak MB |\n"
      "|---|---|---|---|---|---|---|---|---|\n",
      kScreenSize.width, kScreenSize.height, plan.length.count(), plan.repeats);
  for (const Page page : {Page::Still, Page::Scrolling}) MEANWHILE_TRY(compare(page, plan));
  return {};
}

}  // namespace meanwhile
