#include "tests/bench/page_visit.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <expected>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>

#include "media/base/json.h"
#include "media/base/result.h"
#include "tests/support/browser.h"
#include "tests/support/process_times.h"

namespace meanwhile {
namespace {

// Once the first picture is decoded and has been drawn.
constexpr const char* kNoteFirstPicture = R"(
  addEventListener("loadeddata", ({target}) => {
    if (target.tagName === "VIDEO") requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.firstPicture ??= performance.now(); }));
  }, true);)";

Result<double> number_of(const Result<Json>& answer) {
  if (!answer) return std::unexpected(answer.error());
  if (!answer->is_number())
    return fail(ErrorCode::Unavailable, "the page doesn't show it: " + to_text(*answer));
  return answer->get<double>();
}

std::string command_of(pid_t process) {
  std::ifstream stream(fmt::format("/proc/{}/cmdline", process));
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

Result<std::unique_ptr<PageVisit>> PageVisit::begin(PageKind kind) {
  std::unique_ptr<PageVisit> visit(new PageVisit(kind));
  auto browser = Browser::start();
  if (!browser) return std::unexpected(browser.error());
  visit->browser_ = std::move(*browser);
  MEANWHILE_TRY(visit->browser_->run_first(kNoteFirstPicture));
  return visit;
}

Result<double> PageVisit::open(const std::string& url) {
  MEANWHILE_TRY(browser_->open(url));
  return number_of(browser_->run(R"(
    for (const end = Date.now() + 19000; Date.now() < end && !globalThis.firstPicture;) await new Promise((done) => setTimeout(done, 5));
    return globalThis.firstPicture;)"));
}

Result<double> PageVisit::seek(double second) {
  const char* how = kind_ == PageKind::Ours ? "meanwhile.player.seek(to)" : "video.currentTime = to";
  if (kind_ == PageKind::Ours && !browser_->wait_until("globalThis.meanwhile"))
    return fail(ErrorCode::Unavailable, "the page isn't all there");
  return number_of(browser_->run(fmt::format(R"(
    const video = document.querySelector("video"), to = {}, begun = performance.now();
    const shown = new Promise((done) => {{
      const look = (now, {{mediaTime}}) => Math.abs(mediaTime - to) < 0.2 ? done(performance.now() - begun) : video.requestVideoFrameCallback(look);
      video.requestVideoFrameCallback(look);
    }});
    {};
    return Promise.race([shown, new Promise((done) => setTimeout(done, 18000, "not within 18 s"))]);)",
                                             second, how)));
}

Result<void> PageVisit::play(double speed) {
  const std::string how = kind_ == PageKind::Ours
                              ? fmt::format("meanwhile.player.setSpeed({}); meanwhile.player.play();", speed)
                              : fmt::format("video.playbackRate = {}; video.play();", speed);
  const auto begun =
      browser_->run("const video = document.querySelector('video'), from = video.currentTime;" + how + R"(
    for (const end = Date.now() + 15000; Date.now() < end && video.currentTime < from + 0.5;) await new Promise((done) => setTimeout(done, 20));
    return video.currentTime - from;)");
  const auto played = number_of(begun);
  if (!played) return std::unexpected(played.error());
  if (*played < 0.5) return fail(ErrorCode::Unavailable, "the page doesn't play");
  return {};
}

double PageVisit::cpu_seconds() const {
  double sum = 0;
  for (const pid_t process : family_of(browser_->first_process())) sum += processor_seconds_of(process);
  return sum;
}

Result<double> PageVisit::play_cpu(int seconds) {
  MEANWHILE_TRY(play(1));
  const double before = cpu_seconds();
  std::this_thread::sleep_for(std::chrono::seconds(seconds));
  return cpu_seconds() - before;
}

double PageVisit::tab_memory_mb() const {
  double largest = 0;
  for (const pid_t process : family_of(browser_->first_process())) {
    if (command_of(process).contains("--type=renderer")) largest = std::max(largest, memory_mb_of(process));
  }
  return largest;
}

}  // namespace meanwhile
