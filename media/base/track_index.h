// Where the fragments of a track file lie: what recovery, publishing and seeking stand on.
// Source: ISO/IEC 14496-12 s. 8.8 (moof, traf, tfhd, tfdt, trun), 23000-19 (CMAF).
#pragma once

#include <cstdint>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

// One moof+mdat (with a styp or the like before it).
struct Fragment {
  std::uint64_t offset = 0;
  std::uint64_t size_bytes = 0;
  MediaTime start{};     // decode time of its first sample
  MediaTime duration{};
  bool starts_with_keyframe = false;
  int samples = 0;
};

struct TrackIndex {
  std::uint64_t init_size_bytes = 0;  // ftyp and moov: [0, init_size_bytes)
  std::uint32_t timescale = 0;
  std::vector<Fragment> fragments;    // one after the other, without gaps in the file
  std::uint64_t whole_size_bytes = 0; // end of the last whole fragment; what lies behind it is torn

  MediaTime end() const { return fragments.empty() ? MediaTime{} : fragments.back().start + fragments.back().duration; }
};

// Reads the boxes' headers, not the media. A torn end is no error: it is left out.
// Errors: Corrupt (no init part, sizes that lie, more than one track), and the source's own.
Result<TrackIndex> index_track(ByteSource& track);

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
