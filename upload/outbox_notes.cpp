// What became of the items that the outbox's threads sent: noted in the queue, or tried again later.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <deque>
#include <random>
#include <vector>

#include "media/base/log.h"
#include "media/base/result.h"
#include "upload/outbox.h"
#include "upload/outbox_queue.h"
#include "upload/outbox_workers.h"
#include "upload/stored_bytes.h"

namespace meanwhile {
namespace {

// After a kill as much is sent once more.
constexpr std::chrono::milliseconds kNotedTogether{100};

// These don't pass by waiting. A library that is read-only or answers oddly may be mended by somebody: tried
// again.
bool is_final(const Error& error) {
  return error.code == ErrorCode::InvalidArgument || error.code == ErrorCode::Unsupported ||
         error.code == ErrorCode::Internal || error.code == ErrorCode::AlreadyExists;
}

}  // namespace

void Outbox::Workers::note_damage(const ClaimedItem& item) {
  meanwhile::log(LogLevel::Warning, "all that is stored is read back from now on: " + item.key +
                                        " was kept wrongly by " + storage_->description());
  state_.lock()->reads_all_back = true;
  (void)queue_.lock()->reopen(item.group);
}

void Outbox::Workers::note_item(const ClaimedItem& item, ReadBack read_back, const Result<void>& sent) {
  if (sent) note_success();
  if (sent) return note_stored(item, read_back);
  if (const auto noted = note_failure(item, sent.error()); !noted) note_untaken(item, noted.error());
}

// A full local disk, for instance. It is sent once more later: the same bytes under the same name.
void Outbox::Workers::note_untaken(const ClaimedItem& item, const Error& error) {
  meanwhile::log(LogLevel::Warning, "the outbox can't note what was stored: " + error.message);
  auto state = state_.lock();
  state->unreleased.push_back(item);
  state->pause_until = now() + options_.first_retry;
}

// Several in one commit, where they are so small that the next will soon be stored.
void Outbox::Workers::note_stored(const ClaimedItem& item, ReadBack read_back) {
  {
    auto state = state_.lock();
    state->stored.push_back({item, read_back});
    const bool is_soon = std::chrono::steady_clock::now() - state->noted < kNotedTogether;
    if (is_soon && !state->claimed.empty()) return;
  }
  note_all_stored();
}

// Whether there was anything to note.
bool Outbox::Workers::note_all_stored() {
  if (state_.lock()->stored.empty()) return false;
  std::vector<StoredItem> stored;
  const auto noted = finish_stored(stored);
  if (!noted)
    for (const StoredItem& each : stored) note_untaken(each.item, noted.error());
  return true;
}

// stored: what it was about.
Result<void> Outbox::Workers::finish_stored(std::vector<StoredItem>& stored) {
  auto queue = queue_.lock();
  {
    auto state = state_.lock();
    stored.swap(state->stored);
    state->noted = std::chrono::steady_clock::now();
  }
  std::vector<ClaimedItem> done;
  for (const StoredItem& each : stored) {
    // Damage that was seen meanwhile had all sent again that was stored by then: this wasn't among it.
    if (each.read_back == read_back_of(each.item)) {
      done.push_back(each.item);
    } else {
      MEANWHILE_TRY(queue->release(each.item));
    }
  }
  return done.empty() ? Result<void>() : queue->finish(done);
}

Result<void> Outbox::Workers::note_failure(const ClaimedItem& item, const Error& error) {
  if (error.is_control()) return queue_.lock()->release(item);
  if (is_final(error)) return queue_.lock()->fail_group(item, error.message);
  // Whoever may write but not delete leaves what nobody asks for any more where it is.
  if (item.removes && error.code == ErrorCode::PermissionDenied) {
    meanwhile::log(LogLevel::Warning, item.key + " stays in the library: " + error.message);
    return queue_.lock()->finish({&item, 1});
  }
  note_trouble(error);
  return queue_.lock()->postpone(item, now() + retry_delay(item.attempts), error.message);
}

void Outbox::Workers::note_success() {
  {
    auto state = state_.lock();
    const bool was_down = state->failures >= kStorageIsDownAfter;
    state->failures = 0;
    state->pause_until = {};
    if (!was_down) return;
    state->log_next_try = {};
  }
  (void)queue_.lock()->make_due(OutboxQueue::Due::Postponed);
}

void Outbox::Workers::note_trouble(const Error& error) {
  if (is_final(error)) return;
  auto state = state_.lock();
  if (now() < state->pause_until) return;  // several were under way when it went down
  state->pause_until = now() + retry_delay(state->failures);
  ++state->failures;
}

void Outbox::Workers::release_leftovers() {
  std::vector<ClaimedItem> items;
  items.swap(state_.lock()->unreleased);
  for (const ClaimedItem& item : items) {
    if (!queue_.lock()->release(item)) state_.lock()->unreleased.push_back(item);
  }
}

void Outbox::Workers::release_claimed() {
  std::deque<ClaimedItem> items;
  items.swap(state_.lock()->claimed);
  for (const ClaimedItem& item : items) (void)queue_.lock()->release(item);
}

std::chrono::milliseconds Outbox::Workers::retry_delay(int attempts) {
  const double random =
      options_.random ? options_.random() : std::uniform_real_distribution<>(0, 1)(*random_.lock());
  const double doubled =
      std::ldexp(static_cast<double>(options_.first_retry.count()), std::min(attempts, 30));
  const double longest = std::min(doubled, static_cast<double>(options_.longest_retry.count()));
  return std::chrono::milliseconds(static_cast<std::int64_t>(longest * (0.5 + random / 2)) + 1);
}

}  // namespace meanwhile
