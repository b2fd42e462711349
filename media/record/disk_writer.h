// The one thread of a take that waits for the disk.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "media/base/bounded_queue.h"
#include "media/base/byte_stream.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"

namespace meanwhile {

// A file that grows. Made by its owner, appended to by the DiskWriter only.
class DiskFile {
 public:
  explicit DiskFile(std::unique_ptr<ByteSink> sink) : sink_(std::move(sink)) {}

  // Whole appends so far; what lies behind in the file is torn. Any thread.
  std::uint64_t size_bytes() const { return size_bytes_; }

 private:
  friend class DiskWriter;
  const std::unique_ptr<ByteSink> sink_;  // only the writer's thread
  std::atomic<std::uint64_t> size_bytes_ = 0;
};
using DiskFilePtr = std::shared_ptr<DiskFile>;

// Owns the thread "writer": appends to files in the order of the calls and syncs each after its last append
// in hand. After the first failure nothing more is written, so that every file ends where its last whole
// append did.
class DiskWriter {
 public:
  // on_failure: called once, on the writer's thread.
  explicit DiskWriter(std::function<void(const Error&)> on_failure);
  ~DiskWriter();

  // Any thread but the writer's. Blocks while kMostJobs wait: a disk that hangs for seconds holds up the
  // encoders, and their queues then drop pictures, counted.
  void append(DiskFilePtr file, Bytes bytes);
  // Takes back all of the file but its first keep_bytes, which lie before earlier appends' ends, and appends
  // instead.
  void replace_end(DiskFilePtr file, std::uint64_t keep_bytes, Bytes bytes);
  // Something else that has to wait for the disk; its failure is logged and doesn't end the take.
  void run(std::function<Result<void>()> job);
  // Returns when what was handed over before is in the files (not yet synced), or won't be.
  void wait_until_written();

  // Drains, ends the thread. Errors: the first failure.
  Result<void> finish();

  static constexpr std::size_t kMostJobs = 64;

 private:
  struct Job {
    DiskFilePtr file;
    Bytes bytes;
    std::function<Result<void>()> other;
    std::optional<std::uint64_t> keep_bytes;
  };

  void work();
  void handle(Job job);
  Result<void> write(const Job& job);
  void sync_files();
  void fail_with(const Error& error);

  const std::function<void(const Error&)> on_failure_;
  // Only the writer's thread, until it is joined.
  std::set<DiskFilePtr> unsynced_;
  Result<void> outcome_;
  // Shared.
  BoundedQueue<Job> jobs_{kMostJobs};
  NamedThread thread_;
};

}  // namespace meanwhile
