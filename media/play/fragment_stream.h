// A track's bytes as a demuxer should see them: the init part, then the fragments from a chosen one on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/track_index.h"

namespace meanwhile {

// Learns of fragments as they are needed, and ends after the last whole one. Of a track whose pieces are
// known (PieceSource) it reads only those that it is asked for. Thread: one; abort(): any.
class FragmentStream final : public ByteSource {
 public:
  // Ends after the init part until start_at() is called. Errors: as index_track.
  static Result<std::unique_ptr<FragmentStream>> create(std::shared_ptr<ByteSource> track);

  // The last fragment with a keyframe at its start that begins at or before time; the first one where there
  // is none. Errors: the track's; Corrupt (no fragment at all).
  Result<Fragment> find_key_fragment(MediaTime time);
  // Offset 0 is the init part from now on, and this fragment follows it.
  void start_at(const Fragment& fragment) { first_ = fragment.offset; }
  // Where the last sample ends; walks through what isn't known of the track. Errors: the track's.
  Result<MediaTime> end();

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override;
  Result<std::uint64_t> size() override;
  void abort() override { track_->abort(); }

 private:
  explicit FragmentStream(std::shared_ptr<ByteSource> track) : track_(std::move(track)) {}
  Result<const Fragment*> at(std::uint64_t offset);
  Result<const Fragment*> find(MediaTime time);
  [[nodiscard]] std::uint64_t place_before(MediaTime time) const;
  const Fragment* holding(std::uint64_t position) const;

  const std::shared_ptr<ByteSource> track_;
  std::unique_ptr<TrackWalker> walker_;
  std::vector<Fragment> fragments_;  // that are known, in order, maybe with gaps between them
  std::optional<std::uint64_t> first_;
};

}  // namespace meanwhile
