// Other people's words: reads what is new in a library, and lets through only what verifies.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/identifier.h"
#include "upload/event_log.h"
#include "upload/journal.h"
#include "upload/storage.h"
#include "upload/sync_options.h"
#include "upload/verified_batch.h"

namespace meanwhile {

struct SyncReport {
  bool changed = false;      // heads were looked at
  std::int64_t batches = 0;  // delivered
  std::int64_t holes = 0;    // missing or not verifying: retried, for 30 days
  // It says more than this home wrote (another copy of it writes?) or less than was stored (the place went
  // back in time?): Outbox::doubt_own_head().
  bool own_head_differs = false;
  std::vector<std::string> warnings;  // sentences: conflicts, certificates that don't verify
};

// deliver's ok says that all of the batches are taken over for good; only then they count as read. So many
// come together that one transaction for them is worth it. The same batch may come again after a crash.
// Called on poll's thread, a device's batches in order of seq as far as they are there.
using DeliverBatches = std::function<Result<void>(std::span<const VerifiedBatch> batches)>;

// Any thread; one call at a time, the others wait. The app owns the thread "sync" that calls poll().
class Sync {
 public:
  // database: the same as log's. Errors: Corrupt, PermissionDenied, NoSpace, Io.
  static Result<std::unique_ptr<Sync>> open(const std::filesystem::path& database,
                                            std::shared_ptr<Storage> storage, std::shared_ptr<EventLog> log,
                                            SyncOptions options = {});

  // One request if nothing changed. Batches of this home's present device aren't delivered
  // (EventLog::for_each has them). A bad object never keeps others back. Errors: the storage's (some batches
  // may have been delivered), deliver's, Aborted, Io.
  Result<SyncReport> poll(const DeliverBatches& deliver, std::stop_token stop = {});

  // By device of that person, the last batch that its head in the library names. Errors: the storage's, Io.
  Result<std::map<std::string, std::int64_t>> heads_of(const std::string& person, std::stop_token stop = {});

  // All batches count as unread again: for an index that is built anew.
  Result<void> start_over();

 private:
  class Poll;
  Sync(Journal journal, std::shared_ptr<Storage> storage, std::shared_ptr<EventLog> log, SyncOptions options);
  std::mutex one_at_a_time_;
  Journal journal_;
  const std::shared_ptr<Storage> storage_;
  const std::shared_ptr<EventLog> log_;
  const SyncOptions options_;
};

}  // namespace meanwhile
