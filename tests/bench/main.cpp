// Measures recording beside ffmpeg and playing beside mpv, on the same material in the same run. See
// README.md.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "tests/bench/bench_files.h"
#include "tests/bench/clean_sound_bench.h"
#include "tests/bench/export_bench.h"
#include "tests/bench/inbox_bench.h"
#include "tests/bench/long_bench.h"
#include "tests/bench/mpv_bench.h"
#include "tests/bench/page_bench.h"
#include "tests/bench/published_film.h"
#include "tests/bench/record_bench.h"
#include "tests/bench/report.h"
#include "tests/bench/storage_bench.h"
#include "tests/bench/sweep_bench.h"
#include "tests/bench/sync_bench.h"
#include "tests/bench/wayland_bench.h"

namespace meanwhile {
namespace {

constexpr int kQuickSeconds = 6;
constexpr int kUsualSeconds = 25;
constexpr int kWaylandSeconds = 20;
constexpr double kQuickSizeFactor = 0.1;

struct Options {
  bool is_quick = false;
  std::string only;
  std::string workload;
  std::optional<int> seconds;  // nullopt: as long as what is measured needs
  int repeats = 1;
  bool sees_face = false;
  int minutes = 60;
  std::string server;
  std::string earlier;
  bool is_beside_curl_only = false;
  bool is_sealed = false;
  SyncPlan sync;
  LargeLibrary inbox;
  std::vector<std::string> trials;
  std::string cache = (std::filesystem::temp_directory_path() / "meanwhile-bench").string();
};

void describe(CLI::App& cli, Options& options) {
  cli.add_flag("--quick", options.is_quick, "Short recordings: to see that it works, not to judge by");
  cli.add_option("--only", options.only,
                 "A part of it; decoders (in processes of their own, beside inside), cuts (200 of them, "
                 "beside none), sweep (of encoder "
                 "settings), long (a take of an hour), storage (uploads), sync, inbox, clean (noise off a "
                 "voice), page (shared, beside hls.js), hour (its page), export (beside ffmpeg's hstack) and "
                 "wayland (its screen, beside wf-recorder) run only so")
      ->check(CLI::IsMember({"record", "play", "decoders", "sweep", "long", "storage", "sync", "inbox",
                             "clean", "page", "hour", "cuts", "export", "wayland"}));
  cli.add_option("--workload", options.workload, "One of them, for recording and sweep (face: sweep alone)")
      ->check(CLI::IsMember({"slide", "text", "motion", "face"}));
  cli.add_option("--seconds", options.seconds, "Length of each recording")->check(CLI::Range(2, 600));
  cli.add_flag("--face", options.sees_face, "A talking face as the camera's film, instead of a test pattern");
  cli.add_option("--minutes", options.minutes, "Length of the long take")->check(CLI::Range(1, 600));
  cli.add_option("--server", options.server, "One of them, for storage")
      ->check(CLI::IsMember({"ceph", "nginx", "apache"}));
  cli.add_option("--earlier", options.earlier, "export: the `meanwhile` of an earlier build, measured too");
  cli.add_flag("--curl-only", options.is_beside_curl_only, "storage: beside curl, without rclone and s3cmd");
  cli.add_flag("--sealed", options.is_sealed,
               "record, play, sync, storage: what a sealed library costs, beside an open one");
  cli.add_option("--repeat", options.repeats, "Runs of each, in turns; the median counts")
      ->check(CLI::Range(1, 99));
  cli.add_option("--try", options.trials,
                 "Settings to sweep over instead of the usual ones (encode_trial.h)");
  cli.add_option("--library", options.sync.library,
                 "An empty library's URL, for sync; its secrets as upload/README.md has them");
  cli.add_option("--sealed-library", options.sync.sealed_library, "Another one, for sync --sealed");
  cli.add_option("--devices", options.sync.written.devices, "That have written it")
      ->check(CLI::Range(1, 1000));
  cli.add_option("--events", options.sync.written.events_of_a_device, "Of each device")
      ->check(CLI::Range(1, 100'000));
  cli.add_option("--clips", options.inbox.clips, "Of the inbox, with ten times as many comments")
      ->check(CLI::Range(100, 1'000'000));
  cli.add_option("--cache", options.cache, "Folder for the files that are made once");
}

std::chrono::seconds length_of(const Options& options, int usual) {
  return std::chrono::seconds(options.is_quick ? kQuickSeconds : options.seconds.value_or(usual));
}

Result<void> bench_recording(const Options& options) {
  const RecordPlan plan{.cache = options.cache,
                        .length = length_of(options, kUsualSeconds),
                        .repeats = options.repeats,
                        .is_published = options.is_sealed,
                        .view = options.sees_face ? CameraView::Face : CameraView::Pattern};
  print_record_heading(plan);
  for (const Company company : {Company::Alone, Company::WithCameraAndVoice}) {
    for (const WorkloadKind kind : {WorkloadKind::Slide, WorkloadKind::Text, WorkloadKind::Motion}) {
      if (!options.workload.empty() && options.workload != workload_name(kind)) continue;
      auto figures = compare_recording(kind, company, plan);
      if (!figures) return std::unexpected(figures.error());
      print_recording(workload_name(kind) + (company == Company::Alone ? "" : " + camera, voice"), *figures,
                      plan);
    }
  }
  return {};
}

// Every second run the other way round, so that neither is always the first.
Result<void> bench_decoders(const std::string& name, const PlayFiles& files, int repeats) {
  std::vector<PlayFigures> apart;
  std::vector<PlayFigures> inside;
  const auto open = [&] { return open_files(files); };
  for (int i = 0; i < 2 * repeats; ++i) {
    const bool is_apart = i % 4 == 0 || i % 4 == 3;
    auto figures = measure_playing(open, is_apart ? Decoders::Apart : Decoders::Inside);
    if (!figures) return std::unexpected(figures.error());
    (is_apart ? apart : inside).push_back(std::move(*figures));
  }
  print_decoders(name, apart, inside);
  return {};
}

constexpr int kCuts = 200;

// So many cuts of a second each, evenly over it.
Result<ClipMedia> open_cut(const PlayFiles& files) {
  auto media = open_files(files);
  if (!media) return media;
  std::vector<TimeRange> cuts;
  for (int i = 0; i < kCuts; ++i) {
    const MediaTime at = media->duration * (2 * i + 1) / (2 * kCuts);
    cuts.push_back({at, at + std::min<MediaTime>(std::chrono::seconds(1), media->duration / (2 * kCuts))});
  }
  auto edits = EditList::without(media->duration, cuts);
  if (!edits) return std::unexpected(edits.error());
  media->edits = std::make_shared<const EditList>(std::move(*edits));
  return media;
}

// The same film whole and with cuts, in turns.
Result<void> bench_cuts(const std::string& name, const PlayFiles& files, int repeats) {
  for (int i = 0; i < repeats; ++i) {
    auto whole = measure_playing([&] { return open_files(files); }, Decoders::Apart);
    if (!whole) return std::unexpected(whole.error());
    print_playing_from(name + ", whole", *whole);
    auto cut = measure_playing([&] { return open_cut(files); }, Decoders::Apart);
    if (!cut) return std::unexpected(cut.error());
    print_playing_from(name + ", 200 cuts", *cut);
    std::printf("of it: seek p95 %.2f, processor while playing %.2f\n",
                cut->seek_percentile(0.95) / whole->seek_percentile(0.95),
                cut->cpu_per_played_second / whole->cpu_per_played_second);
  }
  return {};
}

Result<void> bench_files(const std::string& name, const PlayFiles& files, int repeats) {
  for (int i = 0; i < repeats; ++i) {
    const auto open = [&] { return open_files(files); };
    auto ours = measure_playing(open, Decoders::Apart);
    if (!ours) return std::unexpected(ours.error());
    auto inside = measure_playing(open, Decoders::Inside);
    if (!inside) return std::unexpected(inside.error());
    auto theirs = measure_mpv(files);
    if (!theirs) return std::unexpected(theirs.error());
    print_playing(name, *ours, *inside, *theirs);
  }
  return {};
}

// The same clip in an open library and in a sealed one, in turns; nothing of it fetched before.
Result<void> bench_sealed_playing(const Options& options) {
  const auto files = playing_files(options.cache, MadeBy::Us);
  if (!files) return std::unexpected(files.error());
  std::vector<FilmRuns> films;
  for (const Lock lock : {Lock::Open, Lock::Sealed}) {
    auto film = PublishedFilm::publish(*files, lock);
    if (!film) return std::unexpected(film.error());
    films.push_back({lock, std::move(*film), {}});
  }
  print_play_heading();
  for (int i = 0; i < options.repeats; ++i) {
    for (FilmRuns& runs : films) {
      auto figures = measure_playing([&] { return runs.film->open(); }, Decoders::Apart);
      if (!figures) return std::unexpected(figures.error());
      print_playing_from(name_of(runs.lock), *figures);
      runs.figures.push_back(std::move(*figures));
    }
    std::ranges::reverse(films);
  }
  std::ranges::sort(films, {}, &FilmRuns::lock);
  print_sealed_playing(films.front(), films.back());
  return {};
}

template <typename Bench>
Result<void> bench_playing(const Options& options, Bench bench) {
  print_play_heading();
  for (const auto& [made_by, name] :
       {std::pair(MadeBy::Us, "recorded"), std::pair(MadeBy::Others, "foreign")}) {
    auto files = playing_files(options.cache, made_by);
    if (!files) return std::unexpected(files.error());
    PlayFiles alone = *files;
    alone.camera.clear();
    MEANWHILE_TRY(bench(std::string(name) + " screen", alone, options.repeats));
    MEANWHILE_TRY(bench(std::string(name) + " screen + camera", *files, options.repeats));
  }
  return {};
}

Result<void> sweep(const Options& options) {
  SweepPlan plan{.cache = options.cache, .workload = options.workload, .trials = {}};
  for (const std::string& words : options.trials) plan.trials.push_back({words, words});
  return sweep_settings(plan);
}

// Recording first: a child's peak of memory includes what its parent held when it forked.
Result<void> bench(const Options& options) {
  if (options.only == "sweep") return sweep(options);
  if (options.only == "clean") return measure_clean_sound(std::filesystem::path(options.cache) / "clean");
  const PagePlan page{.cache = options.cache, .repeats = options.repeats};
  if (options.only == "page") return measure_page(page);
  if (options.only == "hour") return measure_page_of_an_hour(page);
  if (options.only == "export")
    return measure_exports({.cache = options.cache,
                            .earlier = options.earlier,
                            .length = length_of(options, kUsualSeconds),
                            .repeats = options.repeats});
  if (options.only == "wayland")
    return measure_wayland(
        {.cache = options.cache, .length = length_of(options, kWaylandSeconds), .repeats = options.repeats});
  if (options.only == "inbox") {
    LargeLibrary plan = options.inbox;
    plan.comments = plan.clips * 10;
    return measure_inbox(std::filesystem::path(options.cache) / fmt::format("inbox-{}", plan.clips), plan);
  }
  if (options.only == "sync") {
    SyncPlan plan = options.sync;
    plan.is_sealed_too = options.is_sealed;
    plan.repeats = options.repeats;
    return measure_sync(plan);
  }
  if (options.only == "cuts") return bench_playing(options, bench_cuts);
  if (options.only == "decoders") return bench_playing(options, bench_decoders);
  if (options.only == "long") return measure_long_take(std::chrono::minutes(options.minutes));
  if (options.only == "storage") {
    return bench_storage({.repeats = options.repeats,
                          .server = options.server,
                          .with_all_tools = !options.is_beside_curl_only,
                          .with_sealed = options.is_sealed,
                          .size_factor = options.is_quick ? kQuickSizeFactor : 1.0});
  }
  if (options.only != "play") MEANWHILE_TRY(bench_recording(options));
  if (options.only != "record")
    MEANWHILE_TRY(options.is_sealed ? bench_sealed_playing(options) : bench_playing(options, bench_files));
  return {};
}

}  // namespace
}  // namespace meanwhile

int main(int argc, char** argv) {
  CLI::App cli("Measures Meanwhile beside other recorders and mpv.");
  meanwhile::Options options;
  meanwhile::describe(cli, options);
  CLI11_PARSE(cli, argc, argv);
  const auto outcome = meanwhile::bench(options);
  if (!outcome) std::fprintf(stderr, "%s\n", outcome.error().message.c_str());
  return outcome ? 0 : 1;
}
