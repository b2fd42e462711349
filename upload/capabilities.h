// What only some storages can do beside what all of them promise.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/payload.h"

namespace meanwhile {

// What is known of the bytes that were stored when an upload succeeded.
enum class UploadProof {
  Nothing,  // all of them are to be read back
  Server,   // a server has taken as many as it was told would come: it may have kept them wrongly
  Hash,     // the server compared them with their hash, or told it
};

// Takes a hash along with what is uploaded. Any thread; as Storage's own calls.
class HashedUploads {
 public:
  // As Storage::put(), for who knows the SHA-256 of the payload already ("": not), and looks at what was
  // stored as far as that isn't proved (put_checked): the hash isn't made again, nothing is asked for twice,
  // and no file is read into memory. Errors: also Corrupt (what was stored has another hash: sent again it
  // may be right), and those of reading the payload.
  virtual Result<UploadProof> put_hashed(const std::string& key, const Payload& payload,
                                         const std::string& sha256, std::stop_token stop) = 0;

  // Always Hash: what was damaged on the way is refused.
  virtual bool checks_uploads() const = 0;

 protected:
  ~HashedUploads() = default;
};

// Sends no faster than it is told. Any thread.
class UploadPace {
 public:
  // How fast each put sends from its start on; 0: as fast as it goes.
  virtual void set_upload_limit(std::uint64_t bytes_per_second) = 0;

 protected:
  ~UploadPace() = default;
};

// A file beside objects that a folder sync made: both of two versions are kept, one under a name of its own.
struct ConflictCopy {
  std::string name;     // of foreign make: to be remembered by, never part of a path
  std::string version;  // changes when the file does
  Bytes bytes;
};

// Lies where a folder sync may make such copies. Any thread; as Storage's own calls.
class ConflictCopies {
 public:
  // Those of objects directly in the folder `prefix`, as far as wanted says so and they have at most
  // limit_bytes.
  virtual Result<std::vector<ConflictCopy>> conflict_copies(
      const std::string& prefix, std::uint64_t limit_bytes,
      const std::function<bool(const std::string& name, const std::string& version)>& wanted,
      std::stop_token stop) = 0;

 protected:
  ~ConflictCopies() = default;
};

// Watches until it is destroyed; after that on_change isn't called any more.
class StorageWatch {
 public:
  virtual ~StorageWatch() = default;
};

// Tells of changes by itself. Any thread.
class Watchable {
 public:
  // on_change: called soon after somebody wrote a head, on a thread of the watch's own, once for many
  // changes. A hint: it may be missed (a share that another machine writes to), so look now and then all the
  // same. nullptr: this system doesn't tell.
  virtual std::unique_ptr<StorageWatch> watch(std::function<void()> on_change) = 0;

 protected:
  ~Watchable() = default;
};

// Has a clock of its own. Any thread.
class ServerClock {
 public:
  // How far this machine's is ahead of it, as last seen; nullopt: not known.
  virtual std::optional<std::chrono::seconds> clock_ahead() const = 0;

 protected:
  ~ServerClock() = default;
};

// Its objects have addresses that a browser opens, by whoever may read there. Any thread.
class Addressed {
 public:
  // key: a valid one, or a prefix. Never blocks.
  virtual std::string address(const std::string& key) const = 0;
  // Whether it is read by whoever has its address, whom the server doesn't know. Blocks. Errors: as
  // Storage's.
  virtual Result<bool> is_open_to_all(const std::string& key, std::stop_token stop) = 0;

 protected:
  ~Addressed() = default;
};

// Keeps documents for browsers packed, so that less is on the way. Any thread; as Storage's own calls.
class PackedDocuments {
 public:
  // Browsers get it as that type, and ask each time whether there is a newer one. Who reads it with
  // Storage::get() gets it packed (gzip).
  virtual Result<void> put_packed(const std::string& key, const std::string& type, std::string_view text,
                                  std::stop_token stop) = 0;

 protected:
  ~PackedDocuments() = default;
};

// What makes an object's address a link: address + "?" + query + "&X-Amz-Signature=" + its signature.
struct SignedLinks {
  std::string query;  // encoded
  std::vector<std::string> signatures;
};

// A form with which a browser stores objects: its fields, then "key" (key_prefix and a name), then "file".
struct PostForm {
  std::string url;
  std::string key_prefix;
  std::map<std::string, std::string> fields;
};

constexpr std::chrono::seconds kLongestLink{7 * 24 * 3600};

// Lends what we may do for a time, by a signature: no server is asked. Any thread; never blocks. Errors of
// all: InvalidArgument (a key, or longer than kLongestLink), PermissionDenied (no secret is known).
// StoringOnce: a PUT with "If-None-Match: *" stores an object where there is none yet.
enum class LinkUse { Reading, StoringOnce };

class LinkSigner {
 public:
  // One for each of the keys, in their order.
  virtual Result<SignedLinks> sign_links(const std::vector<std::string>& keys, std::chrono::seconds valid,
                                         LinkUse use = LinkUse::Reading) = 0;
  // To store objects of at most limit_bytes whose keys begin with prefix, a folder.
  virtual Result<PostForm> sign_form(const std::string& prefix, std::uint64_t limit_bytes,
                                     std::chrono::seconds valid) = 0;
  // Whether it does: not every S3 store knows such forms. Stores an object by one, and removes it. Blocks.
  // Errors: as Storage's.
  virtual Result<bool> takes_forms(const std::string& prefix, std::stop_token stop) = 0;

 protected:
  ~LinkSigner() = default;
};

// What a storage can do of it: nullptr is what it can't. They live as long as the storage.
struct StorageCapabilities {
  HashedUploads* hashed_uploads = nullptr;
  UploadPace* upload_pace = nullptr;
  ConflictCopies* conflict_copies = nullptr;
  Watchable* watchable = nullptr;
  ServerClock* server_clock = nullptr;
  Addressed* addressed = nullptr;
  PackedDocuments* packed_documents = nullptr;
  LinkSigner* link_signer = nullptr;
  // Listing the heads costs no more than reading one object. So whoever polls does that, and nobody writes a
  // bell: an object that all write would have folder syncs make conflict copies of it.
  bool lists_cheaply = false;
  // What takes everything at once and sends it on later ("rclone"): that something is stored says nothing of
  // others.
  // "": nothing that one could tell.
  std::string late_sender = {};
};

}  // namespace meanwhile
