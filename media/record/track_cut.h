// A part of a track as a track of its own, with nothing of the rest in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/trim.h"
#include "media/record/track_report.h"

namespace meanwhile {

struct CutTrack {
  std::string codec;
  MediaTime duration{};  // to the end of its last packet
  std::int64_t packets = 0;
  std::uint64_t bytes = 0;
};

// Writes what the track file `from` has in `range` into the new file `to`, on the disk when it returns; times
// count from range.from. Pictures: the one on show at range.from is the first; up to the next keyframe they
// are encoded again as the recorder does, the packets behind are copied. Sound: packets are copied of which
// nothing, not even what overlaps into the next one, lies outside. range.to may lie behind the end: then all
// of the end is kept. nullopt: the track has nothing there. Blocks. Errors: Corrupt, Unsupported, NoSpace,
// Io, Internal.
Result<std::optional<CutTrack>> cut_track(const std::filesystem::path& from, const std::filesystem::path& to,
                                          TrackKind kind, const KeptRange& range);

// At most about so many bytes does that need. Errors: as cut_track.
Result<std::uint64_t> bytes_in_range(const std::filesystem::path& track, const KeptRange& range);

}  // namespace meanwhile
