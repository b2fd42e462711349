// A published track as one stretch of bytes: its objects, fetched when they are read and checked by their
// hashes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/object_cache.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/piece_source.h"
#include "media/base/result.h"

namespace meanwhile {

class SegmentSource final : public PieceSource {
 public:
  SegmentSource(std::shared_ptr<ObjectCache> cache, std::string clip, ManifestTrack track);

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override;
  Result<std::uint64_t> size() override { return track_.bytes; }
  void abort() override { stop_.request_stop(); }
  [[nodiscard]] std::span<const BytePlace> places() const override { return places_; }

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
  std::vector<BytePlace> places_;  // the segments, as the manifest has them
  std::stop_source stop_;
  // The reader's: the part that was read last, whole.
  std::optional<std::size_t> loaded_;
  Bytes loaded_bytes_;
};

}  // namespace meanwhile
