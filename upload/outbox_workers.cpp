#include "upload/outbox_workers.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/log.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/event_log.h"
#include "upload/log_writer.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"
#include "upload/outbox_queue.h"
#include "upload/payload.h"
#include "upload/storage.h"
#include "upload/stored_bytes.h"
#include "upload/worker_claim.h"

namespace meanwhile {
namespace {

// Another process's words are found after this at the latest, if it doesn't send them itself.
constexpr std::chrono::seconds kLongestIdle{30};
// Another process writes the log: it is done, or gone, soon.
constexpr std::chrono::milliseconds kBusyLogDelay{200};
// Nobody waits longer for another process: what is said is its to send, too.
constexpr std::chrono::seconds kLongestBusyLog{3};

// A source that is gone or different won't come back by itself.
Error as_source_error(const std::string& key, const std::string& why) {
  return {ErrorCode::Internal, tr_format("{} can't be stored: {}", key, why)};
}

std::unexpected<Error> changed_source(const ClaimedItem& item, const FileRange& range) {
  return std::unexpected(
      as_source_error(item.key, tr_format("{} has changed since it was to be shared", range.path.string())));
}

// What is to be sent, and the file that it lies in.
struct Source {
  std::unique_ptr<FileSource> file;  // nullptr: the item's own bytes
  Payload payload;
};

Result<Source> open_source(const ClaimedItem& item) {
  if (const auto* bytes = std::get_if<Bytes>(&item.source)) return Source{nullptr, Payload(*bytes)};
  const auto& range = std::get<FileRange>(item.source);
  auto file = FileSource::open(range.path);
  if (!file) return std::unexpected(as_source_error(item.key, file.error().message));
  const Payload payload(**file, {range.offset, range.length});
  return Source{std::move(*file), payload};
}

// Of a file: that it still is what was to be shared.
Result<void> check_source(const ClaimedItem& item, const Source& source) {
  if (!source.file) return {};
  const FileRange& range = std::get<FileRange>(item.source);
  const auto hash = source.payload.sha256();
  if (hash && *hash == item.sha256) return {};
  if (hash || hash.error().code == ErrorCode::Corrupt) return changed_source(item, range);
  return std::unexpected(as_source_error(item.key, hash.error().message));
}

}  // namespace

void WakeUp::ring() {
  std::lock_guard lock(mutex_);
  ++count_;
  condition_.notify_all();
}

std::uint64_t WakeUp::count() {
  std::lock_guard lock(mutex_);
  return count_;
}

void WakeUp::wait(std::uint64_t seen, std::chrono::steady_clock::time_point deadline,
                  const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  condition_.wait_until(lock, stop, deadline, [&] { return count_ != seen; });
}

Outbox::Workers::Workers(OutboxQueue queue, std::unique_ptr<LogWriter> writer, WorkerClaim claim,
                         std::shared_ptr<Storage> storage, std::shared_ptr<EventLog> log,
                         OutboxOptions options)
    : storage_(std::move(storage)),
      log_(std::move(log)),
      options_(std::move(options)),
      claim_(std::move(claim)),
      writer_(std::move(writer)),
      queue_(std::move(queue)),
      state_(std::max(1, options_.threads)),
      random_(std::random_device()()) {
  log_->set_listener([wake = wake_] { wake->ring(); });
  writer_->set_on_stored([this] { tell_listener(); });
  writer_->set_on_lost([this] { state_.lock()->are_objects_doubted = true; });
}

void Outbox::Workers::start() {
  if (!threads_.empty()) return;
  prepare();
  for (int i = 1; i <= std::max(1, options_.threads); ++i) {
    threads_.emplace_back("outbox-" + std::to_string(i), [this](const std::stop_token& stop) { run(stop); });
  }
}

void Outbox::Workers::stop() {
  for (NamedThread& thread : threads_) thread.request_stop();
  const bool was_running = !threads_.empty();
  threads_.clear();
  note_all_stored();
  release_claimed();
  if (was_running) writer_->ring_held_bell({});
}

// A start is a fresh try for everything. What goes wrong here shows again when the work is done.
void Outbox::Workers::prepare() {
  auto queue = queue_.lock();
  (void)queue->release_gone_workers(claim_.name());
  (void)queue->make_due(OutboxQueue::Due::Postponed);
  (void)queue->forget_old(now());
  state_.lock()->are_objects_doubted =
      queue->doubted_objects().value_or(OutboxQueue::Doubted::None) != OutboxQueue::Doubted::None;
}

void Outbox::Workers::retry_now() {
  {
    auto state = state_.lock();
    state->failures = 0;
    state->pause_until = {};
    state->log_next_try = {};
    state->log_attempts = 0;
  }
  wake();
}

void Outbox::Workers::doubt_own_head() {
  writer_->doubt_own_head();
  state_.lock()->is_own_head_doubted = true;  // so that somebody looks, with or without words
  wake();
}

void Outbox::Workers::set_listener(std::function<void()> listener) {
  listener_ = std::move(listener);
}

void Outbox::Workers::tell_listener() {
  wake();
  if (listener_) listener_();
}

void Outbox::Workers::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const std::uint64_t seen = wake_->count();
    switch (choose_job()) {
      case Job::Log:
        run_log(stop);
        break;
      case Job::Look:
        run_look(stop);
        break;
      case Job::Item:
        run_item(stop);
        break;
      case Job::None:
        wait_for_work(seen, stop);
        break;
    }
  }
}

// Words go before segments: the log comes first.
Outbox::Workers::Job Outbox::Workers::choose_job() {
  const WallTime time = now();
  const auto waiting = log_->waiting();
  read_limits();
  auto state = state_.lock();
  const bool probing = state->failures >= kStorageIsDownAfter && state->in_flight > 0;
  if (time < state->pause_until || probing) return Job::None;
  const bool bell =
      !state->log_runs && writer_->bell_due() && *writer_->bell_due() <= std::chrono::steady_clock::now();
  const bool words = (waiting.value_or(0) > 0 && state->log_next_try <= time) || state->is_own_head_doubted;
  const bool is_log_wanted = !state->log_runs && (words || bell);
  if (!is_log_wanted && state->limits.is_paused) return Job::None;
  ++state->in_flight;
  state->log_runs = state->log_runs || is_log_wanted;
  if (is_log_wanted) return Job::Log;
  return std::exchange(state->are_objects_doubted, false) ? Job::Look : Job::Item;
}

void Outbox::Workers::wait_for_work(std::uint64_t seen, const std::stop_token& stop) {
  if (note_all_stored()) tell_listener();
  const auto delay =
      std::clamp<std::chrono::milliseconds>(next_wake() - now(), std::chrono::milliseconds(1), kLongestIdle);
  wake_->wait(seen, std::chrono::steady_clock::now() + delay, stop);
}

WallTime Outbox::Workers::next_wake() {
  const auto due = queue_.lock()->next_due();
  const auto waiting = log_->waiting();
  WallTime next = now() + kLongestIdle;
  if (due && *due) next = std::min(next, **due);
  auto state = state_.lock();
  if (!state->log_runs && waiting.value_or(0) > 0) next = std::min(next, state->log_next_try);
  if (!state->log_runs && writer_->bell_due()) {
    const auto left = *writer_->bell_due() - std::chrono::steady_clock::now();
    next = std::min(next, now() + std::chrono::ceil<std::chrono::milliseconds>(left));
  }
  const auto until_turn = state->next_segment - std::chrono::steady_clock::now();
  if (!state->segment_runs && until_turn > std::chrono::seconds(0))
    next = std::min(next, now() + std::chrono::ceil<std::chrono::milliseconds>(until_turn));
  return std::max(next, state->pause_until);
}

// Another process of this home may have changed them.
void Outbox::Workers::read_limits() {
  const auto limits = queue_.lock()->limits();
  if (!limits) return;
  // Each time: the storage may have been opened since the last.
  if (UploadPace* pace = storage_->capabilities().upload_pace)
    pace->set_upload_limit(limits->bytes_per_second);
  auto state = state_.lock();
  if (*limits == state->limits) return;
  state->limits = *limits;
  state->next_segment = {};
}

Outbox::Workers::Turn Outbox::Workers::take_turn() {
  auto state = state_.lock();
  if (state->limits.bytes_per_second == 0) return Turn::Anybodys;
  if (state->segment_runs || std::chrono::steady_clock::now() < state->next_segment) return Turn::Others;
  state->segment_runs = true;
  return Turn::Mine;
}

// Storage that doesn't slow down by itself (a folder that something else sends on) is given time.
void Outbox::Workers::end_turn(std::chrono::steady_clock::time_point started,
                               const std::optional<ClaimedItem>& item) {
  auto state = state_.lock();
  state->segment_runs = false;
  const std::uint64_t limit = state->limits.bytes_per_second;
  if (!item || item->priority != OutboxPriority::Segment || item->removes || limit == 0) return;
  state->next_segment = started + std::chrono::milliseconds(item->size_bytes * 1000 / limit);
}

void Outbox::Workers::run_log(const std::stop_token& stop) {
  state_.lock()->is_own_head_doubted = false;
  if (writer_->bell_due() && *writer_->bell_due() <= std::chrono::steady_clock::now())
    writer_->ring_held_bell(stop);
  const auto written = writer_->run(stop);
  if (written) note_success();
  if (!written && !written.error().is_control()) note_trouble(written.error());
  {
    auto state = state_.lock();
    --state->in_flight;
    state->log_runs = false;
    state->log_error.reset();
    if (written) state->log_attempts = 0;
    const bool is_busy = !written && written.error().code == ErrorCode::TryAgain;
    if (!is_busy) state->log_busy_since.reset();
    if (is_busy) {
      const auto time = std::chrono::steady_clock::now();
      state->log_next_try = now() + kBusyLogDelay;
      if (!state->log_busy_since) state->log_busy_since = time;
      if (time - *state->log_busy_since >= kLongestBusyLog)
        state->log_error = tr("another Meanwhile of yours is sending, or hangs in the library's place");
    }
    if (!written && !written.error().is_control()) {
      state->log_next_try = now() + retry_delay(state->log_attempts++);
      state->log_error = written.error().message;
    }
  }
  tell_listener();
}

void Outbox::Workers::run_item(const std::stop_token& stop) {
  release_leftovers();
  const std::uint64_t seen = wake_->count();
  const auto started = std::chrono::steady_clock::now();
  const Turn turn = take_turn();
  const auto item = next_item(turn);
  if (item && *item) {
    const ReadBack read_back = read_back_of(**item);
    const auto sent = send(**item, read_back, stop);
    note_item(**item, read_back, sent);
    if (turn == Turn::Mine) end_turn(started, *item);
    --state_.lock()->in_flight;
    tell_listener();
    return;
  }
  if (turn == Turn::Mine) end_turn(started, std::nullopt);
  --state_.lock()->in_flight;
  if (!item) meanwhile::log(LogLevel::Warning, "the outbox can't go on: " + item.error().message);
  (void)queue_.lock()->release_gone_workers(claim_.name());
  wait_for_work(seen, stop);
}

std::optional<ClaimedItem> Outbox::Workers::take_claimed(OutboxPriority least) {
  auto state = state_.lock();
  const auto found =
      std::ranges::find_if(state->claimed, [&](const ClaimedItem& item) { return item.priority <= least; });
  if (found == state->claimed.end()) return std::nullopt;
  ClaimedItem item = std::move(*found);
  state->claimed.erase(found);
  return item;
}

// A claim must be on the disk before anything is sent, so one is made for all threads, or more; under a
// limit, where something of more worth may come meanwhile, for one.
Result<std::optional<ClaimedItem>> Outbox::Workers::next_item(Turn turn) {
  const auto least = turn == Turn::Others ? OutboxPriority::Poster : OutboxPriority::Segment;
  if (auto item = take_claimed(least)) return item;
  const int most =
      turn == Turn::Anybodys ? state_.lock()->claim_pace.next(std::chrono::steady_clock::now()) : 1;
  auto items = queue_.lock()->claim(claim_.name(), now(), most, least);
  if (!items) return std::unexpected(items.error());
  if (items->empty()) return std::nullopt;
  ClaimedItem first = std::move(items->front());
  if (items->size() == 1) return first;
  {
    auto state = state_.lock();
    std::move(items->begin() + 1, items->end(), std::back_inserter(state->claimed));
  }
  wake();  // whoever found nothing looks again
  return first;
}

// Where the storage compares what arrives with the hash that goes along, nobody needs to do it here, unless
// it finds a difference.
Result<void> Outbox::Workers::send(const ClaimedItem& item, ReadBack read_back, const std::stop_token& stop) {
  if (item.removes) return storage_->remove(item.key, stop);
  const auto source = open_source(item);
  if (!source) return std::unexpected(source.error());
  const bool is_known = checks_uploads(*storage_) || (source->file && looks_as_hashed(item, *source->file));
  if (!is_known) MEANWHILE_TRY(check_source(item, *source));
  auto stored = put_checked(*storage_, item.key, source->payload, stop, item.sha256, read_back);
  if (stored || stored.error().is_control()) return stored;
  MEANWHILE_TRY(check_source(item, *source));
  if (stored.error().code == ErrorCode::Corrupt) note_damage(item);
  return stored;
}

// A file can be sent again if another object of its group turns out damaged; an item's own bytes are
// forgotten when they are stored. What failed before is looked at closely.
ReadBack Outbox::Workers::read_back_of(const ClaimedItem& item) {
  const bool may_be_in_part = std::holds_alternative<FileRange>(item.source) && item.attempts == 0;
  return may_be_in_part && !state_.lock()->reads_all_back ? ReadBack::InPart : ReadBack::All;
}

void Outbox::Workers::note_stamps(const std::vector<OutboxItem>& items) {
  auto stamps = stamps_.lock();
  for (const OutboxItem& item : items)
    if (item.hashed) stamps->insert_or_assign(item.key, *item.hashed);
}

bool Outbox::Workers::looks_as_hashed(const ClaimedItem& item, const FileSource& file) {
  const auto hashed = stamps_.lock()->extract(item.key);
  return hashed && file.stamp() == hashed.mapped();
}

void Outbox::Workers::describe_trouble(OutboxStatus& status) {
  auto state = state_.lock();
  if (!status.last_error) status.last_error = state->log_error;
  const WallTime time = now();
  const auto consider = [&](WallTime next) {
    if (next > time && (!status.next_try || next < *status.next_try)) status.next_try = next;
  };
  if (status.waiting_events > 0) consider(state->log_next_try);
  if (status.next_try && *status.next_try < state->pause_until) status.next_try = state->pause_until;
}

}  // namespace meanwhile
