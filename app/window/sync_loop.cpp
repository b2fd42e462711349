#include "app/window/sync_loop.h"

#include <chrono>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

#include "app/libraries/removals.h"
#include "app/libraries/trash.h"
#include "app/page/answers_of_shares.h"
#include "app/page/guest_words.h"
#include "media/base/clock.h"
#include "media/base/identifier.h"
#include "media/base/log.h"
#include "upload/capabilities.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kPollInterval{3};
// Where something of a removal couldn't be done.
constexpr std::chrono::minutes kBetweenSettlings{1};
// A library that can't be reached is asked less often.
constexpr std::chrono::seconds kUnreachableInterval{15};

}  // namespace

void SyncLoop::poll_now() {
  std::lock_guard lock(mutex_);
  is_wanted_ = true;
  wanted_.notify_all();
}

void SyncLoop::purge(const std::stop_token& stop) {
  // What it couldn't do is tried again tomorrow, or with the next start.
  const auto purged = purge_if_due(library_, wall_now(), stop);
  if (purged) {
    for (const std::string& trouble : purged->troubles) log(LogLevel::Warning, trouble);
  } else if (!purged.error().is_control()) {
    log(LogLevel::Warning, purged.error().message);
  }
}

bool SyncLoop::take_answers(const std::stop_token& stop) {
  const auto taken = take_up_answers(library_, answers_, wall_now(), stop);
  if (!taken && !taken.error().is_control())
    log(LogLevel::Warning, "answers of guests can't be taken up now: " + taken.error().message);
  if (taken && !taken->refused.empty())
    log(LogLevel::Info, "answers of guests that were dropped: " + refused_words(taken->refused));
  return taken && !taken->guests.empty();
}

void SyncLoop::renew_pages(const std::stop_token& stop) {
  const auto renewed = pages_.look(library_.sync_index(), library_now(library_.storage()), stop);
  if (renewed) {
    for (const std::string& trouble : renewed->troubles) log(LogLevel::Warning, trouble);
  } else if (!renewed.error().is_control()) {
    log(LogLevel::Warning, renewed.error().message);
  }
}

void SyncLoop::settle(const std::stop_token& stop) {
  const auto revision = library_.sync_index().revision();
  const MonotonicTime now = SteadyClock().now();
  const bool is_time = !are_settled_ && now >= settle_again_at_;
  if (!revision || (*revision == settled_revision_ && !is_time)) return;
  settled_revision_ = *revision;
  settle_again_at_ = now + kBetweenSettlings;
  are_settled_ = false;
  const auto settled = settle_removals(open_, library_.sync_index(), stop);
  if (!settled) {
    if (!settled.error().is_control()) log(LogLevel::Warning, settled.error().message);
    return;
  }
  for (const std::string& trouble : settled->troubles) log(LogLevel::Warning, trouble);
  are_settled_ = settled->is_all;
  if (settled->troubles.empty()) settle_again_at_ = now;  // it was only too early
}

void SyncLoop::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    auto report = library_.sync(stop);
    if (report) {
      if (Watchable* place = library_.storage().capabilities().watchable; place && !watch_)
        watch_ = place->watch([this] { poll_now(); });
      purge(stop);
      report->changed |= take_answers(stop);
      settle(stop);
      renew_pages(stop);
    }
    const auto interval = report ? kPollInterval : kUnreachableInterval;
    if (stop.stop_requested()) return;
    on_report_(std::move(report));
    std::unique_lock lock(mutex_);
    wanted_.wait_for(lock, stop, interval, [&] { return is_wanted_; });
    is_wanted_ = false;
  }
}

}  // namespace meanwhile
