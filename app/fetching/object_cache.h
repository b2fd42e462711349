// Objects of a library on this machine: what was fetched once is read from here, checked by its hash.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

constexpr std::uint64_t kUsualCacheLimitBytes = 4'000'000'000;

// Any thread; several processes may share one folder. What get() and its like return has the hash that was
// asked for: a damaged file counts as none, and is fetched again.
class ObjectCache {
 public:
  // folder: may be deleted by anyone at any time. objects/ in it is kept below limit_bytes by removing what
  // was used longest ago; what is in kept/, a folder a clip, stays until let_go().
  ObjectCache(std::shared_ptr<Storage> storage, std::filesystem::path folder,
              std::uint64_t limit_bytes = kUsualCacheLimitBytes);

  // For somebody who waits. Errors: NotFound, Unavailable, Corrupt (the stored bytes don't match), Aborted.
  Result<Bytes> get(const std::string& key, const ManifestObject& object, std::stop_token stop);
  // The same for what is named by its hash alone.
  Result<Bytes> get_document(const std::string& key, const std::string& sha256, std::uint64_t limit_bytes,
                             std::stop_token stop);
  // For later: whenever somebody waits in get(), this waits until nobody does, and lets go of the line.
  Result<void> fetch_ahead(const std::string& key, const ManifestObject& object, std::stop_token stop);

  // What was made here, and is in nobody's library yet. It may be lost again, like all here.
  void take_in(const std::string& key, const std::string& sha256, const Bytes& bytes) {
    store(key, sha256, bytes);
  }

  // By its size: whether it is undamaged shows when it is read.
  bool has(const std::string& key, const ManifestObject& object) const;

  void set_limit(std::uint64_t limit_bytes);
  // Done by itself while objects are added.
  void trim();

  // From now on the clip's objects stay. Errors: NoSpace, PermissionDenied, Io.
  Result<void> keep(const std::string& clip);
  // It is as any other again.
  void let_go(const std::string& clip);
  std::vector<std::string> kept_clips() const;
  // The clip has other objects from now on: those with these hashes are here no more, and what is kept of it
  // isn't whole.
  void forget(const std::string& clip, const std::vector<std::string>& hashes);
  // All of a kept clip was fetched.
  bool is_whole(const std::string& clip) const;
  Result<void> note_whole(const std::string& clip);

 private:
  std::filesystem::path kept_folder(const std::string& clip) const { return folder_ / "kept" / clip; }
  std::filesystem::path loose_path(const std::string& sha256) const;
  // Where it is, or would be put.
  std::filesystem::path path_of(const std::string& key, const std::string& sha256) const;
  std::optional<Bytes> read_here(const std::string& key, const std::string& sha256,
                                 std::uint64_t limit_bytes) const;
  Result<Bytes> fetch(const std::string& key, const std::string& sha256, std::uint64_t limit_bytes,
                      std::stop_token stop);
  void store(const std::string& key, const std::string& sha256, const Bytes& bytes);
  void note_added(std::uint64_t bytes);

  class Waiting;
  std::stop_source begin_ahead(const std::stop_token& stop);

  const std::shared_ptr<Storage> storage_;
  const std::filesystem::path folder_;
  // Protected by mutex_.
  std::mutex mutex_;
  std::condition_variable_any nobody_waits_;
  int waiting_ = 0;
  std::stop_source ahead_;  // of the newest fetch_ahead
  std::uint64_t limit_bytes_;
  std::optional<std::uint64_t> loose_bytes_;  // nullopt: not counted yet
};

}  // namespace meanwhile
