// Where the fragments of a track file lie: what recovery, publishing and seeking stand on.
// Source: ISO/IEC 14496-12 s. 8.8 (moof, traf, tfhd, tfdt, trun), 23000-19 (CMAF).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/mp4_box.h"
#include "media/base/result.h"

namespace meanwhile {

// One moof+mdat (with a styp or the like before it).
struct Fragment {
  std::uint64_t offset = 0;
  std::uint64_t size_bytes = 0;
  MediaTime start{};  // decode time of its first sample
  MediaTime duration{};
  bool starts_with_keyframe = false;
  int samples = 0;
};

struct TrackIndex {
  std::uint64_t init_size_bytes = 0;  // ftyp and moov: [0, init_size_bytes)
  std::uint32_t timescale = 0;
  std::vector<Fragment> fragments;     // one after the other, without gaps in the file
  std::uint64_t whole_size_bytes = 0;  // end of the last whole fragment; what lies behind it is torn

  MediaTime end() const {
    return fragments.empty() ? MediaTime{} : fragments.back().start + fragments.back().duration;
  }
};

// Reads the boxes' headers, not the media. A torn end is no error: the first thing behind the init part that
// is no whole, sound fragment (a file cut off, zeros, garbage, sizes that lie) ends the index, and is left
// out with all behind it. Errors: Corrupt (no init part, sizes in it that lie, more than one track), and the
// source's own.
Result<TrackIndex> index_track(ByteSource& track);

// Finds the fragments of a track one by one, so that a player needn't read all of a clip that lies far away.
// One thread; the source must outlive it.
class TrackWalker {
 public:
  // Errors: as index_track.
  static Result<std::unique_ptr<TrackWalker>> create(ByteSource& track);

  // The next whole fragment; nullopt at the (torn) end. Where the source has grown since, asking again finds
  // more. Errors: the source's own; asking again is allowed.
  Result<std::optional<Fragment>> next();
  // What one of them is made of, with its places in the source. Errors: the source's; Unsupported (not as a
  // recorder writes it).
  Result<std::vector<TrackSample>> samples_of(const Fragment& fragment);
  // The next one is the one that begins at this byte.
  void move_to(std::uint64_t offset) { position_ = offset; }

  [[nodiscard]] std::uint64_t init_size_bytes() const { return init_size_bytes_; }
  [[nodiscard]] std::uint32_t timescale() const { return defaults_.timescale; }
  // End of the last fragment that next() gave.
  [[nodiscard]] std::uint64_t whole_size_bytes() const { return position_; }

 private:
  struct Moof {
    std::uint64_t offset = 0;
    std::uint64_t size_bytes = 0;
    ByteView payload;  // valid until more is read
  };
  explicit TrackWalker(ByteSource& track) : track_(track) {}
  Result<void> read_init();
  Result<ByteView> view(std::uint64_t offset, std::size_t length);
  std::size_t read_ahead(std::uint64_t offset) const;
  Result<std::optional<BoxHeader>> whole_box_at(std::uint64_t offset);
  Result<std::optional<Moof>> moof_at(std::uint64_t offset);

  ByteSource& track_;
  TrackDefaults defaults_;
  std::uint64_t init_size_bytes_ = 0;
  std::uint64_t position_ = 0;
  std::uint64_t source_size_ = 0;  // as last asked
  Bytes window_;                   // the bytes read last
  std::uint64_t window_offset_ = 0;
};

// A stored object: consecutive fragments that start at a keyframe.
struct Segment {
  std::uint64_t offset = 0;
  std::uint64_t size_bytes = 0;
  MediaTime start{};
  MediaTime duration{};
};

// Cuts a track at keyframes into segments of 4 s or a little more (fewer bytes than 64 MB each).
std::vector<Segment> cut_segments(const TrackIndex& index);

}  // namespace meanwhile
