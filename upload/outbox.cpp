#include "upload/outbox.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/event_log.h"
#include "upload/hash_at_once.h"
#include "upload/journal.h"
#include "upload/log_writer.h"
#include "upload/outbox_items.h"
#include "upload/outbox_queue.h"
#include "upload/outbox_workers.h"
#include "upload/signing.h"
#include "upload/storage.h"
#include "upload/worker_claim.h"

namespace meanwhile {
namespace {

// Another process may be the one that sends: only looking shows that.
constexpr std::chrono::milliseconds kLookAgain{200};

Result<void> complete(OutboxItem& item) {
  MEANWHILE_TRY(check_key(item.key));
  if (const auto* bytes = std::get_if<Bytes>(&item.source)) {
    item.sha256 = sha256_hex(*bytes);
    if (bytes->size() <= kLargestObjectBytes) return {};
    return fail(ErrorCode::InvalidArgument, tr_format("{} is larger than an object may be", item.key));
  }
  const auto& range = std::get<FileRange>(item.source);
  if (range.length > kLargestObjectBytes) {
    return fail(ErrorCode::InvalidArgument, tr_format("{} is larger than an object may be", item.key));
  }
  auto file = FileSource::open(range.path);
  if (!file) return std::unexpected(file.error());
  const auto size = (*file)->size();
  if (!size) return std::unexpected(size.error());
  if (*size < range.offset || *size - range.offset < range.length) {
    return fail(ErrorCode::Corrupt, tr_format("{} is shorter than it should be", range.path.string()));
  }
  if (!item.sha256.empty()) return {};
  item.hashed = (*file)->stamp();
  auto hash = sha256_hex(**file, range.offset, range.length);
  if (!hash) return std::unexpected(hash.error());
  item.sha256 = *hash;
  return {};
}

// Of what complete() has to hash.
std::uint64_t unhashed_bytes(const std::vector<OutboxItem>& items) {
  std::uint64_t bytes = 0;
  for (const OutboxItem& item : items) {
    const auto* range = std::get_if<FileRange>(&item.source);
    if (range == nullptr) bytes += std::get<Bytes>(item.source).size();
    if (range != nullptr && item.sha256.empty()) bytes += range->length;
  }
  return bytes;
}

// The first error counts.
Result<void> complete_all(std::vector<OutboxItem>& items) {
  std::vector<Result<void>> outcomes(items.size());
  hash_at_once(items.size(), unhashed_bytes(items), [&](std::size_t i) { outcomes[i] = complete(items[i]); });
  for (std::size_t i = 0; i < items.size(); ++i)
    if (!outcomes[i]) return fail(tr_format("sharing {}", items[i].key), outcomes[i].error());
  return {};
}

// asks() until it gives an outcome, the deadline passes, or stop.
template <typename Ask>
Result<StoredOutcome> wait_for(WakeUp& wake, std::chrono::steady_clock::time_point deadline,
                               const std::stop_token& stop, Ask ask) {
  while (true) {
    const std::uint64_t seen = wake.count();
    const Result<std::optional<StoredOutcome>> outcome = ask();
    if (!outcome) return std::unexpected(outcome.error());
    if (*outcome) return **outcome;
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped"));
    const auto now = std::chrono::steady_clock::now();
    if (now >= deadline) return StoredOutcome::DeadlinePassed;
    wake.wait(seen, std::min(deadline, now + kLookAgain), stop);
  }
}

// What waits can be looked at where nothing can be written.
Result<WorkerClaim> claim_if_possible(const std::filesystem::path& database) {
  auto claim = WorkerClaim::take(database);
  if (claim) return claim;
  const ErrorCode code = claim.error().code;
  if (code == ErrorCode::NoSpace || code == ErrorCode::PermissionDenied) return WorkerClaim::unheld();
  return claim;
}

}  // namespace

Outbox::Outbox(std::unique_ptr<Workers> workers) : workers_(std::move(workers)) {}

Outbox::~Outbox() {
  stop();
}

Result<std::unique_ptr<Outbox>> Outbox::open(const std::filesystem::path& database,
                                             std::shared_ptr<Storage> storage, std::shared_ptr<EventLog> log,
                                             OutboxOptions options) {
  auto journal = Journal::open(database);
  if (!journal) return std::unexpected(journal.error());
  auto claim = claim_if_possible(database);
  if (!claim) return std::unexpected(claim.error());
  auto writer = LogWriter::open(database, storage, log);
  if (!writer) return std::unexpected(writer.error());
  return std::unique_ptr<Outbox>(
      new Outbox(std::make_unique<Workers>(OutboxQueue(std::move(*journal), log), std::move(*writer),
                                           std::move(*claim), std::move(storage), log, std::move(options))));
}

Result<void> Outbox::add(const std::string& group, std::vector<OutboxItem> items) {
  return add(group, std::move(items), {});
}

Result<void> Outbox::add(const std::string& group, std::vector<OutboxItem> items,
                         std::vector<Json> then_events) {
  MEANWHILE_TRY(complete_all(items));
  // Before any of them can be sent.
  workers_->note_stamps(items);
  MEANWHILE_TRY(workers_->queue().lock()->add(group, items, then_events, workers_->now()));
  workers_->wake();
  return {};
}

Result<void> Outbox::discard(const std::string& group) {
  MEANWHILE_TRY(workers_->queue().lock()->discard(group));
  workers_->wake();
  return {};
}

Result<void> Outbox::withdraw(const std::string& group, const std::vector<std::string>& keys) {
  MEANWHILE_TRY(workers_->queue().lock()->withdraw(group, keys));
  workers_->wake();
  return {};
}

Result<void> Outbox::withdraw(const std::vector<std::string>& keys) {
  MEANWHILE_TRY(workers_->queue().lock()->withdraw(keys));
  workers_->wake();
  return {};
}

Result<bool> Outbox::is_sending_below(const std::string& prefix, const std::string& but_ending) {
  return workers_->queue().lock()->is_sending_below(prefix, but_ending);
}

Result<void> Outbox::take_over(const std::filesystem::path& journal) {
  auto from = Journal::open(journal);
  if (!from) return std::unexpected(from.error());
  MEANWHILE_TRY(workers_->queue().lock()->take_over(*from, wall_now()));
  workers_->wake();
  return {};
}

Result<std::vector<OutboxObject>> Outbox::objects(const std::string& group) {
  return workers_->queue().lock()->objects(group);
}

Result<void> Outbox::send_everything_again(const std::string& reason) {
  MEANWHILE_TRY(workers_->queue().lock()->send_everything_again(reason));
  workers_->wake();
  return {};
}

Result<void> Outbox::set_limits(const SendingLimits& limits) {
  MEANWHILE_TRY(workers_->queue().lock()->set_limits(limits));
  workers_->wake();
  return {};
}

Result<SendingLimits> Outbox::limits() {
  return workers_->queue().lock()->limits();
}

void Outbox::start() {
  workers_->start();
}

void Outbox::stop() {
  workers_->stop();
}

Result<StoredOutcome> Outbox::wait_until_stored(const std::string& group,
                                                std::chrono::steady_clock::time_point deadline,
                                                std::stop_token stop) {
  return wait_for(workers_->wake_up(), deadline, stop, [&]() -> Result<std::optional<StoredOutcome>> {
    const auto goes_on = workers_->queue().lock()->is_under_way(group);
    if (!goes_on) return std::unexpected(goes_on.error());
    if (*goes_on) return std::nullopt;
    const auto status = group_status(group);
    if (!status) return std::unexpected(status.error());
    if (status->stored) return StoredOutcome::Stored;
    if (status->failure) return StoredOutcome::Failed;
    return std::nullopt;
  });
}

Result<StoredOutcome> Outbox::wait_until_stored(const EventId& event,
                                                std::chrono::steady_clock::time_point deadline,
                                                std::stop_token stop) {
  return wait_for(workers_->wake_up(), deadline, stop, [&]() -> Result<std::optional<StoredOutcome>> {
    const auto stored = workers_->log().is_stored(event);
    if (!stored) return std::unexpected(stored.error());
    if (*stored) return StoredOutcome::Stored;
    return std::nullopt;
  });
}

Result<GroupStatus> Outbox::group_status(const std::string& group) {
  return workers_->queue().lock()->group(group);
}

Result<OutboxStatus> Outbox::status() {
  OutboxStatus status;
  const auto waiting = workers_->log().waiting();
  if (!waiting) return std::unexpected(waiting.error());
  status.waiting_events = *waiting;
  {
    auto queue = workers_->queue().lock();
    auto groups = queue->unfinished();
    if (!groups) return std::unexpected(groups.error());
    status.groups = std::move(*groups);
    if (const auto limits = queue->limits()) status.is_paused = limits->is_paused;
    if (const auto error = queue->last_error()) status.last_error = *error;
    if (const auto next = queue->next_due()) status.next_try = *next;
  }
  for (const GroupStatus& group : status.groups) {
    status.waiting_items += group.items - group.items_stored;
    status.waiting_bytes += group.bytes - group.bytes_stored;
  }
  workers_->describe_trouble(status);
  return status;
}

Result<void> Outbox::retry_now() {
  MEANWHILE_TRY(workers_->queue().lock()->make_due(OutboxQueue::Due::FailedToo));
  workers_->retry_now();
  return {};
}

void Outbox::doubt_own_head() {
  workers_->doubt_own_head();
}

void Outbox::set_listener(std::function<void()> listener) {
  workers_->set_listener(std::move(listener));
}

}  // namespace meanwhile
