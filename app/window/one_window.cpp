#include "app/window/one_window.h"

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "app/library/home.h"
#include "app/library/window_call.h"
#include "app/platform/window_seat.h"
#include "app/ui/state.h"
#include "app/window/start_place.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

// A window on a busy machine needs some seconds to come up; longer nobody waits for one that hangs.
constexpr std::chrono::seconds kWindowPatience{10};
constexpr std::chrono::milliseconds kBetweenTries{100};

const char* page_word(PageId page) {
  if (page == PageId::Record) return "record";
  return page == PageId::Settings ? "settings" : "inbox";
}

}  // namespace

WindowCall call_of(const StartPlace& place) {
  return {.page = page_word(place.page), .clip = place.clip, .at = place.at, .play = place.play};
}

StartPlace place_of(const WindowCall& call) {
  StartPlace place{.page = PageId::Inbox, .clip = call.clip, .at = call.at, .play = call.play};
  for (const PageId page : {PageId::Record, PageId::Settings})
    if (call.page == page_word(page)) place.page = page;
  return place;
}

Result<std::unique_ptr<WindowSeat>> seat_or_hand_over(const Home& home, const StartPlace& place) {
  const auto until = std::chrono::steady_clock::now() + kWindowPatience;
  for (;;) {
    auto seat = WindowSeat::take(home.data());
    if (!seat || *seat) return seat;
    if (place.tour)
      return fail(
          ErrorCode::AlreadyExists,
          "a window of Meanwhile is open for this home already; close it first, or use another --home");
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    auto called = call_window(home.data(), to_line(call_of(place)), left);
    if (called) return nullptr;
    if (called.error().code != ErrorCode::TryAgain || left <= kBetweenTries)
      return std::unexpected(std::move(called.error()));
    std::this_thread::sleep_for(kBetweenTries);
  }
}

}  // namespace meanwhile
