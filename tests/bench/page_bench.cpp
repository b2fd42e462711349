#include "tests/bench/page_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "media/base/files.h"
#include "media/base/result.h"
#include "tests/bench/bench_files.h"
#include "tests/bench/page_visit.h"
#include "tests/pages/author.h"
#include "tests/support/environment.h"
#include "tests/support/npm_file.h"
#include "tests/support/slow_line.h"
#include "tests/support/storage_server.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kEachWay{20};
constexpr int kPlaySeconds = 10;
constexpr std::chrono::seconds kHourPlays{100};  // 5 minutes at 3 times the speed

// A minute of a moving screen with a tone, said again so many times.
Result<fs::path> film_of(const fs::path& cache, int minutes) {
  const fs::path minute = cache / "page-minute.mp4";
  const fs::path film = cache / fmt::format("page-{}-minutes.mp4", minutes);
  std::error_code error;
  fs::create_directories(cache, error);
  if (!fs::exists(minute))
    MEANWHILE_TRY(run_ffmpeg({"-f", "lavfi", "-i", "testsrc2=s=1280x720:r=30:d=60", "-f", "lavfi", "-i",
                              "sine=440:d=60", "-c:v", "libx264", "-preset", "veryfast", "-g", "60",
                              "-pix_fmt", "yuv420p", "-c:a", "aac", minute.string()}));
  if (!fs::exists(film))
    MEANWHILE_TRY(run_ffmpeg(
        {"-stream_loop", std::to_string(minutes - 1), "-i", minute.string(), "-c", "copy", film.string()}));
  return film;
}

// The same update on a page of ours and on one with hls.js, behind a slow line.
class TwoPages {
 public:
  static Result<std::unique_ptr<TwoPages>> make(const fs::path& film) {
    std::unique_ptr<TwoPages> pages(new TwoPages);
    auto authority = TestAuthority::create();
    if (!authority) return std::unexpected(authority.error());
    auto server = CephServer::start(**authority);
    if (!server) return std::unexpected(server.error());
    pages->authority_ = std::move(*authority);
    pages->server_ = std::move(*server);
    MEANWHILE_TRY(pages->server_->let_all_read("team/"));
    const Secret secret = pages->server_->secret();
    pages->environment_ = std::make_unique<ScopedEnvironment>(
        Environment{{"MEANWHILE_S3_ACCESS_KEY", secret.user}, {"MEANWHILE_S3_SECRET_KEY", secret.password}});
    pages->line_ = std::make_unique<SlowLine>(pages->server_->port(), kEachWay);
    pages->author_.found(*pages->server_, "team", e2e::Privacy::Open, pages->line_->port());
    pages->author_.publish_film(film, "Where we stand");
    pages->ours_ = pages->author_.share();
    MEANWHILE_TRY(pages->write_theirs());
    return pages;
  }

  const std::string& link(PageKind kind) const { return kind == PageKind::Ours ? ours_ : theirs_; }

 private:
  TwoPages() = default;

  // As hls.js's own documentation shows it, with the picture as large as on ours; scripts packed, too.
  Result<void> write_theirs() {
    const auto script = npm_file("hls.js");
    if (!script) return std::unexpected(script.error());
    const auto text = read_file(*script, 10u << 20);
    if (!text) return std::unexpected(text.error());
    const auto storage = open_storage(server_->url("team"));
    if (!storage) return std::unexpected(storage.error());
    const auto objects = (*storage)->list("clips/", "", {});
    if (!objects) return std::unexpected(objects.error());
    std::string playlist;
    for (const ObjectInfo& object : *objects) {
      if (object.key.ends_with("/clip.m3u8")) playlist = object.key;
    }
    MEANWHILE_TRY(put_document(**storage, "shares/hls.js", "text/javascript", as_text(*text), {}));
    MEANWHILE_TRY(put_document(
        **storage, "shares/hls.html", "text/html; charset=utf-8",
        fmt::format(
            R"(<!doctype html><video style="width:830px"></video><script src="hls.js"></script><script>
const hls = new Hls(); hls.loadSource("../{}"); hls.attachMedia(document.querySelector("video"));</script>)",
            playlist),
        {}));
    theirs_ = ours_.substr(0, ours_.find("shares/")) + "shares/hls.html";
    return {};
  }

  std::unique_ptr<TestAuthority> authority_;
  std::unique_ptr<CephServer> server_;
  std::unique_ptr<ScopedEnvironment> environment_;
  std::unique_ptr<SlowLine> line_;
  e2e::Author author_;
  std::string ours_;
  std::string theirs_;
};

Result<VisitFigures> visit(const TwoPages& pages, PageKind kind) {
  auto visit = PageVisit::begin(kind);
  if (!visit) return std::unexpected(visit.error());
  const auto first = (*visit)->open(pages.link(kind));
  if (!first) return std::unexpected(first.error());
  const auto seek = (*visit)->seek(200.4);
  if (!seek) return std::unexpected(seek.error());
  const auto cpu = (*visit)->play_cpu(kPlaySeconds);
  if (!cpu) return std::unexpected(cpu.error());
  return VisitFigures{.first_picture_ms = *first, .seek_ms = *seek, .play_cpu_s = *cpu};
}

double median_of(const std::vector<VisitFigures>& runs, double VisitFigures::* figure) {
  std::vector<double> values;
  for (const VisitFigures& one : runs) values.push_back(one.*figure);
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void print_row(std::string_view what, const std::vector<VisitFigures>& ours,
               const std::vector<VisitFigures>& theirs, double VisitFigures::* figure) {
  const double our_median = median_of(ours, figure);
  const double their_median = median_of(theirs, figure);
  fmt::print("| {} | {:.4g} | {:.4g} | **{:.2f}** |\n", what, our_median, their_median,
             our_median / their_median);
}

}  // namespace

Result<void> measure_page(const PagePlan& plan) {
  const auto film = film_of(plan.cache, 5);
  if (!film) return std::unexpected(film.error());
  const auto pages = TwoPages::make(*film);
  if (!pages) return std::unexpected(pages.error());
  std::vector<VisitFigures> ours;
  std::vector<VisitFigures> theirs;
  // Every second turn the other way round, so that neither is always the first.
  for (int i = 0; i < 2 * plan.repeats; ++i) {
    const PageKind kind = i % 4 == 0 || i % 4 == 3 ? PageKind::Ours : PageKind::HlsJs;
    auto figures = visit(**pages, kind);
    if (!figures) return std::unexpected(figures.error());
    fmt::print(stderr, "{}: first picture {:.0f} ms, seek {:.0f} ms, playing {:.2f} s\n",
               kind == PageKind::Ours ? "ours" : "hls.js", figures->first_picture_ms, figures->seek_ms,
               figures->play_cpu_s);
    (kind == PageKind::Ours ? ours : theirs).push_back(*figures);
  }
  fmt::print("| medians of {}, a round trip of {} ms | ours | hls.js | ratio |\n|---|---|---|---|\n",
             plan.repeats, 2 * kEachWay.count());
  print_row("from the navigation to the first picture, ms", ours, theirs, &VisitFigures::first_picture_ms);
  print_row("a seek to another minute, ms", ours, theirs, &VisitFigures::seek_ms);
  print_row("CPU of all processes while 10 s play, s", ours, theirs, &VisitFigures::play_cpu_s);
  return {};
}

Result<void> measure_page_of_an_hour(const PagePlan& plan) {
  const auto film = film_of(plan.cache, 60);
  if (!film) return std::unexpected(film.error());
  const auto pages = TwoPages::make(*film);
  if (!pages) return std::unexpected(pages.error());
  auto visit = PageVisit::begin(PageKind::Ours);
  if (!visit) return std::unexpected(visit.error());
  const auto first = (*visit)->open((*pages)->link(PageKind::Ours));
  if (!first) return std::unexpected(first.error());
  const auto seek = (*visit)->seek(3000.4);
  if (!seek) return std::unexpected(seek.error());
  const auto sizes = (*visit)->browser().run(R"(
    const [page] = performance.getEntriesByType("navigation"), rest = performance.getEntriesByType("resource").find(({name}) => name.includes("rest.json"));
    return [page, rest].map(({encodedBodySize, decodedBodySize}) => `${encodedBodySize / 1000} KB (${decodedBodySize / 1000})`);)");
  if (!sizes) return std::unexpected(sizes.error());
  const double before = (*visit)->tab_memory_mb();
  MEANWHILE_TRY((*visit)->seek(60));
  MEANWHILE_TRY((*visit)->play(3));
  std::this_thread::sleep_for(kHourPlays);
  fmt::print(
      "An hour: page {}, beside it {} packed (unpacked); first picture {:.0f} ms, a seek to minute 50 {:.0f} "
      "ms; the tab "
      "{:.0f} MB at first, {:.0f} MB after five minutes at 3x.\n",
      sizes->at(0).get<std::string>(), sizes->at(1).get<std::string>(), *first, *seek, before,
      (*visit)->tab_memory_mb());
  return {};
}

}  // namespace meanwhile
