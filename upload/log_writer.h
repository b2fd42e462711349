// Writes this device's log out to the library: batches, then the head, then the bell.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "upload/event_log.h"
#include "upload/journal.h"
#include "upload/stored_bytes.h"

namespace meanwhile {

// In the journal: the place has lost words of this device, and maybe objects, too. Outbox looks.
constexpr const char* kObjectsDoubtedName = "objects_doubted";

// One thread at a time; a lock file keeps other processes out while one writes.
class LogWriter {
 public:
  // Errors: as Journal::open.
  static Result<std::unique_ptr<LogWriter>> open(const std::filesystem::path& database,
                                                 std::shared_ptr<Storage> storage,
                                                 std::shared_ptr<EventLog> log);

  // Writes until nothing waits. What was stored before an error stays stored; run() again goes on from there.
  // Errors: TryAgain (another process writes just now), storage's, the journal's, Aborted.
  Result<void> run(std::stop_token stop);

  // The bell was held back, as it had rung within the last second: when it may ring.
  std::optional<std::chrono::steady_clock::time_point> bell_due() const { return bell_due_; }
  // Rings if it is held back. A failure is ignored: readers look at the heads now and then anyway.
  void ring_held_bell(std::stop_token stop);

  // on_stored: called on run()'s thread as soon as words are in the library and others were told. Before
  // run().
  void set_on_stored(std::function<void()> on_stored) { on_stored_ = std::move(on_stored); }

  // on_lost: called there, too, once the place was seen to have lost words. Before run().
  void set_on_lost(std::function<void()> on_lost) { on_lost_ = std::move(on_lost); }

  // Look at our own head in the library again before the next batch is signed. Any thread.
  void doubt_own_head() { head_is_known_ = false; }

 private:
  struct Log {
    std::string device;
    std::int64_t packed_seq = 0;  // of the last batch that was signed
    std::int64_t stored_seq = 0;  // of the last batch that is in the library
    std::int64_t head_seq = 0;    // of the head that was acknowledged
    bool certified = false;
  };
  struct Signed {
    std::int64_t seq = 0;
    Bytes bytes;
  };

  LogWriter(Journal journal, std::shared_ptr<Storage> storage, std::shared_ptr<EventLog> log)
      : journal_(std::move(journal)), storage_(std::move(storage)), log_(std::move(log)) {}

  Result<Identity::Device> device();
  Result<Log> load(const std::string& device);
  Result<std::vector<Signed>> unstored(const Log& log);

  Result<void> look_if_suspected(const std::stop_token& stop);
  // fork.cpp: what a restored backup or a copied home needs.
  Result<void> look_at_own_head(const std::stop_token& stop);
  Result<bool> agrees_with_library(const Log& log, std::int64_t library_seq, const std::stop_token& stop);
  Result<bool> has_unknown_batch(const Log& log, std::int64_t library_seq, const std::stop_token& stop);
  Result<void> send_again(const std::string& device, std::int64_t after_seq);
  Result<void> settle_left_logs(const std::stop_token& stop);
  Result<void> leave(const Log& log, const std::stop_token& stop);
  Result<void> take_back(const std::string& device, std::int64_t after_seq);

  Result<void> pack(const Identity::Device& device);
  Result<void> certify(const Identity::Device& device, const std::stop_token& stop);
  Result<void> put_batches(const Log& log, const std::stop_token& stop);
  Result<void> put_head(Log log, const std::stop_token& stop);
  Result<void> store_head(const LogHead& head, const std::stop_token& stop);
  void ring_bell(const std::stop_token& stop);
  void remove_stale_heads(const std::stop_token& stop);

  Journal journal_;
  const std::shared_ptr<Storage> storage_;
  const std::shared_ptr<EventLog> log_;
  std::function<void()> on_stored_ = [] {};
  std::function<void()> on_lost_ = [] {};
  std::atomic<bool> head_is_known_ = false;
  std::vector<std::string> stale_heads_;  // keys of our own that a crash left
  std::optional<std::chrono::steady_clock::time_point> rang_;
  std::optional<std::chrono::steady_clock::time_point> bell_due_;
};

}  // namespace meanwhile
