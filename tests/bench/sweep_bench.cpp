#include "tests/bench/sweep_bench.h"

#include <fmt/format.h>

#include <cstdio>
#include <thread>

#include "media/base/clock.h"
#include "media/capture/source_registry.h"
#include "tests/bench/bench_files.h"
#include "tests/bench/workload.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

struct Subject {
  const char* name;
  std::chrono::seconds length;  // what keeps the pixels of a film within a gigabyte or so
  Rect text;                    // where there is something to read, or a face
};
constexpr Subject kSubjects[]{{"slide", std::chrono::seconds(20), {120, 96, 1100, 864}},
                              {"text", std::chrono::seconds(15), {0, 0, 800, 1080}},
                              {"motion", std::chrono::seconds(8), {0, 0, 1920, 1080}},
                              {"face", std::chrono::seconds(8), {440, 60, 400, 500}}};

Result<FrameLog> record_screen(WorkloadKind kind, const Subject& subject,
                               const std::filesystem::path& folder) {
  auto server = XServer::start(kScreenSize);
  if (!server) return std::unexpected(server.error());
  auto workload = start_workload(kind, **server);
  if (!workload) return std::unexpected(workload.error());
  std::this_thread::sleep_for(std::chrono::seconds(1));  // the terminal is up and full
  const SteadyClock clock;
  auto source = open_screen("x11:" + (*server)->display(), kFilmRate, clock);
  if (!source) return std::unexpected(source.error());
  return FrameLog::record(**source, subject.length, folder);
}

Result<FrameLog> record_face(const Subject& subject, const SweepPlan& plan,
                             const std::filesystem::path& folder) {
  auto file = face_file(plan.cache);
  if (!file) return std::unexpected(file.error());
  const SteadyClock clock;
  auto source = open_camera("file:" + file->string(), kFilmRate, clock);
  if (!source) return std::unexpected(source.error());
  return FrameLog::record(**source, subject.length, folder);
}

Result<FrameLog> record_subject(const Subject& subject, const SweepPlan& plan,
                                const std::filesystem::path& folder) {
  for (const WorkloadKind kind : {WorkloadKind::Slide, WorkloadKind::Text, WorkloadKind::Motion})
    if (workload_name(kind) == subject.name) return record_screen(kind, subject, folder);
  return record_face(subject, plan, folder);
}

void print_heading(const Subject& subject) {
  fmt::print(
      "\n{}, {} s\n\n| settings | CPU s per s | frames | ms a frame | MB/min | SSIM | … of the text | worst "
      "| "
      "held | chain |\n|---|---|---|---|---|---|---|---|---|---|\n",
      subject.name, subject.length.count());
}

void print_trial(const Subject& subject, const TrialSettings& settings, const TrialFigures& figures) {
  const auto length = static_cast<double>(subject.length.count());
  fmt::print("| {} | {:.3f} | {} | {:.1f} | {:.2f} | {:.4f} | {:.4f} | {:.4f} | {} | {} |\n", settings.label,
             figures.cpu_seconds / length, figures.frames, 1000 * figures.cpu_seconds / figures.frames,
             static_cast<double>(figures.bytes) / 1e6 * 60 / length, figures.ssim, figures.area_ssim,
             figures.worst_ssim, figures.most_held, figures.longest_chain);
  std::fflush(stdout);
}

// What libx264 needs to hold nothing back, as in h264.cpp; then one thing at a time.
constexpr const char* kNoDelay =
    "x264-params=rc-lookahead=0:sync-lookahead=0:mbtree=0:bframes=0:scenecut=0:keyint=infinite:sliced-"
    "threads="
    "1:force-cfr=1";

std::vector<TrialSettings> usual_trials() {
  const auto ours = [](const std::string& label, const std::string& words, const std::string& more) {
    return TrialSettings{label, words + " " + kNoDelay + more};
  };
  const std::string base = "threads=1 keys=57/9.5 ";
  const std::string quiet = ":weightp=0:aq-mode=0";
  const std::string scroll = quiet + ":me=umh:merange=24";
  return {
      {"ffmpeg's command", "feed=constant keys=encoder preset=veryfast crf=23"},
      {"the same, bf=0", "feed=constant keys=encoder preset=veryfast crf=23 bf=0"},
      {"the same, a keyframe every 60", "feed=constant keys=60/30 preset=veryfast crf=23"},
      ours("before: veryfast 23, 2 slices, 1.9 s", "threads=2 keys=0/1.9 preset=veryfast crf=23", ""),
      ours("camera before: superfast 25, 1.9 s", "threads=1 keys=0/1.9 preset=superfast crf=25", ""),
      ours("veryfast 23", base + "preset=veryfast crf=23", ""),
      ours("veryfast 23, umh 24", base + "preset=veryfast crf=23", ":me=umh:merange=24"),
      ours("superfast 27", base + "preset=superfast crf=27", ""),
      ours("superfast 25, no aq", base + "preset=superfast crf=25", quiet),
      ours("superfast 27, no aq", base + "preset=superfast crf=27", quiet),
      ours("superfast 27, no aq, umh 24, ipratio 1.1 (the screen's)", base + "preset=superfast crf=27",
           scroll),
      ours("the screen's, 2 slices", "threads=2 keys=57/9.5 preset=superfast crf=27", scroll),
      ours("the screen's, keyframe every 28", "threads=1 keys=28/9.5 preset=superfast crf=27", scroll),
      ours("the screen's, keyframe every 114", "threads=1 keys=114/9.5 preset=superfast crf=27", scroll),
      ours("Effort::Quick", base + "preset=superfast crf=27",
           quiet + ":me=dia:subme=0:partitions=none:no-deblock=1"),
      ours("lookahead 10 with mbtree (held back)", base + "preset=superfast crf=23",
           ":rc-lookahead=10:mbtree=1"),
  };
}

}  // namespace

Result<void> sweep_settings(const SweepPlan& plan) {
  for (const Subject& subject : kSubjects) {
    if (!plan.workload.empty() && plan.workload != subject.name) continue;
    const ScopedFolder folder;
    auto log = record_subject(subject, plan, folder.path());
    if (!log) return std::unexpected(log.error());
    print_heading(subject);
    for (const TrialSettings& settings : plan.trials.empty() ? usual_trials() : plan.trials) {
      auto figures = try_encoding(*log, settings, subject.text);
      if (!figures) return std::unexpected(figures.error());
      print_trial(subject, settings, *figures);
    }
  }
  return {};
}

}  // namespace meanwhile
