#include "upload/log_writer.h"

#include <sodium.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/event_log.h"
#include "upload/file_lock.h"
#include "upload/identity.h"
#include "upload/journal.h"
#include "upload/signing.h"
#include "upload/storage.h"
#include "upload/stored_bytes.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kBellInterval{1};
constexpr std::size_t kBellBytes = 16;
// What a batch adds around its events: names, numbers, hash and signature, with some room.
constexpr std::size_t kBatchFrameBytes = 512;

struct WaitingEvent {
  std::int64_t n = 0;
  std::string text;
};

Result<std::vector<WaitingEvent>> load_waiting(Journal& journal, const std::string& device) {
  std::vector<WaitingEvent> events;
  auto query = journal.prepare("SELECT n, json FROM events WHERE device = ? AND seq IS NULL ORDER BY n");
  auto row = query.bind(device).step();
  for (; row && *row; row = query.step()) events.push_back({query.integer(0), query.text(1)});
  if (!row) return std::unexpected(row.error());
  return events;
}

// As many events from first on as fit into one batch.
std::size_t count_for_batch(const std::vector<WaitingEvent>& events, std::size_t first) {
  std::size_t bytes = kBatchFrameBytes;
  std::size_t count = 0;
  while (first + count < events.size() && count < kLargestBatchEvents) {
    bytes += events[first + count].text.size() + 1;
    if (bytes > kLargestBatchBytes) break;
    ++count;
  }
  return count;
}

Result<Json> as_array(std::span<const WaitingEvent> events) {
  Json array = Json::array();
  for (const WaitingEvent& event : events) {
    auto parsed = parse_json(event.text);
    if (!parsed) return fail(tr("reading the journal"), parsed.error());
    array.push_back(std::move(*parsed));
  }
  return array;
}

Result<std::string> hash_of_last(Journal& journal, const std::string& device, std::int64_t seq) {
  if (seq == 0) return "";
  auto query = journal.prepare("SELECT sha256 FROM batches WHERE device = ? AND seq = ?");
  MEANWHILE_TRY(query.bind(device).bind(seq).step());
  return query.text(0);
}

Result<void> keep_batch(Journal& journal, const std::string& device, std::int64_t seq, const Bytes& bytes,
                        std::span<const WaitingEvent> events) {
  MEANWHILE_TRY(journal.prepare("INSERT INTO batches VALUES(?, ?, ?, ?)")
                    .bind(device)
                    .bind(seq)
                    .bind(bytes)
                    .bind(sha256_hex(bytes))
                    .run());
  return journal.prepare("UPDATE events SET seq = ? WHERE device = ? AND n BETWEEN ? AND ?")
      .bind(seq)
      .bind(device)
      .bind(events.front().n)
      .bind(events.back().n)
      .run();
}

}  // namespace

Result<std::unique_ptr<LogWriter>> LogWriter::open(const std::filesystem::path& database,
                                                   std::shared_ptr<Storage> storage,
                                                   std::shared_ptr<EventLog> log) {
  auto journal = Journal::open(database);
  if (!journal) return std::unexpected(journal.error());
  return std::unique_ptr<LogWriter>(new LogWriter(std::move(*journal), std::move(storage), std::move(log)));
}

Result<void> LogWriter::run(std::stop_token stop) {
  auto lock_path = journal_.path();
  lock_path += ".log-lock";
  const auto lock = FileLock::try_take(lock_path);
  if (!lock) return std::unexpected(lock.error());
  if (!*lock) return fail(ErrorCode::TryAgain, "another process writes the log");
  MEANWHILE_TRY(look_if_suspected(stop));
  MEANWHILE_TRY(settle_left_logs(stop));
  while (true) {
    // Again: a fork may be suspected while we write, and nothing may be signed under a number that another
    // copy has used.
    MEANWHILE_TRY(look_if_suspected(stop));
    const auto writer = device();
    if (!writer) return std::unexpected(writer.error());
    auto log = load(writer->id());
    if (!log) return std::unexpected(log.error());
    // Only when all that was signed is written, more is signed: offline, words gather in few batches.
    if (log->packed_seq == log->head_seq) {
      MEANWHILE_TRY(pack(*writer));
      log = load(writer->id());
      if (!log) return std::unexpected(log.error());
    }
    if (log->packed_seq == log->head_seq && !head_is_known_) continue;
    if (log->packed_seq == log->head_seq) return {};
    if (!log->certified) MEANWHILE_TRY(certify(*writer, stop));
    MEANWHILE_TRY(put_batches(*log, stop));
    MEANWHILE_TRY(put_head(*log, stop));
    ring_bell(stop);
    on_stored_();
    remove_stale_heads(stop);
  }
}

Result<void> LogWriter::look_if_suspected(const std::stop_token& stop) {
  if (head_is_known_.exchange(true)) return {};
  auto looked = look_at_own_head(stop);
  if (!looked) head_is_known_ = false;
  return looked;
}

Result<Identity::Device> LogWriter::device() {
  std::optional<Identity::Device> device;
  const auto done = journal_.transaction([&]() -> Result<void> {
    auto current = log_->current_device(journal_);
    if (!current) return std::unexpected(current.error());
    device = std::move(*current);
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return *device;
}

Result<LogWriter::Log> LogWriter::load(const std::string& device) {
  auto query = journal_.prepare(
      "SELECT stored_seq, head_seq, certified, (SELECT coalesce(max(seq), 0) FROM batches WHERE device = "
      "logs.device) "
      "FROM logs WHERE device = ?");
  const auto row = query.bind(device).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::Internal, tr("the journal has no log for this device"));
  return Log{.device = device,
             .packed_seq = query.integer(3),
             .stored_seq = query.integer(0),
             .head_seq = query.integer(1),
             .certified = query.integer(2) != 0};
}

Result<std::vector<LogWriter::Signed>> LogWriter::unstored(const Log& log) {
  std::vector<Signed> batches;
  auto query = journal_.prepare("SELECT seq, bytes FROM batches WHERE device = ? AND seq > ? ORDER BY seq");
  auto row = query.bind(log.device).bind(log.stored_seq).step();
  for (; row && *row; row = query.step()) batches.push_back({query.integer(0), query.blob(1)});
  if (!row) return std::unexpected(row.error());
  return batches;
}

Result<void> LogWriter::pack(const Identity::Device& device) {
  return journal_.transaction([&]() -> Result<void> {
    const auto events = load_waiting(journal_, device.id());
    if (!events) return std::unexpected(events.error());
    // A fork may be suspected since we looked. Who suspects one does so before saying more: with these words
    // read, we know of it, too.
    if (!head_is_known_) return {};
    const auto log = load(device.id());
    if (!log) return std::unexpected(log.error());
    auto prev = hash_of_last(journal_, device.id(), log->packed_seq);
    if (!prev) return std::unexpected(prev.error());
    std::int64_t seq = log->packed_seq;
    for (std::size_t first = 0; first < events->size();) {
      const auto part = std::span(*events).subspan(first, count_for_batch(*events, first));
      auto array = as_array(part);
      if (!array) return std::unexpected(array.error());
      const Bytes bytes =
          make_batch({device.id(), ++seq, *prev, std::move(*array), log_->library()}, device.key);
      MEANWHILE_TRY(keep_batch(journal_, device.id(), seq, bytes, part));
      prev = sha256_hex(bytes);
      first += part.size();
    }
    return {};
  });
}

Result<void> LogWriter::certify(const Identity::Device& device, const std::stop_token& stop) {
  // Of the same time in each library, and so of the same bytes whenever it is made.
  const Certificate& own = device.certificate;
  const auto bytes =
      make_certificate(log_->identity()->person_key(), device.key, own.name, own.created, log_->library());
  if (!bytes) return std::unexpected(bytes.error());
  MEANWHILE_TRY(put_checked(*storage_, certificate_key(device.id()), *bytes, stop));
  return journal_.prepare("UPDATE logs SET certified = 1 WHERE device = ?").bind(device.id()).run();
}

Result<void> LogWriter::put_batches(const Log& log, const std::stop_token& stop) {
  const auto batches = unstored(log);
  if (!batches) return std::unexpected(batches.error());
  for (const Signed& batch : *batches) {
    MEANWHILE_TRY(put_checked(*storage_, batch_key(log.device, batch.seq), batch.bytes, stop));
    MEANWHILE_TRY(journal_.prepare("UPDATE logs SET stored_seq = ? WHERE device = ?")
                      .bind(batch.seq)
                      .bind(log.device)
                      .run());
  }
  return {};
}

Result<void> LogWriter::put_head(Log log, const std::stop_token& stop) {
  const LogHead head{log.device, log.packed_seq};
  MEANWHILE_TRY(store_head(head, stop));
  MEANWHILE_TRY(journal_.prepare("UPDATE logs SET head_seq = ? WHERE device = ?")
                    .bind(head.seq)
                    .bind(log.device)
                    .run());
  if (log.head_seq > 0) stale_heads_.push_back(head_key({log.device, log.head_seq}));
  std::erase(stale_heads_, head_key(head));
  return {};
}

Result<void> LogWriter::store_head(const LogHead& head, const std::stop_token& stop) {
  const auto hash = hash_of_last(journal_, head.device, head.seq);
  if (!hash) return std::unexpected(hash.error());
  const auto& identity = *log_->identity();
  const Identity::Device device = identity.device();
  const KeyPair& signer = device.id() == head.device ? device.key : identity.person_key();
  return put_listed(*storage_, head_key(head), make_head(head, *hash, log_->library(), signer), stop);
}

// An old head that stays does no harm: readers take the highest. The next writer that starts removes it.
void LogWriter::remove_stale_heads(const std::stop_token& stop) {
  std::erase_if(stale_heads_,
                [&](const std::string& key) { return storage_->remove(key, stop).has_value(); });
}

void LogWriter::ring_bell(const std::stop_token& stop) {
  const auto now = std::chrono::steady_clock::now();
  bell_due_ = now;
  if (rang_ && now < *rang_ + kBellInterval) {
    bell_due_ = *rang_ + kBellInterval;
  } else {
    ring_held_bell(stop);
  }
}

void LogWriter::ring_held_bell(std::stop_token stop) {
  if (!bell_due_) return;
  bell_due_.reset();
  if (storage_->capabilities().lists_cheaply) return;
  rang_ = std::chrono::steady_clock::now();
  std::array<std::byte, kBellBytes> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  (void)storage_->put(kBellKey, bytes, stop);
}

}  // namespace meanwhile
