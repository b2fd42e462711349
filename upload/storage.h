// Shared storage, promising only what a folder, WebDAV and S3 can all do.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/capabilities.h"
#include "upload/payload.h"

namespace meanwhile {

struct ObjectInfo {
  std::string key;
  std::optional<std::uint64_t> size_bytes = 0;  // nullopt: some WebDAV servers don't tell it
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

  // Never blocks: what has to be opened first can do nothing more until it is.
  virtual StorageCapabilities capabilities() { return {}; }
};

// HashedUploads::put_hashed(), where that is; else put() of all of it.
Result<UploadProof> put_with_hash(Storage& storage, const std::string& key, const Payload& payload,
                                  const std::string& sha256, const std::stop_token& stop);

// HashedUploads::checks_uploads(), where that is.
bool checks_uploads(Storage& storage);

// A document for browsers, as that type: packed, where the storage can tell them that it is.
Result<void> put_document(Storage& storage, const std::string& key, const std::string& type,
                          std::string_view text, const std::stop_token& stop);

// A link that gives one object to whoever has it. Errors: Unsupported (the storage has none), LinkSigner's.
Result<std::string> signed_link(Storage& storage, const std::string& key, std::chrono::seconds valid);

// ServerClock::clock_ahead(), where that is.
std::optional<std::chrono::seconds> clock_ahead(Storage& storage);

// own: what this machine's clock says. Set right by the server's, where that is known and they are apart.
WallTime corrected_time(Storage& storage, WallTime own);

// Once a library is known, its folder is never made again: an unmounted disk is not an empty library.
// Refuse: Unavailable; it may be back. Tell: NotFound; whoever asks knows of no library there.
enum class MissingFolder { Make, Refuse, Tell };

}  // namespace meanwhile
