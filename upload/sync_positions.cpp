#include "upload/sync_positions.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/identity.h"
#include "upload/journal.h"
#include "upload/signing.h"
#include "upload/verified_batch.h"

namespace meanwhile {
namespace {

// So many missing batches in one log are an attack, or a library that is lost anyway: these first.
constexpr std::size_t kMostHolesOfADevice = 4096;

// In one poll without a bell, those that are due longest: names that nobody stands behind may be many.
constexpr std::int64_t kMostDueHoles = 64;

// A backup that is restored, or a disk that is found, may bring what nobody hopes for any more.
constexpr std::chrono::milliseconds kGivenUpRetry = std::chrono::hours(24);

// As often at least, whatever a clock that was wrong says about how long that took.
constexpr std::int64_t kFewestTries = 24;

// In a hole's row. bind_due().
constexpr const char* kIsHopedFor = "(attempts < ?3 OR since_ms > ?4)";

// A time further ahead than anybody waits is of a clock that was set back since.
std::string is_due() {
  return fmt::format("(next_try_ms <= ?1 OR next_try_ms > ?2 OR ({} AND next_try_ms > ?5))", kIsHopedFor);
}

std::int64_t milliseconds_of(WallTime time) {
  return time.time_since_epoch().count();
}

Result<std::vector<std::string>> texts(Journal::Statement& query) {
  std::vector<std::string> found;
  auto row = query.step();
  for (; row && *row; row = query.step()) found.push_back(query.text(0));
  if (!row) return std::unexpected(row.error());
  return found;
}

Journal::Statement& bind_due(Journal::Statement& query, WallTime now, const SyncOptions& options) {
  return query.bind(milliseconds_of(now))
      .bind(milliseconds_of(now + kGivenUpRetry))
      .bind(kFewestTries)
      .bind(milliseconds_of(now - options.give_up_after))
      .bind(milliseconds_of(now + options.longest_retry));
}

Result<std::set<std::int64_t>> integers(Journal::Statement& query) {
  std::set<std::int64_t> found;
  auto row = query.step();
  for (; row && *row; row = query.step()) found.insert(query.integer(0));
  if (!row) return std::unexpected(row.error());
  return found;
}

}  // namespace

Result<std::optional<KnownDevice>> SyncPositions::device(const std::string& device) {
  auto query = journal_.prepare("SELECT device_key, person, name FROM devices WHERE device = ?");
  const auto row = query.bind(device).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  const auto key = PublicKey::from_base64(query.text(0));
  if (!key) return std::unexpected(key.error());
  return KnownDevice{device, *key, query.text(1), query.text(2)};
}

Result<void> SyncPositions::keep_device(const Certificate& certificate) {
  return journal_
      .prepare("INSERT OR IGNORE INTO devices(device, device_key, person, name) VALUES(?, ?, ?, ?)")
      .bind(certificate.device)
      .bind(certificate.device_key.base64())
      .bind(certificate.person)
      .bind(certificate.name)
      .run();
}

Result<std::vector<std::int64_t>> SyncPositions::missing(const std::string& device, std::int64_t head,
                                                         const std::set<std::int64_t>& tried,
                                                         std::size_t most, WallTime now) {
  const auto read_up_to = position(device);
  if (!read_up_to) return std::unexpected(read_up_to.error());
  auto received_query = journal_.prepare("SELECT DISTINCT seq FROM received WHERE device = ? AND seq > ?");
  const auto received = integers(received_query.bind(device).bind(*read_up_to));
  if (!received) return std::unexpected(received.error());
  auto holes_query = journal_.prepare(
      fmt::format("SELECT seq FROM holes WHERE NOT {} AND device = ?6 AND seq > 0", is_due()));
  const auto postponed = integers(bind_due(holes_query, now, options_).bind(device));
  if (!postponed) return std::unexpected(postponed.error());
  std::vector<std::int64_t> found;
  if (postponed->size() > kMostHolesOfADevice) return found;
  const auto want = [&](std::int64_t seq) {
    if (!received->contains(seq) && !postponed->contains(seq) && !tried.contains(seq)) found.push_back(seq);
  };
  const std::int64_t last_received = received->empty() ? 0 : *received->rbegin();
  const std::int64_t believed = std::min(head, std::max(*read_up_to + kBelievedAhead, last_received));
  for (std::int64_t seq = *read_up_to + 1; seq <= believed && found.size() < most; ++seq) want(seq);
  if (believed < head && found.size() < most) want(head);
  return found;
}

Result<std::vector<Hole>> SyncPositions::due_holes(WallTime now) {
  std::vector<Hole> holes;
  auto query =
      journal_.prepare(fmt::format("SELECT device, seq FROM holes WHERE {} AND {} "
                                   "ORDER BY next_try_ms LIMIT ?6",
                                   is_due(), kIsHopedFor));
  auto row = bind_due(query, now, options_).bind(kMostDueHoles).step();
  for (; row && *row; row = query.step()) holes.push_back({query.text(0), query.integer(1)});
  if (!row) return std::unexpected(row.error());
  return holes;
}

Result<std::map<std::string, bool>> SyncPositions::uncertified(WallTime now) {
  std::map<std::string, bool> found;
  auto query = journal_.prepare(fmt::format("SELECT device, {} FROM holes WHERE seq = 0", is_due()));
  auto row = bind_due(query, now, options_).step();
  for (; row && *row; row = query.step()) found.emplace(query.text(0), query.integer(1) != 0);
  if (!row) return std::unexpected(row.error());
  return found;
}

// In one transaction: a row that was read before another process wrote can't be written after it.
Result<bool> SyncPositions::note_hole(const Hole& hole, WallTime now) {
  bool is_new = false;
  MEANWHILE_TRY(journal_.transaction([&]() -> Result<void> {
    const auto noted = note_hole_within(hole, now);
    if (!noted) return std::unexpected(noted.error());
    is_new = *noted;
    return {};
  }));
  return is_new;
}

Result<bool> SyncPositions::note_hole_within(const Hole& hole, WallTime now) {
  auto query = journal_.prepare("SELECT attempts, since_ms FROM holes WHERE device = ? AND seq = ?");
  const auto row = query.bind(hole.device).bind(hole.seq).step();
  if (!row) return row;
  if (!*row) {
    // Due at once: what a folder sync is just bringing is here at the next poll.
    MEANWHILE_TRY(journal_.prepare("INSERT INTO holes VALUES(?, ?, ?, 0, ?)")
                      .bind(hole.device)
                      .bind(hole.seq)
                      .bind(milliseconds_of(now))
                      .bind(milliseconds_of(now))
                      .run());
    return true;
  }
  const std::int64_t attempts = query.integer(0);
  const bool is_given_up =
      attempts >= kFewestTries && query.integer(1) <= milliseconds_of(now - options_.give_up_after);
  const std::chrono::milliseconds wait = is_given_up ? kGivenUpRetry : delay(attempts);
  MEANWHILE_TRY(journal_
                    .prepare("UPDATE holes SET attempts = attempts + 1, next_try_ms = ? "
                             "WHERE device = ? AND seq = ?")
                    .bind(milliseconds_of(now + wait))
                    .bind(hole.device)
                    .bind(hole.seq)
                    .run());
  return false;
}

Result<void> SyncPositions::close_hole(const Hole& hole) {
  return journal_.prepare("DELETE FROM holes WHERE device = ? AND seq = ?")
      .bind(hole.device)
      .bind(hole.seq)
      .run();
}

Result<std::int64_t> SyncPositions::count_holes() {
  auto query = journal_.prepare("SELECT count(*) FROM holes");
  MEANWHILE_TRY(query.step());
  return query.integer(0);
}

Result<std::vector<std::string>> SyncPositions::hashes(const std::string& device, std::int64_t seq) {
  auto query = journal_.prepare("SELECT sha256 FROM received WHERE device = ? AND seq = ?");
  return texts(query.bind(device).bind(seq));
}

Result<std::int64_t> SyncPositions::last_received(const std::string& device) {
  auto query = journal_.prepare("SELECT coalesce(max(seq), 0) FROM received WHERE device = ?");
  MEANWHILE_TRY(query.bind(device).step());
  return query.integer(0);
}

Result<std::vector<std::string>> SyncPositions::prevs(const std::string& device, std::int64_t seq) {
  auto query = journal_.prepare("SELECT prev FROM received WHERE device = ? AND seq = ?");
  return texts(query.bind(device).bind(seq));
}

Result<void> SyncPositions::note_received(std::span<const VerifiedBatch> batches) {
  return journal_.transaction([&]() -> Result<void> {
    for (const VerifiedBatch& batch : batches) MEANWHILE_TRY(note_one_received(batch));
    return {};
  });
}

Result<void> SyncPositions::note_one_received(const VerifiedBatch& batch) {
  MEANWHILE_TRY(journal_.prepare("INSERT OR IGNORE INTO received VALUES(?, ?, ?, ?)")
                    .bind(batch.device)
                    .bind(batch.seq)
                    .bind(batch.sha256)
                    .bind(batch.prev)
                    .run());
  MEANWHILE_TRY(close_hole({batch.device, batch.seq}));
  const auto read_up_to = position(batch.device);
  if (!read_up_to) return std::unexpected(read_up_to.error());
  return *read_up_to + 1 == batch.seq ? advance(batch.device, batch.seq) : Result<void>();
}

// from is read: so is everything up to the next gap.
Result<void> SyncPositions::advance(const std::string& device, std::int64_t from) {
  auto query =
      journal_.prepare("SELECT DISTINCT seq FROM received WHERE device = ? AND seq > ? ORDER BY seq");
  auto row = query.bind(device).bind(from).step();
  for (; row && *row && query.integer(0) == from + 1; row = query.step()) ++from;
  if (!row) return std::unexpected(row.error());
  return journal_.prepare("UPDATE devices SET position = ? WHERE device = ?").bind(from).bind(device).run();
}

Result<std::int64_t> SyncPositions::position(const std::string& device) {
  auto query = journal_.prepare("SELECT position FROM devices WHERE device = ?");
  const auto row = query.bind(device).step();
  if (!row) return std::unexpected(row.error());
  return *row ? query.integer(0) : 0;
}

Result<std::vector<std::pair<KnownDevice, std::int64_t>>> SyncPositions::devices() {
  std::vector<std::pair<KnownDevice, std::int64_t>> found;
  auto query = journal_.prepare("SELECT device, device_key, person, name, position FROM devices");
  auto row = query.step();
  for (; row && *row; row = query.step()) {
    const auto key = PublicKey::from_base64(query.text(1));
    if (!key) return std::unexpected(key.error());
    found.push_back({{query.text(0), *key, query.text(2), query.text(3)}, query.integer(4)});
  }
  if (!row) return std::unexpected(row.error());
  return found;
}

Result<bool> SyncPositions::is_known_copy(const std::string& folder, const std::string& name,
                                          const std::string& version) {
  auto query = journal_.prepare("SELECT 1 FROM copies WHERE folder = ? AND name = ? AND version = ?");
  return query.bind(folder).bind(name).bind(version).step();
}

Result<void> SyncPositions::note_copy(const std::string& folder, const std::string& name,
                                      const std::string& version) {
  return journal_.prepare("INSERT OR REPLACE INTO copies VALUES(?, ?, ?)")
      .bind(folder)
      .bind(name)
      .bind(version)
      .run();
}

Result<std::string> SyncPositions::own_hash(const std::string& device, std::int64_t seq) {
  auto query = journal_.prepare("SELECT sha256 FROM batches WHERE device = ? AND seq = ?");
  const auto row = query.bind(device).bind(seq).step();
  if (!row) return std::unexpected(row.error());
  return *row ? query.text(0) : "";
}

Result<std::int64_t> SyncPositions::own_seq(const std::string& device) {
  auto query = journal_.prepare("SELECT coalesce(max(seq), 0) FROM batches WHERE device = ?");
  MEANWHILE_TRY(query.bind(device).step());
  return query.integer(0);
}

Result<std::int64_t> SyncPositions::own_head(const std::string& device) {
  auto query = journal_.prepare("SELECT head_seq FROM logs WHERE device = ?");
  const auto row = query.bind(device).step();
  if (!row) return std::unexpected(row.error());
  return *row ? query.integer(0) : 0;
}

Result<void> SyncPositions::forget_all() {
  return journal_.transaction([&]() -> Result<void> {
    MEANWHILE_TRY(journal_.prepare("DELETE FROM received").run());
    MEANWHILE_TRY(journal_.prepare("DELETE FROM holes").run());
    MEANWHILE_TRY(journal_.prepare("DELETE FROM copies").run());
    MEANWHILE_TRY(journal_.prepare("UPDATE devices SET position = 0").run());
    return journal_.prepare("DELETE FROM meta WHERE name IN ('bell', 'listed', 'names', 'overdue', 'copies')")
        .run();
  });
}

std::chrono::milliseconds SyncPositions::delay(std::int64_t attempts) const {
  const std::int64_t doubled = options_.first_retry.count() << std::min<std::int64_t>(attempts, 30);
  return std::chrono::milliseconds(std::min<std::int64_t>(doubled, options_.longest_retry.count()));
}

}  // namespace meanwhile
