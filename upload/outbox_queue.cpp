#include "upload/outbox_queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/journal.h"
#include "upload/outbox_items.h"
#include "upload/worker_claim.h"

namespace meanwhile {
namespace {

constexpr int kPut = 0;
constexpr int kRemove = 1;
// After everything that the group stores.
constexpr int kRemoveStage = 1'000'000;
constexpr int kPutStage = 0;
constexpr std::chrono::hours kForgetAfter{24 * 30};
constexpr const char* kLimitsName = "sending_limits";

constexpr const char* kInsertItem =
    "INSERT INTO items(grp, action, key, path, offset, size, bytes, sha256, stage, priority) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

// An item waits while its group failed, or has an item of a lower stage that isn't done.
constexpr const char* kSelectDue =
    "SELECT id, grp, action, key, path, offset, size, bytes, sha256, attempts, priority "
    "FROM items AS item WHERE done = 0 AND priority <= ?3 AND claimed_by IS NULL AND (next_try_ms <= ?1 OR "
    "next_try_ms > ?2) "
    "AND (SELECT failure FROM groups WHERE name = grp) IS NULL "
    "AND NOT EXISTS(SELECT 1 FROM items WHERE grp = item.grp AND done = 0 AND stage < item.stage) "
    "ORDER BY priority, id LIMIT ?4";

// Removals count only where nothing was said that waited for the rest.
constexpr const char* kGroupColumns =
    "name, failure, then_events IS NULL, "
    "coalesce(last_event IS NULL OR (SELECT seq IS NOT NULL AND seq <= head_seq FROM events JOIN logs "
    "USING(device) "
    "  WHERE device = event_device AND n = last_event), 0), "
    "(SELECT count(*) FROM items WHERE grp = name AND (action = 0 OR last_event IS NULL)), "
    "(SELECT count(*) FROM items WHERE grp = name AND done AND (action = 0 OR last_event IS NULL)), "
    "(SELECT coalesce(sum(size), 0) FROM items WHERE grp = name), "
    "(SELECT coalesce(sum(size), 0) FROM items WHERE grp = name AND done), "
    "last_event IS NOT NULL OR then_events IS NOT NULL ";

std::int64_t to_ms(WallTime time) {
  return time.time_since_epoch().count();
}

std::variant<Bytes, FileRange> source_of(Journal::Statement& row) {
  if (row.is_null(4)) return row.blob(7);
  return FileRange{row.text(4), static_cast<std::uint64_t>(row.integer(5)),
                   static_cast<std::uint64_t>(row.integer(6))};
}

GroupStatus read_group(const Journal::Statement& row) {
  GroupStatus status{.group = row.text(0),
                     .items = row.integer(4),
                     .items_stored = row.integer(5),
                     .bytes = static_cast<std::uint64_t>(row.integer(6)),
                     .bytes_stored = static_cast<std::uint64_t>(row.integer(7))};
  if (!row.is_null(1)) status.failure = row.text(1);
  const bool said = row.integer(2) != 0 && row.integer(3) != 0;
  status.had_events = row.integer(8) != 0;
  status.stored = !status.failure && status.items == status.items_stored && said;
  return status;
}

void bind_source(Journal::Statement& insert, const OutboxItem& item) {
  if (const auto* range = std::get_if<FileRange>(&item.source)) {
    insert.bind(range->path.native()).bind(static_cast<std::int64_t>(range->offset));
    insert.bind(static_cast<std::int64_t>(range->length)).bind_null();
  } else {
    const Bytes& bytes = std::get<Bytes>(item.source);
    insert.bind_null().bind_null().bind(static_cast<std::int64_t>(bytes.size())).bind(std::span(bytes));
  }
}

// Of a group in a library's journal; not what was taken back.
Result<std::vector<OutboxItem>> unsent_items(Journal& journal, const std::string& group) {
  std::vector<OutboxItem> items;
  auto query = journal.prepare(
      "SELECT id, grp, action, key, path, offset, size, bytes, sha256, priority FROM items AS item "
      "WHERE grp = ? AND action = ? AND done = 0 "
      "AND NOT EXISTS(SELECT 1 FROM items WHERE key = item.key AND action = ?) ORDER BY id");
  auto row = query.bind(group).bind(kPut).bind(kRemove).step();
  for (; row && *row; row = query.step())
    items.push_back({.key = query.text(3),
                     .source = source_of(query),
                     .sha256 = query.text(8),
                     .priority = static_cast<OutboxPriority>(query.integer(9))});
  if (!row) return std::unexpected(row.error());
  return items;
}

}  // namespace

Result<void> OutboxQueue::add(const std::string& group, const std::vector<OutboxItem>& items,
                              const std::vector<Json>& then_events, WallTime now) {
  return journal_.transaction([&]() -> Result<void> {
    MEANWHILE_TRY(journal_.prepare("INSERT OR IGNORE INTO groups(name, created_ms) VALUES(?, ?)")
                      .bind(group)
                      .bind(to_ms(now))
                      .run());
    for (const OutboxItem& item : items) MEANWHILE_TRY(add_item(group, item));
    if (!then_events.empty()) {
      MEANWHILE_TRY(journal_.prepare("UPDATE groups SET then_events = ?, failure = NULL WHERE name = ?")
                        .bind(to_text(Json(then_events)))
                        .bind(group)
                        .run());
    }
    return append_then_events(group);
  });
}

Result<void> OutboxQueue::take_over(Journal& from, WallTime now) {
  auto groups = from.prepare(
      "SELECT name, then_events FROM groups WHERE then_events IS NOT NULL OR EXISTS(SELECT 1 FROM items "
      "WHERE grp = name AND done = 0 AND action = ?)");
  auto row = groups.bind(kPut).step();
  for (; row && *row; row = groups.step()) {
    const std::string name = groups.text(0);
    if (group(name)) continue;  // taken over before
    std::vector<Json> then_events;
    if (!groups.is_null(1)) {
      const auto events = parse_json(groups.text(1));
      if (!events || !events->is_array())
        return fail(ErrorCode::Corrupt, tr("the journal's events are damaged"));
      then_events.assign(events->begin(), events->end());
    }
    const auto items = unsent_items(from, name);
    if (!items) return std::unexpected(items.error());
    MEANWHILE_TRY(add(name, *items, then_events, now));
  }
  return row ? Result<void>() : std::unexpected(row.error());
}

Result<void> OutboxQueue::add_item(const std::string& group, const OutboxItem& item) {
  auto known = journal_.prepare("SELECT sha256 FROM items WHERE key = ? AND action = ?");
  const auto row = known.bind(item.key).bind(kPut).step();
  if (!row) return std::unexpected(row.error());
  const auto withdrawn = *row ? is_withdrawn(item.key) : Result<bool>(false);
  if (!withdrawn) return std::unexpected(withdrawn.error());
  if (*row && known.text(0) == item.sha256 && !*withdrawn) return read_from_now_on(item);
  if (*row) {
    return fail(ErrorCode::InvalidArgument,
                *withdrawn ? tr_format("{} is in the outbox already, and was taken back", item.key)
                           : tr_format("{} is in the outbox already, with other bytes", item.key));
  }
  auto insert = journal_.prepare(kInsertItem);
  insert.bind(group).bind(kPut).bind(item.key);
  bind_source(insert, item);
  return insert.bind(item.sha256).bind(kPutStage).bind(static_cast<std::int64_t>(item.priority)).run();
}

// The same bytes, where they are now: an earlier file may be gone, or another one.
Result<void> OutboxQueue::read_from_now_on(const OutboxItem& item) {
  const auto* range = std::get_if<FileRange>(&item.source);
  if (range == nullptr) return {};
  return journal_
      .prepare("UPDATE items SET path = ?, offset = ? WHERE key = ? AND action = ? AND path IS NOT NULL")
      .bind(range->path.string())
      .bind(static_cast<std::int64_t>(range->offset))
      .bind(item.key)
      .bind(kPut)
      .run();
}

Result<void> OutboxQueue::discard(const std::string& group) {
  const auto known = objects(group);
  if (!known) return std::unexpected(known.error());
  return journal_.transaction([&]() -> Result<void> {
    auto said = journal_.prepare("SELECT 1 FROM groups WHERE name = ? AND last_event IS NOT NULL");
    const auto was_said = said.bind(group).step();
    if (!was_said) return std::unexpected(was_said.error());
    if (*was_said) return {};
    MEANWHILE_TRY(journal_.prepare("UPDATE groups SET then_events = NULL, failure = NULL WHERE name = ?")
                      .bind(group)
                      .run());
    for (const OutboxObject& object : *known) MEANWHILE_TRY(withdraw_key(group, object.key));
    return {};
  });
}

Result<void> OutboxQueue::withdraw(const std::string& group, const std::vector<std::string>& keys) {
  return journal_.transaction([&]() -> Result<void> {
    for (const std::string& key : keys) MEANWHILE_TRY(withdraw_key(group, key));
    return append_then_events(group);
  });
}

Result<void> OutboxQueue::withdraw(const std::vector<std::string>& keys) {
  return journal_.transaction([&]() -> Result<void> {
    for (const std::string& key : keys) {
      auto query = journal_.prepare("SELECT grp FROM items WHERE action = ? AND key = ?");
      const auto row = query.bind(kPut).bind(key).step();
      if (!row) return std::unexpected(row.error());
      if (!*row) continue;
      MEANWHILE_TRY(withdraw_key(query.text(0), key));
      MEANWHILE_TRY(forget_bytes(key));
    }
    return {};
  });
}

// Within a transaction. Where it was tried before it may be stored in spite of the error; where it is being
// sent it will be. What was never tried leaves its row all the same: the key is spent.
Result<void> OutboxQueue::withdraw_key(const std::string& group, const std::string& key) {
  MEANWHILE_TRY(
      journal_
          .prepare("INSERT OR IGNORE INTO items(grp, action, key, size, sha256, stage, priority, done) "
                   "SELECT grp, ?, key, 0, '', ?, 0, attempts = 0 AND done = 0 AND claimed_by IS NULL "
                   "FROM items WHERE grp = ? AND key = ? AND action = ?")
          .bind(kRemove)
          .bind(kRemoveStage)
          .bind(group)
          .bind(key)
          .bind(kPut)
          .run());
  return journal_
      .prepare(
          "UPDATE items SET done = 1, bytes = NULL WHERE grp = ? AND key = ? AND action = ? AND done = 0 "
          "AND claimed_by IS NULL")
      .bind(group)
      .bind(key)
      .bind(kPut)
      .run();
}

Result<bool> OutboxQueue::is_withdrawn(const std::string& key) {
  auto query = journal_.prepare("SELECT 1 FROM items WHERE key = ? AND action = ?");
  return query.bind(key).bind(kRemove).step();
}

Result<bool> OutboxQueue::is_sending_below(const std::string& prefix, const std::string& but_ending) {
  auto query = journal_.prepare(
      "SELECT 1 FROM items JOIN groups ON groups.name = items.grp WHERE key >= ?1 AND key < ?1 || '~' AND "
      "action = ?2 AND (items.done = 0 OR groups.then_events IS NOT NULL) "
      "AND (?3 = '' OR substr(key, -length(?3)) <> ?3) LIMIT 1");
  return query.bind(prefix).bind(kPut).bind(but_ending).step();
}

Result<std::vector<OutboxObject>> OutboxQueue::objects(const std::string& group) {
  std::vector<OutboxObject> all;
  auto query = journal_.prepare(
      "SELECT key, path, offset, size, sha256, "
      "EXISTS(SELECT 1 FROM items AS removal WHERE removal.key = item.key AND removal.action = ?) "
      "FROM items AS item WHERE grp = ? AND action = ? ORDER BY id");
  auto row = query.bind(kRemove).bind(group).bind(kPut).step();
  for (; row && *row; row = query.step()) {
    OutboxObject object{
        .key = query.text(0), .range = {}, .sha256 = query.text(4), .is_withdrawn = query.integer(5) != 0};
    if (!query.is_null(1)) {
      object.range = FileRange{query.text(1), static_cast<std::uint64_t>(query.integer(2)),
                               static_cast<std::uint64_t>(query.integer(3))};
    }
    all.push_back(std::move(object));
  }
  if (!row) return std::unexpected(row.error());
  return all;
}

Result<std::vector<ClaimedItem>> OutboxQueue::claim(const std::string& worker, WallTime now, int most,
                                                    OutboxPriority least) {
  std::vector<ClaimedItem> claimed;
  const auto done = journal_.transaction([&]() -> Result<void> {
    auto items = select_due(now, most, least);
    if (!items) return std::unexpected(items.error());
    claimed = std::move(*items);
    for (const ClaimedItem& item : claimed) {
      // Counted now: a kill or a stop on the way leaves it open whether the storage has it.
      MEANWHILE_TRY(journal_.prepare("UPDATE items SET claimed_by = ?, attempts = attempts + 1 WHERE id = ?")
                        .bind(worker)
                        .bind(item.id)
                        .run());
    }
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return claimed;
}

Result<std::vector<ClaimedItem>> OutboxQueue::select_due(WallTime now, int most, OutboxPriority least) {
  // A time too far ahead comes from a clock that was set back since.
  constexpr std::chrono::hours kLongestWait{2};
  std::vector<ClaimedItem> due;
  auto query = journal_.prepare(kSelectDue);
  query.bind(to_ms(now)).bind(to_ms(now + kLongestWait)).bind(static_cast<std::int64_t>(least));
  auto row = query.bind(static_cast<std::int64_t>(most)).step();
  for (; row && *row; row = query.step()) {
    due.push_back({.id = query.integer(0),
                   .group = query.text(1),
                   .key = query.text(3),
                   .sha256 = query.text(8),
                   .source = source_of(query),
                   .removes = query.integer(2) == kRemove,
                   .attempts = static_cast<int>(query.integer(9)),
                   .size_bytes = static_cast<std::uint64_t>(query.integer(6)),
                   .priority = static_cast<OutboxPriority>(query.integer(10))});
  }
  if (!row) return std::unexpected(row.error());
  return due;
}

Result<SendingLimits> OutboxQueue::limits() {
  const auto text = journal_.value(kLimitsName);
  if (!text) return std::unexpected(text.error());
  if (!*text) return SendingLimits{};
  const auto json = parse_json(**text);
  if (!json) return fail(tr("reading the limits of sending"), json.error());
  return SendingLimits{.is_paused = bool_member(*json, "paused").value_or(false),
                       .bytes_per_second = static_cast<std::uint64_t>(
                           std::max<std::int64_t>(integer_member(*json, "bytes_per_second").value_or(0), 0))};
}

Result<void> OutboxQueue::set_limits(const SendingLimits& limits) {
  const Json json = {{"paused", limits.is_paused}, {"bytes_per_second", limits.bytes_per_second}};
  return journal_.set_value(kLimitsName, json.dump());
}

Result<void> OutboxQueue::finish(std::span<const ClaimedItem> items) {
  return journal_.transaction(
      [&]() -> Result<void> {
        std::set<std::string> groups;
        for (const ClaimedItem& item : items) {
          MEANWHILE_TRY(journal_
                            .prepare("UPDATE items SET done = 1, claimed_by = NULL, error = NULL "
                                     "WHERE id = ?")
                            .bind(item.id)
                            .run());
          if (item.removes) MEANWHILE_TRY(forget_bytes(item.key));
          groups.insert(item.group);
        }
        for (const std::string& group : groups) MEANWHILE_TRY(append_then_events(group));
        return {};
      },
      Durability::WithTheNext);
}

// Of what nobody will ask for again. All others are kept as long as their group: the place may lose them.
Result<void> OutboxQueue::forget_bytes(const std::string& key) {
  return journal_.prepare("UPDATE items SET bytes = NULL WHERE key = ? AND action = ?")
      .bind(key)
      .bind(kPut)
      .run();
}

// Within a transaction: the group's last byte (what is only to be removed holds nothing up) and the word
// about it become durable together.
Result<void> OutboxQueue::append_then_events(const std::string& group) {
  auto query = journal_.prepare(
      "SELECT then_events FROM groups WHERE name = ? AND then_events IS NOT NULL "
      "AND NOT EXISTS(SELECT 1 FROM items WHERE grp = name AND done = 0 AND action = ?)");
  const auto row = query.bind(group).bind(kPut).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return {};
  const auto events = parse_json(query.text(0));
  if (!events) return fail(tr("reading the outbox"), events.error());
  const auto appended = log_->append_within(journal_, std::vector<Json>(events->begin(), events->end()));
  if (!appended) return std::unexpected(appended.error());
  return journal_
      .prepare("UPDATE groups SET then_events = NULL, event_device = ?, last_event = ? WHERE name = ?")
      .bind(appended->last.device)
      .bind(appended->last.n)
      .bind(group)
      .run();
}

Result<void> OutboxQueue::release(const ClaimedItem& item) {
  return journal_.prepare("UPDATE items SET claimed_by = NULL WHERE id = ?").bind(item.id).run();
}

Result<void> OutboxQueue::postpone(const ClaimedItem& item, WallTime until, const std::string& why) {
  return journal_
      .prepare(
          "UPDATE items SET claimed_by = NULL, next_try_ms = ?, error = ? "
          "WHERE id = ?")
      .bind(to_ms(until))
      .bind(why)
      .bind(item.id)
      .run();
}

Result<void> OutboxQueue::fail_group(const ClaimedItem& item, const std::string& why) {
  const auto withdrawn = is_withdrawn(item.key);
  if (!withdrawn) return std::unexpected(withdrawn.error());
  if (*withdrawn && !item.removes) return finish({&item, 1});
  return journal_.transaction([&]() -> Result<void> {
    MEANWHILE_TRY(journal_
                      .prepare("UPDATE items SET claimed_by = NULL, error = ? "
                               "WHERE id = ?")
                      .bind(why)
                      .bind(item.id)
                      .run());
    return journal_.prepare("UPDATE groups SET failure = ? WHERE name = ?").bind(why).bind(item.group).run();
  });
}

Result<void> OutboxQueue::reopen(const std::string& group) {
  return journal_
      .prepare(
          "UPDATE items SET done = 0, next_try_ms = 0 WHERE grp = ?1 AND action = ?2 AND done = 1 AND path "
          "IS "
          "NOT NULL AND NOT EXISTS(SELECT 1 FROM items AS removal WHERE removal.key = items.key "
          "AND removal.action = ?3) AND (SELECT last_event FROM groups WHERE name = ?1) IS NULL")
      .bind(group)
      .bind(kPut)
      .bind(kRemove)
      .run();
}

Result<void> OutboxQueue::release_gone_workers(const std::string& self) {
  std::vector<std::string> gone;
  auto query = journal_.prepare("SELECT DISTINCT claimed_by FROM items WHERE done = 0 AND claimed_by <> ?");
  auto row = query.bind(self).step();
  for (; row && *row; row = query.step()) {
    if (WorkerClaim::is_gone(journal_.path(), query.text(0))) gone.push_back(query.text(0));
  }
  if (!row) return std::unexpected(row.error());
  for (const std::string& worker : gone) {
    MEANWHILE_TRY(
        journal_.prepare("UPDATE items SET claimed_by = NULL WHERE claimed_by = ?").bind(worker).run());
  }
  return {};
}

Result<void> OutboxQueue::make_due(Due due) {
  return journal_.transaction([&]() -> Result<void> {
    MEANWHILE_TRY(journal_.prepare("UPDATE items SET next_try_ms = 0 WHERE done = 0").run());
    if (due == Due::Postponed) return {};
    // Who asks to retry now waits for how that goes, not for how it went last time.
    MEANWHILE_TRY(journal_.prepare("UPDATE items SET error = NULL WHERE done = 0").run());
    return journal_.prepare("UPDATE groups SET failure = NULL WHERE failure IS NOT NULL").run();
  });
}

Result<std::optional<WallTime>> OutboxQueue::next_due() {
  auto query = journal_.prepare(
      "SELECT min(next_try_ms) FROM items WHERE done = 0 AND next_try_ms > 0 "
      "AND claimed_by IS NULL AND (SELECT failure FROM groups WHERE name = grp) IS NULL");
  MEANWHILE_TRY(query.step());
  if (query.is_null(0)) return std::nullopt;
  return WallTime(std::chrono::milliseconds(query.integer(0)));
}

Result<void> OutboxQueue::forget_old(WallTime now) {
  return journal_.transaction([&]() -> Result<void> {
    MEANWHILE_TRY(
        journal_
            .prepare("DELETE FROM groups WHERE created_ms < ? AND failure IS NULL "
                     "AND then_events IS NULL "
                     "AND NOT EXISTS(SELECT 1 FROM items WHERE grp = name AND done = 0) "
                     "AND (last_event IS NOT NULL OR NOT EXISTS(SELECT 1 FROM items AS item "
                     "  WHERE grp = name AND action = 0 AND NOT EXISTS(SELECT 1 FROM items AS removal "
                     "    WHERE removal.key = item.key AND removal.action = 1)))")
            .bind(to_ms(now - kForgetAfter))
            .run());
    return journal_.prepare("DELETE FROM items WHERE grp NOT IN (SELECT name FROM groups)").run();
  });
}

Result<bool> OutboxQueue::is_under_way(const std::string& group) {
  auto query = journal_.prepare(
      "SELECT 1 FROM groups WHERE name = ? AND failure IS NULL "
      "AND EXISTS(SELECT 1 FROM items WHERE grp = name AND done = 0 AND stage = ?)");
  return query.bind(group).bind(kPutStage).step();
}

Result<GroupStatus> OutboxQueue::group(const std::string& name) {
  auto query = journal_.prepare(fmt::format("SELECT {} FROM groups WHERE name = ?", kGroupColumns));
  const auto row = query.bind(name).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::NotFound, tr_format("nothing named {} is in the outbox", name));
  return read_group(query);
}

Result<std::vector<GroupStatus>> OutboxQueue::unfinished() {
  std::vector<GroupStatus> groups;
  auto query =
      journal_.prepare(fmt::format("SELECT {} FROM groups ORDER BY created_ms, name", kGroupColumns));
  auto row = query.step();
  for (; row && *row; row = query.step()) {
    if (GroupStatus status = read_group(query); !status.stored) groups.push_back(std::move(status));
  }
  if (!row) return std::unexpected(row.error());
  return groups;
}

Result<std::optional<std::string>> OutboxQueue::last_error() {
  auto query = journal_.prepare(
      "SELECT error FROM items WHERE done = 0 AND error IS NOT NULL "
      "ORDER BY next_try_ms DESC LIMIT 1");
  const auto row = query.step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  return query.text(0);
}

}  // namespace meanwhile
