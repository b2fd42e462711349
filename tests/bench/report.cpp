#include "tests/bench/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

namespace meanwhile {
namespace {

// Each line at once, so that a long run can be watched.
void print_line(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

std::string ratio(double ours, double theirs) {
  return theirs > 0 ? fmt::format("{:.3f}", ours / theirs) : "-";
}

std::string frames_text(const TrackFrames& frames) {
  const std::string captured = frames.captured ? std::to_string(*frames.captured) : "?";
  return fmt::format("{} / {} / {}", captured, frames.encoded, frames.dropped);
}

std::string film_text(const std::optional<FilmShare>& film) {
  return film ? fmt::format("{} of {}", film->shown - film->recorded, film->shown) : "";
}

void print_recorder(const std::string& workload, const std::string& recorder, const RecordFigures& figures,
                    const RecordPlan& plan) {
  print_line(fmt::format("| {} | {} | {:.3f} | {} | {} | {} | {} | {:.1f} | {:.0f} |", workload, recorder,
                         figures.cpu_per_second, plan.length.count() * kFilmRate, frames_text(figures.screen),
                         figures.camera ? frames_text(*figures.camera) : "", film_text(figures.film),
                         figures.megabytes_per_minute, figures.peak_megabytes));
}

void print_player(const std::string& files, const std::string& player, const PlayFigures& figures) {
  print_line(fmt::format(
      "| {} | {} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.3f} | {:.3f} |", files,
      player, figures.first_picture_ms, figures.seek_percentile(0.5), figures.seek_percentile(0.95),
      figures.seek_percentile(1), figures.step_ms, figures.step_back_ms, figures.scrub_updates_per_second,
      figures.cpu_per_played_second, figures.cpu_per_paused_second));
}

template <typename Figure>
double median_of(const std::vector<PlayFigures>& runs, Figure figure) {
  std::vector<double> values;
  for (const PlayFigures& run : runs) values.push_back(figure(run));
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

PlayFigures median(const std::vector<PlayFigures>& runs) {
  const auto middle = [&](double PlayFigures::* figure) {
    return median_of(runs, [figure](const PlayFigures& run) { return run.*figure; });
  };
  PlayFigures figures{.first_picture_ms = middle(&PlayFigures::first_picture_ms),
                      .seeks_ms = {},
                      .step_ms = middle(&PlayFigures::step_ms),
                      .step_back_ms = middle(&PlayFigures::step_back_ms),
                      .scrub_updates_per_second = middle(&PlayFigures::scrub_updates_per_second),
                      .cpu_per_played_second = middle(&PlayFigures::cpu_per_played_second),
                      .cpu_per_paused_second = middle(&PlayFigures::cpu_per_paused_second)};
  for (const PlayFigures& run : runs)
    figures.seeks_ms.insert(figures.seeks_ms.end(), run.seeks_ms.begin(), run.seeks_ms.end());
  std::ranges::sort(figures.seeks_ms);
  return figures;
}

}  // namespace

void print_record_heading(const RecordPlan& plan) {
  print_line(fmt::format("\nRecording, {} s, {} run(s) each; frames: captured / encoded / dropped\n",
                         plan.length.count(), plan.repeats));
  print_line(
      "| workload | recorder | CPU s per s | expected | screen's frames | camera's frames | film lost | "
      "MB/min | peak MB |");
  print_line("|---|---|---|---|---|---|---|---|---|");
}

void print_recording(const std::string& workload, const std::vector<RecorderFigures>& all,
                     const RecordPlan& plan) {
  const RecordFigures& ours = all.front().figures;
  for (const auto& [recorder, figures] : all) {
    print_recorder(workload, recorder, figures, plan);
    if (&figures == &ours) continue;
    print_line(fmt::format("| {} | **ratio** | **{}** | | | | | {} | {} |", workload,
                           ratio(ours.cpu_per_second, figures.cpu_per_second),
                           ratio(ours.megabytes_per_minute, figures.megabytes_per_minute),
                           ratio(ours.peak_megabytes, figures.peak_megabytes)));
  }
}

void print_play_heading() {
  print_line("\nPlaying 10 minutes; times in ms; CPU in s per s\n");
  print_line(
      "| files | player | first picture | seek median | p95 | max | step | back | scrub, pictures per s | "
      "CPU "
      "playing | CPU paused |");
  print_line("|---|---|---|---|---|---|---|---|---|---|---|");
}

void print_playing(const std::string& files, const PlayFigures& ours, const PlayFigures& inside,
                   const PlayFigures& theirs) {
  print_player(files, "meanwhile", ours);
  print_player(files, "meanwhile, decoding inside", inside);
  print_player(files, "mpv", theirs);
  print_line(fmt::format("| {} | **ratio** | {} | {} | {} | {} | {} | {} | {} | {} | |", files,
                         ratio(ours.first_picture_ms, theirs.first_picture_ms),
                         ratio(ours.seek_percentile(0.5), theirs.seek_percentile(0.5)),
                         ratio(ours.seek_percentile(0.95), theirs.seek_percentile(0.95)),
                         ratio(ours.seek_percentile(1), theirs.seek_percentile(1)),
                         ratio(ours.step_ms, theirs.step_ms), ratio(ours.step_back_ms, theirs.step_back_ms),
                         ratio(ours.scrub_updates_per_second, theirs.scrub_updates_per_second),
                         ratio(ours.cpu_per_played_second, theirs.cpu_per_played_second)));
}

void print_playing_from(const std::string& library, const PlayFigures& figures) {
  print_player("from a library", library, figures);
}

void print_sealed_playing(const FilmRuns& open, const FilmRuns& sealed) {
  const auto added = [&](auto figure) {
    return median_of(sealed.figures, figure) - median_of(open.figures, figure);
  };
  const auto seek = [&](double share) {
    return added([share](const PlayFigures& run) { return run.seek_percentile(share); });
  };
  const auto playing = [](const PlayFigures& run) { return run.cpu_per_played_second; };
  const double open_playing = median_of(open.figures, playing);
  print_line(fmt::format(
      "| | **sealed less open** | {:+.1f} | {:+.1f} | {:+.1f} | {:+.1f} | {:+.1f} | {:+.1f} | | {:+.1f} % | "
      "|",
      added([](const PlayFigures& run) { return run.first_picture_ms; }), seek(0.5), seek(0.95), seek(1),
      added([](const PlayFigures& run) { return run.step_ms; }),
      added([](const PlayFigures& run) { return run.step_back_ms; }), added(playing) / open_playing * 100));
  const auto seeking = [](const PlayFigures& run) { return run.cpu_per_seek_ms; };
  print_line(fmt::format("\nProcessor ms a seek: {:.2f} open, {:.2f} sealed ({:+.2f})",
                         median_of(open.figures, seeking), median_of(sealed.figures, seeking),
                         added(seeking)));
  print_line(fmt::format("MB stored of the clip: {:.3f} open, {:.3f} sealed ({:+.3f} %)",
                         open.film->stored_mb(), sealed.film->stored_mb(),
                         (sealed.film->stored_mb() / open.film->stored_mb() - 1) * 100));
}

void print_decoders(const std::string& files, const std::vector<PlayFigures>& apart,
                    const std::vector<PlayFigures>& inside) {
  for (std::size_t i = 0; i < apart.size(); ++i) {
    print_player(files, "apart", apart[i]);
    print_player(files, "inside", inside[i]);
  }
  print_player(files, "**apart**, median", median(apart));
  print_player(files, "**inside**, median", median(inside));
}

}  // namespace meanwhile
