// Some fragments of a track, read as if they were all of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/record/track_reader.h"

namespace meanwhile {

// A track's beginning, and some of its bytes right behind it: a track as well.
class PartSource final : public ByteSource {
 public:
  PartSource(ByteSource& track, std::uint64_t init_size, std::uint64_t begin, std::uint64_t end);
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override;
  Result<std::uint64_t> size() override { return init_size_ + end_ - begin_; }

 private:
  ByteSource& track_;
  const std::uint64_t init_size_;
  const std::uint64_t begin_;
  const std::uint64_t end_;
};

struct OpenedPart {
  std::unique_ptr<PartSource> source;
  std::unique_ptr<TrackReader> reader;
};

// From one of its fragments up to, but without another. track must outlive the part. Errors: as
// TrackReader::open.
Result<OpenedPart> open_part(ByteSource& track, const TrackIndex& index, std::size_t begin, std::size_t end);

// Where a fragment begins; behind the last, where the track ends.
std::uint64_t offset_of(const TrackIndex& index, std::size_t fragment);
MediaTime start_of(const TrackIndex& index, std::size_t fragment);

// The next fragment behind that begins with a keyframe; else their number.
std::size_t next_key_fragment(const TrackIndex& index, std::size_t after);

}  // namespace meanwhile
