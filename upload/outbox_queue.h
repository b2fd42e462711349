// The outbox's rows in the journal: what waits, who sends it, what is done.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/event_log.h"
#include "upload/journal.h"
#include "upload/outbox_items.h"

namespace meanwhile {

struct ClaimedItem {
  std::int64_t id = 0;
  std::string group;
  std::string key;
  std::string sha256;
  std::variant<Bytes, FileRange> source;
  bool removes = false;
  int attempts = 0;
  std::uint64_t size_bytes = 0;
  OutboxPriority priority = OutboxPriority::Segment;
};

// One connection of its own: one thread at a time.
class OutboxQueue {
 public:
  OutboxQueue(Journal journal, std::shared_ptr<EventLog> log)
      : journal_(std::move(journal)), log_(std::move(log)) {}

  // As Outbox::add and discard. items' sha256 must be given.
  Result<void> add(const std::string& group, const std::vector<OutboxItem>& items,
                   const std::vector<Json>& then_events, WallTime now);
  Result<void> discard(const std::string& group);
  Result<void> withdraw(const std::string& group, const std::vector<std::string>& keys);
  Result<void> withdraw(const std::vector<std::string>& keys);
  Result<bool> is_sending_below(const std::string& prefix, const std::string& but_ending);
  Result<std::vector<OutboxObject>> objects(const std::string& group);

  // The groups of another library's queue that weren't sent whole, but for those that are here already. from:
  // its journal.
  Result<void> take_over(Journal& from, WallTime now);

  Result<SendingLimits> limits();
  Result<void> set_limits(const SendingLimits& limits);

  // The next, at most so many, that may be sent, for worker, and are worth at least as much as `least`. On
  // the disk when it returns: what may have been sent must be known after a crash.
  Result<std::vector<ClaimedItem>> claim(const std::string& worker, WallTime now, int most,
                                         OutboxPriority least = OutboxPriority::Segment);
  // The items are stored or removed. With the last of its group the events that were to follow are appended.
  // On the disk with the next commit that is at once (a claim, or the batch of those events): what a power
  // cut takes back is sent once more, the same bytes under the same name.
  Result<void> finish(std::span<const ClaimedItem> items);
  // Groups that are everybody's, all of which was stored. Of a group, what was: without what was withdrawn.
  Result<std::vector<std::string>> stored_groups();
  Result<std::vector<ClaimedItem>> stored_items(const std::string& group);
  // These are to be sent once more.
  Result<void> send_again(const std::vector<ClaimedItem>& items);
  // Which of the objects that were stored are to be looked for: until that was done.
  enum class Doubted { None, Missing, All };
  Result<Doubted> doubted_objects();
  Result<void> send_everything_again(const std::string& reason);
  Result<void> settle_doubts_of_objects();

  Result<void> release(const ClaimedItem& item);
  Result<void> postpone(const ClaimedItem& item, WallTime until, const std::string& why);
  Result<void> fail_group(const ClaimedItem& item, const std::string& why);

  // What was stored of a group's files counts as not stored, as long as the group's word isn't said.
  Result<void> reopen(const std::string& group);

  // Takes back what workers claimed that are gone.
  Result<void> release_gone_workers(const std::string& self);
  // Everything is due now; `failed` groups too, or only what was postponed.
  enum class Due { Postponed, FailedToo };
  Result<void> make_due(Due due);
  // When the next postponed item is due; nullopt: nothing waits for time.
  Result<std::optional<WallTime>> next_due();
  // Groups that were stored more than 30 days ago; not those that wait for their word (a take that was sent
  // while it was recorded), for the names of their objects must stay known.
  Result<void> forget_old(WallTime now);

  // Something of it waits to be stored, and will be tried: less work than group() where there is much.
  Result<bool> is_under_way(const std::string& group);
  Result<GroupStatus> group(const std::string& name);
  Result<std::vector<GroupStatus>> unfinished();
  Result<std::optional<std::string>> last_error();

 private:
  Result<void> add_item(const std::string& group, const OutboxItem& item);
  Result<void> read_from_now_on(const OutboxItem& item);
  Result<void> withdraw_key(const std::string& group, const std::string& key);
  Result<bool> is_withdrawn(const std::string& key);
  Result<void> forget_bytes(const std::string& key);
  Result<void> append_then_events(const std::string& group);
  Result<std::vector<ClaimedItem>> select_due(WallTime now, int most, OutboxPriority least);

  Journal journal_;
  const std::shared_ptr<EventLog> log_;
};

}  // namespace meanwhile
