// A track's bytes as a demuxer should see them: the init part, then the fragments from a chosen one on.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/track_index.h"

namespace meanwhile {

// Learns of fragments as they are needed, and ends after the last whole one. Thread: one; abort(): any.
class FragmentStream final : public ByteSource {
 public:
  // Errors: as index_track.
  static Result<std::unique_ptr<FragmentStream>> create(std::shared_ptr<ByteSource> track);

  // The last fragment with a keyframe at its start that begins at or before time; the first one where there
  // is none. Errors: the track's; NotFound (no fragment at all).
  Result<std::size_t> find_key_fragment(MediaTime time);
  // The one with a keyframe before `fragment`, which isn't 0.
  [[nodiscard]] std::size_t key_fragment_before(std::size_t fragment) const;
  [[nodiscard]] const Fragment& fragment(std::size_t index) const { return fragments_[index]; }
  // Offset 0 is the init part from now on, and this fragment follows it.
  void start_at(std::size_t fragment) { first_ = fragment; }
  // Where the last sample ends; walks through all of the track. Errors: the track's.
  Result<MediaTime> end();

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override;
  Result<std::uint64_t> size() override;
  void abort() override { track_->abort(); }

 private:
  explicit FragmentStream(std::shared_ptr<ByteSource> track) : track_(std::move(track)) {}
  Result<bool> learn_next();
  [[nodiscard]] std::uint64_t known_end() const {
    return fragments_.back().offset + fragments_.back().size_bytes;
  }

  const std::shared_ptr<ByteSource> track_;
  std::unique_ptr<TrackWalker> walker_;
  std::vector<Fragment> fragments_;
  std::size_t first_ = 0;
};

}  // namespace meanwhile
