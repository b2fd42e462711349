// A published track as one stretch of bytes: its objects, fetched when they are read and checked by their
// hashes.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "upload/storage.h"

namespace meanwhile {

// Fetches one object, from the cache if it is there: what is returned has the hash that was asked for.
// Any thread.
class ObjectCache {
 public:
  // folder: may be deleted by anyone at any time; objects are kept there under their hash.
  ObjectCache(std::shared_ptr<Storage> storage, std::filesystem::path folder)
      : storage_(std::move(storage)), folder_(std::move(folder)) {}

  // Errors: NotFound, Unavailable, Corrupt (the stored bytes don't match), Aborted.
  Result<Bytes> get(const std::string& key, const ManifestObject& object, std::stop_token stop);
  bool has(const ManifestObject& object) const;

  // Removes what was used longest ago until at most limit_bytes are kept.
  void trim(std::uint64_t limit_bytes) const;

 private:
  std::filesystem::path path_of(const ManifestObject& object) const;
  std::optional<Bytes> read_kept(const ManifestObject& object) const;

  const std::shared_ptr<Storage> storage_;
  const std::filesystem::path folder_;
};

class SegmentSource final : public ByteSource {
 public:
  SegmentSource(std::shared_ptr<ObjectCache> cache, std::string clip, ManifestTrack track);

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override;
  Result<std::uint64_t> size() override { return track_.bytes; }
  void abort() override { stop_.request_stop(); }

 private:
  struct Part {
    std::uint64_t offset;
    ManifestObject object;
    std::string key;
  };
  Result<const Bytes*> part_bytes(std::size_t index);

  const std::shared_ptr<ObjectCache> cache_;
  const ManifestTrack track_;
  std::vector<Part> parts_;
  std::stop_source stop_;
  // The reader's: the part that was read last, whole.
  std::optional<std::size_t> loaded_;
  Bytes loaded_bytes_;
};

}  // namespace meanwhile
