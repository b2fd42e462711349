// The outbox's threads, and what they agree on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/files.h"
#include "media/base/guarded.h"
#include "media/base/identifier.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "upload/claim_pace.h"
#include "upload/event_log.h"
#include "upload/log_writer.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"
#include "upload/outbox_queue.h"
#include "upload/storage.h"
#include "upload/stored_bytes.h"
#include "upload/worker_claim.h"

namespace meanwhile {

// Wakes whoever waits for the outbox; outlives it, as the log's listener holds it too.
class WakeUp {
 public:
  void ring();
  std::uint64_t count();
  // Until ring() was called since `seen` was counted, or the deadline, or stop.
  void wait(std::uint64_t seen, std::chrono::steady_clock::time_point deadline, const std::stop_token& stop);

 private:
  std::mutex mutex_;
  std::condition_variable_any condition_;
  std::uint64_t count_ = 0;
};

class Outbox::Workers {
 public:
  Workers(OutboxQueue queue, std::unique_ptr<LogWriter> writer, WorkerClaim claim,
          std::shared_ptr<Storage> storage, std::shared_ptr<EventLog> log, OutboxOptions options);

  void start();
  void stop();
  void retry_now();
  void doubt_own_head();
  // Items that are about to be added, and what their files looked like when they were hashed.
  void note_stamps(const std::vector<OutboxItem>& items);
  void set_listener(std::function<void()> listener);
  void wake() { wake_->ring(); }
  // What keeps the log, or the storage as a whole, from going on.
  void describe_trouble(OutboxStatus& status);

  Guarded<OutboxQueue>& queue() { return queue_; }
  EventLog& log() { return *log_; }
  WakeUp& wake_up() { return *wake_; }
  WallTime now() const { return options_.now(); }

 private:
  struct StoredItem {
    ClaimedItem item;
    ReadBack read_back;
  };
  // What the threads share, besides the queue.
  struct State {
    explicit State(int threads) : claim_pace(threads) {}
    int in_flight = 0;
    bool log_runs = false;  // one thread at a time uses writer_
    bool is_own_head_doubted = false;
    bool are_objects_doubted = false;
    int log_attempts = 0;
    WallTime log_next_try{};
    // Another process has been writing the log since.
    std::optional<std::chrono::steady_clock::time_point> log_busy_since;
    int failures = 0;        // in a row, of the storage as a whole
    WallTime pause_until{};  // nothing is tried before
    std::optional<std::string> log_error;
    std::deque<ClaimedItem> claimed;  // for these threads, and begun by none yet
    ClaimPace claim_pace;
    std::vector<StoredItem> stored;                        // and not noted yet
    std::chrono::steady_clock::time_point noted{};         // the last time that some were
    std::vector<ClaimedItem> unreleased;                   // the journal took no note of their end
    bool reads_all_back = false;                           // the storage kept something wrongly
    SendingLimits limits;                                  // as last read
    bool segment_runs = false;                             // under a limit one goes at a time, and
    std::chrono::steady_clock::time_point next_segment{};  // not before the line was free for as long
  };
  // As many failures in a row are no single object's fault.
  static constexpr int kStorageIsDownAfter = 3;
  enum class Job { None, Log, Look, Item };
  // Whether a segment may be sent now. Mine: by this thread alone, until it gives its turn back.
  enum class Turn { Anybodys, Mine, Others };

  void run(const std::stop_token& stop);
  void prepare();
  Job choose_job();
  void wait_for_work(std::uint64_t seen, const std::stop_token& stop);
  WallTime next_wake();

  void run_log(const std::stop_token& stop);
  void run_item(const std::stop_token& stop);
  // lost_objects.cpp: of a place that went back in time.
  void run_look(const std::stop_token& stop);
  Result<void> look_for_lost_objects(const std::stop_token& stop);
  Result<void> look_for_lost_objects_of(const std::string& group, const std::stop_token& stop);
  Result<std::optional<ClaimedItem>> next_item(Turn turn);
  std::optional<ClaimedItem> take_claimed(OutboxPriority least);
  void read_limits();
  Turn take_turn();
  void end_turn(std::chrono::steady_clock::time_point started, const std::optional<ClaimedItem>& item);
  Result<void> send(const ClaimedItem& item, ReadBack read_back, const std::stop_token& stop);
  ReadBack read_back_of(const ClaimedItem& item);
  bool looks_as_hashed(const ClaimedItem& item, const FileSource& file);
  void note_damage(const ClaimedItem& item);
  void note_item(const ClaimedItem& item, ReadBack read_back, const Result<void>& sent);
  void note_stored(const ClaimedItem& item, ReadBack read_back);
  bool note_all_stored();
  Result<void> finish_stored(std::vector<StoredItem>& stored);
  void note_untaken(const ClaimedItem& item, const Error& error);
  Result<void> note_failure(const ClaimedItem& item, const Error& error);
  void note_success();
  void note_trouble(const Error& error);
  void release_leftovers();
  void release_claimed();
  std::chrono::milliseconds retry_delay(int attempts);
  void tell_listener();

  const std::shared_ptr<Storage> storage_;
  const std::shared_ptr<EventLog> log_;
  const OutboxOptions options_;
  const WorkerClaim claim_;
  const std::unique_ptr<LogWriter> writer_;  // by the thread that set State::log_runs
  const std::shared_ptr<WakeUp> wake_ = std::make_shared<WakeUp>();
  Guarded<OutboxQueue> queue_;
  Guarded<State> state_;
  Guarded<std::map<std::string, FileStamp>> stamps_;  // by key, until the item is sent
  Guarded<std::mt19937_64> random_;
  std::function<void()> listener_;
  std::vector<NamedThread> threads_;  // "outbox-<n>"; last: joined before anything above goes
};

}  // namespace meanwhile
