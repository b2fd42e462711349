// A backup of a home that was restored, or a home that was copied: two writers under one key. The one that
// notices goes on as a new device. And a backup of the library that was restored: it gets what it lost. Part
// of LogWriter.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/json.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/journal.h"
#include "upload/log_writer.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

struct MovedEvent {
  std::int64_t n = 0;
  std::string text;
};

Result<std::vector<MovedEvent>> load_unstored_events(Journal& journal, const std::string& device,
                                                     std::int64_t after_seq) {
  std::vector<MovedEvent> events;
  auto query =
      journal.prepare("SELECT n, json FROM events WHERE device = ? AND (seq IS NULL OR seq > ?) ORDER BY n");
  auto row = query.bind(device).bind(after_seq).step();
  for (; row && *row; row = query.step()) events.push_back({query.integer(0), query.text(1)});
  if (!row) return std::unexpected(row.error());
  return events;
}

// As the person gave it: number and time are given anew.
Result<Json> without_number(const std::string& text) {
  auto event = parse_json(text);
  if (!event) return event;
  for (const char* name : {"n", "hlc", "at"}) event->erase(name);
  return event;
}

}  // namespace

// A copy of this home may have written more than this journal knows, also while this program ran; and the
// place may know less than it did.
Result<void> LogWriter::look_at_own_head(const std::stop_token& stop) {
  const auto writer = device();
  if (!writer) return std::unexpected(writer.error());
  auto log = load(writer->id());
  if (!log) return std::unexpected(log.error());
  const auto keys = storage_->list(kHeadsPrefix, fmt::format("{}{}", kHeadsPrefix, writer->id()), stop);
  if (!keys) return std::unexpected(keys.error());
  std::int64_t library_seq = 0;
  stale_heads_.clear();
  for (const ObjectInfo& info : *keys) {
    const auto head = parse_head_key(info.key);
    if (!head || head->device != writer->id()) continue;
    library_seq = std::max(library_seq, head->seq);
    if (head->seq < log->head_seq) stale_heads_.push_back(info.key);
  }
  if (library_seq < log->head_seq) {
    MEANWHILE_TRY(send_again(log->device, library_seq));
    log = load(log->device);
    if (!log) return std::unexpected(log.error());
  }
  const auto agrees = agrees_with_library(*log, library_seq, stop);
  if (!agrees) return std::unexpected(agrees.error());
  if (!*agrees) {
    meanwhile::log(LogLevel::Warning,
                   fmt::format("another copy of this home has written as device {}: going on as a new device",
                               writer->id()));
    const auto renewed = log_->identity()->renew_device(log->device);
    if (!renewed) return std::unexpected(renewed.error());
    const auto switched = device();
    if (!switched) return std::unexpected(switched.error());
  }
  return {};
}

Result<bool> LogWriter::agrees_with_library(const Log& log, std::int64_t library_seq,
                                            const std::stop_token& stop) {
  if (library_seq > log.packed_seq) {
    const auto others = has_unknown_batch(log, library_seq, stop);
    if (!others || *others) return others ? Result<bool>(false) : others;
  }
  const auto batches = unstored(log);
  if (!batches) return std::unexpected(batches.error());
  for (const Signed& batch : *batches) {
    const auto stored =
        storage_->get(batch_key(log.device, batch.seq), kLargestBatchBytes, std::nullopt, stop);
    if (!stored && stored.error().code == ErrorCode::NotFound) continue;
    if (!stored && stored.error().code != ErrorCode::Corrupt) return std::unexpected(stored.error());
    // A damaged upload of our own is written again; only what verifies is another writer's.
    if (stored && *stored != batch.bytes &&
        read_batch(*stored, log_->identity()->device().key.public_key(), batch.seq, log_->library())) {
      return false;
    }
  }
  return true;
}

// A head alone proves nothing: anybody can make one. What this device's key signed, and this home didn't,
// does.
Result<bool> LogWriter::has_unknown_batch(const Log& log, std::int64_t library_seq,
                                          const std::stop_token& stop) {
  for (const std::int64_t seq : {log.packed_seq + 1, library_seq}) {
    const auto stored = storage_->get(batch_key(log.device, seq), kLargestBatchBytes, std::nullopt, stop);
    const bool is_none =
        !stored && (stored.error().code == ErrorCode::NotFound || stored.error().code == ErrorCode::Corrupt);
    if (!stored && !is_none) return std::unexpected(stored.error());
    if (stored && read_batch(*stored, log_->identity()->device().key.public_key(), seq, log_->library()))
      return true;
  }
  meanwhile::log(LogLevel::Warning,
                 fmt::format("{} names words of this device that it never said: passed over",
                             head_key({log.device, library_seq})));
  return false;
}

// The same bytes under the same names, so what is there all the same isn't harmed.
Result<void> LogWriter::send_again(const std::string& device, std::int64_t after_seq) {
  meanwhile::log(
      LogLevel::Warning,
      fmt::format("{} has lost words that were stored there: they are sent again", storage_->description()));
  const auto noted = journal_.transaction([&]() -> Result<void> {
    MEANWHILE_TRY(journal_.set_value(kObjectsDoubtedName, "1"));
    return journal_
        .prepare(
            "UPDATE logs SET stored_seq = min(stored_seq, ?), head_seq = ?, certified = 0 WHERE device = ?")
        .bind(after_seq)
        .bind(after_seq)
        .bind(device)
        .run();
  });
  if (!noted) return noted;
  on_lost_();
  return {};
}

// Logs that this home writes no more, with words in them that aren't in the library yet.
Result<void> LogWriter::settle_left_logs(const std::stop_token& stop) {
  const auto writer = device();
  if (!writer) return std::unexpected(writer.error());
  std::vector<std::string> left;
  auto query = journal_.prepare(
      "SELECT DISTINCT device FROM events JOIN logs USING(device) "
      "WHERE device <> ? AND (seq IS NULL OR seq > head_seq)");
  auto row = query.bind(writer->id()).step();
  for (; row && *row; row = query.step()) left.push_back(query.text(0));
  if (!row) return std::unexpected(row.error());
  for (const std::string& device : left) {
    const auto log = load(device);
    if (!log) return std::unexpected(log.error());
    MEANWHILE_TRY(leave(*log, stop));
  }
  return {};
}

// What the library has of the log, byte for byte, stays; everything after that is said again by the new
// device.
Result<void> LogWriter::leave(const Log& log, const std::stop_token& stop) {
  const auto batches = unstored(log);
  if (!batches) return std::unexpected(batches.error());
  std::int64_t shared_seq = log.stored_seq;
  for (const Signed& batch : *batches) {
    const auto stored =
        storage_->get(batch_key(log.device, batch.seq), kLargestBatchBytes, std::nullopt, stop);
    const bool known =
        stored || stored.error().code == ErrorCode::NotFound || stored.error().code == ErrorCode::Corrupt;
    if (!known) return std::unexpected(stored.error());
    if (!stored || *stored != batch.bytes) break;
    shared_seq = batch.seq;
  }
  // Without a head nobody would look for them.
  if (shared_seq > log.head_seq) MEANWHILE_TRY(store_head({log.device, shared_seq}, stop));
  return journal_.transaction([&] { return take_back(log.device, shared_seq); });
}

Result<void> LogWriter::take_back(const std::string& device, std::int64_t after_seq) {
  const auto events = load_unstored_events(journal_, device, after_seq);
  if (!events) return std::unexpected(events.error());
  for (const MovedEvent& event : *events) {
    auto bare = without_number(event.text);
    if (!bare) return std::unexpected(bare.error());
    const auto moved = log_->append_within(journal_, {std::move(*bare)});
    if (!moved) return std::unexpected(moved.error());
    MEANWHILE_TRY(journal_
                      .prepare("UPDATE groups SET event_device = ?, last_event = ? "
                               "WHERE event_device = ? AND last_event = ?")
                      .bind(moved->last.device)
                      .bind(moved->last.n)
                      .bind(device)
                      .bind(event.n)
                      .run());
    MEANWHILE_TRY(journal_.prepare("INSERT OR REPLACE INTO moved VALUES(?, ?, ?, ?)")
                      .bind(device)
                      .bind(event.n)
                      .bind(moved->last.device)
                      .bind(moved->last.n)
                      .run());
    MEANWHILE_TRY(
        journal_.prepare("DELETE FROM events WHERE device = ? AND n = ?").bind(device).bind(event.n).run());
  }
  MEANWHILE_TRY(journal_.prepare("DELETE FROM batches WHERE device = ? AND seq > ?")
                    .bind(device)
                    .bind(after_seq)
                    .run());
  return journal_.prepare("UPDATE logs SET stored_seq = ?, head_seq = ? WHERE device = ?")
      .bind(after_seq)
      .bind(after_seq)
      .bind(device)
      .run();
}

}  // namespace meanwhile
