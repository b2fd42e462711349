// Shared storage, promising only what a folder, WebDAV and S3 can all do.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

struct ObjectInfo {
  std::string key;
  std::uint64_t size_bytes = 0;
};

// A file beside objects that a folder sync made: both of two versions are kept, one under a name of its own.
struct ConflictCopy {
  std::string name;     // of foreign make: to be remembered by, never part of a path
  std::string version;  // changes when the file does
  Bytes bytes;
};

// Watches until it is destroyed; after that on_change isn't called any more.
class StorageWatch {
 public:
  virtual ~StorageWatch() = default;
};

// The largest object there is: a segment.
constexpr std::uint64_t kLargestObjectBytes = 64ull << 20;

// Keys: "clips/2026-11/<id>/clip.json": parts of [a-z0-9.-] that neither start nor end with a dot, at most 64
// characters each, joined by "/", at most 160 in all. Everything else is InvalidArgument before it reaches a
// server.
bool is_valid_key(std::string_view key);

// What a backend asks first. A prefix: "", or a key that ends in "/". Errors: InvalidArgument.
Result<void> check_key(std::string_view key);
Result<void> check_prefix(std::string_view prefix);

// Any thread; calls block, until they are done or stop is asked for (Aborted).
// Errors of all: Unavailable (try later: network, server, lost folder), PermissionDenied, InvalidArgument
// (the key), Io.
class Storage {
 public:
  virtual ~Storage() = default;

  // Stores an object whole or not at all; over an existing one it replaces it. Errors: NoSpace.
  virtual Result<void> put(const std::string& key, std::span<const std::byte> bytes,
                           std::stop_token stop) = 0;

  // The same, for who knows the SHA-256 of bytes already, and compares what was stored with it where the
  // storage doesn't (put_checked): where the hash goes along it isn't made again, and nothing is asked for
  // twice.
  virtual Result<void> put_hashed(const std::string& key, std::span<const std::byte> bytes,
                                  const std::string& /*sha256*/, std::stop_token stop) {
    return put(key, bytes, std::move(stop));
  }

  // The object, or the part of it that lies in range. Errors: NotFound, Corrupt (larger than limit_bytes).
  virtual Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                            std::stop_token stop) = 0;

  // Objects whose key starts with prefix ("" or a folder ending in "/") and is greater than after, in order
  // of their keys. A prefix with nothing below it gives an empty list. Names that are no valid keys are left
  // out.
  virtual Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                               std::stop_token stop) = 0;

  // Errors: NotFound.
  virtual Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) = 0;

  // Removing what isn't there is done already.
  virtual Result<void> remove(const std::string& key, std::stop_token stop) = 0;

  // For people: "the folder /srv/team".
  virtual std::string description() const = 0;

  // Uploads carry their hash, and what was damaged on the way is refused: nobody needs to read them back.
  virtual bool checks_uploads() const { return false; }

  // How fast each put() sends from its start on; 0: as fast as it goes. Where nothing is sent by ourselves (a
  // folder) it changes nothing.
  virtual void set_upload_limit(std::uint64_t bytes_per_second) { (void)bytes_per_second; }

  // Copies that a folder sync made of objects directly in the folder `prefix`, as far as wanted says so and
  // they have at most limit_bytes. Backends without such copies have none.
  virtual Result<std::vector<ConflictCopy>> conflict_copies(
      const std::string& /*prefix*/, std::uint64_t /*limit_bytes*/,
      const std::function<bool(const std::string& name, const std::string& version)>& /*wanted*/,
      std::stop_token /*stop*/) {
    return std::vector<ConflictCopy>();
  }

  // on_change: called soon after somebody rang the bell or wrote a head, on a thread of the watch's own, once
  // for many changes. A hint: it may be missed (a share that another machine writes to), so look now and then
  // all the same. nullptr: this backend, or system, doesn't tell.
  virtual std::unique_ptr<StorageWatch> watch(std::function<void()> /*on_change*/) { return nullptr; }

  // How far this machine's clock is ahead of the server's, as last seen; nullopt: not known.
  virtual std::optional<std::chrono::seconds> clock_ahead() const { return std::nullopt; }
};

// own: what this machine's clock says. Set right by the server's, where that is known and they are apart.
WallTime corrected_time(const Storage& storage, WallTime own);

// Once a library is known, its folder is never made again: an unmounted disk is not an empty library.
enum class MissingFolder { Make, Refuse };

}  // namespace meanwhile
