#include "app/window/one_window.h"

#include <array>
#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "app/library/home.h"
#include "app/library/window_call.h"
#include "app/platform/window_seat.h"
#include "app/ui/state.h"
#include "app/window/start_place.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// A window on a busy machine needs some seconds to come up; longer nobody waits for one that hangs.
constexpr std::chrono::seconds kWindowPatience{10};
constexpr std::chrono::milliseconds kBetweenTries{100};

constexpr std::array<std::pair<PageId, const char*>, 3> kPageWords{
    {{PageId::Inbox, "inbox"}, {PageId::Record, "record"}, {PageId::Settings, "settings"}}};

std::string page_word(std::optional<PageId> wanted) {
  for (const auto& [page, word] : kPageWords)
    if (page == wanted) return word;
  return {};
}

}  // namespace

WindowCall call_of(const StartPlace& place) {
  return {.page = page_word(place.page), .clip = place.clip, .at = place.at, .play = place.play};
}

StartPlace place_of(const WindowCall& call) {
  StartPlace place{.clip = call.clip, .at = call.at, .play = call.play};
  for (const auto& [page, word] : kPageWords)
    if (call.page == word) place.page = page;
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
          tr("a window of Meanwhile is open for this home already; close it first, or use another --home"));
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    auto called = call_window(home.data(), to_line(call_of(place)), left);
    if (called) return nullptr;
    if (called.error().code != ErrorCode::TryAgain || left <= kBetweenTries)
      return std::unexpected(std::move(called.error()));
    std::this_thread::sleep_for(kBetweenTries);
  }
}

}  // namespace meanwhile
