// The durable queue between everything and shared storage: what is put in here reaches the library, whatever
// happens.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/event_log.h"
#include "upload/outbox_items.h"
#include "upload/storage.h"

namespace meanwhile {

struct OutboxStatus {
  std::vector<GroupStatus> groups;  // those not stored yet, oldest first
  bool is_paused = false;           // on request; words go all the same
  std::int64_t waiting_items = 0;
  std::uint64_t waiting_bytes = 0;
  std::int64_t waiting_events = 0;
  std::optional<std::string> last_error;  // of what is being retried: a sentence
  std::optional<WallTime> next_try;
};

enum class StoredOutcome { Stored, Failed, DeadlinePassed };

struct OutboxOptions {
  int threads = 8;
  std::chrono::milliseconds first_retry{500};  // doubled each time, with jitter
  std::chrono::milliseconds longest_retry{60'000};
  std::function<WallTime()> now = wall_now;
  std::function<double()> random = {};  // [0, 1); default: a seeded generator of the outbox's own
};

// Owns the threads "outbox-<n>". Any thread; several processes may have one database open: each piece is sent
// by one.
class Outbox {
 public:
  // Nothing is sent before start(). database: the same as log's. Errors: Corrupt, PermissionDenied, NoSpace,
  // Io.
  static Result<std::unique_ptr<Outbox>> open(const std::filesystem::path& database,
                                              std::shared_ptr<Storage> storage, std::shared_ptr<EventLog> log,
                                              OutboxOptions options = {});
  ~Outbox();  // as stop()

  // Adds to a group (a clip's id), in one transaction: after a crash all of it is here or none. A key that is
  // in the outbox already with the same bytes isn't sent again; its file is the new one from now on. Reads
  // files whose hash isn't given. Errors: InvalidArgument (a key, or a key that is here with other bytes),
  // NotFound (a file), Corrupt (a file that is shorter), NoSpace, Io.
  Result<void> add(const std::string& group, std::vector<OutboxItem> items);

  // The same, and events that are appended to the log once all of the group is stored ("published").
  Result<void> add(const std::string& group, std::vector<OutboxItem> items, std::vector<Json> then_events);

  // Drops what wasn't sent and removes from the library what was. The group is stored when that is done. A
  // group whose word is in the log belongs to everybody: it stays as it is, with success.
  Result<void> discard(const std::string& group);

  // The same for some of a group's objects: nothing is read from their files any more once this returns, but
  // for what is being read right now, which comes to nothing. Doesn't hold the rest of the group up. Keys
  // that the group hasn't got are passed over.
  Result<void> withdraw(const std::string& group, const std::vector<std::string>& keys);

  // The same for these objects of whatever groups; what was kept of their bytes goes, too.
  Result<void> withdraw(const std::vector<std::string>& keys);

  // Sends here what was promised to another library in the same place, which gave way to this one: its groups
  // that weren't stored whole, with the events that were to follow. Once, however often it is called.
  // journal: its database. Errors: Corrupt, NoSpace, Io.
  Result<void> take_over(const std::filesystem::path& journal);

  // Something whose key begins so, and doesn't end so, waits to be stored, or the word of its group to be
  // said. but_ending: "": whatever its end.
  Result<bool> is_sending_below(const std::string& prefix, const std::string& but_ending = "");

  // In the order in which they were added; none for a group that isn't there.
  Result<std::vector<OutboxObject>> objects(const std::string& group);

  // From now on, durably and for every process of this home: others see it with their next piece. What is
  // being sent goes on to its end. Errors: NoSpace, Io.
  Result<void> set_limits(const SendingLimits& limits);
  Result<SendingLimits> limits();

  void start();
  // Ends what is being sent (it is sent again next time) and joins. Rings the bell if that is due.
  void stop();

  // Blocks. Failed: status() says why. Errors: NotFound (no such group), Aborted (stop), Io.
  Result<StoredOutcome> wait_until_stored(const std::string& group,
                                          std::chrono::steady_clock::time_point deadline,
                                          std::stop_token stop = {});
  Result<StoredOutcome> wait_until_stored(const EventId& event,
                                          std::chrono::steady_clock::time_point deadline,
                                          std::stop_token stop = {});

  Result<GroupStatus> group_status(const std::string& group);  // Errors: NotFound, Io.
  Result<OutboxStatus> status();

  // Everything is due now, failed groups too.
  Result<void> retry_now();

  // Looks again at this device's head in the library: whether another copy of this home has written for it,
  // or the place lost words; sync saw a sign of it.
  void doubt_own_head();

  // All that this home has said and shared is stored there once more, under the same names: sealed otherwise
  // than before. Once for each reason. Before start(). Errors: NoSpace, Io.
  Result<void> send_everything_again(const std::string& reason);

  // Called after each change of the status, with no lock held, on an outbox thread: post, don't work. Before
  // start().
  void set_listener(std::function<void()> listener);

  class Workers;

 private:
  explicit Outbox(std::unique_ptr<Workers> workers);
  const std::unique_ptr<Workers> workers_;
};

}  // namespace meanwhile
