// A track's pictures as they were recorded: bytes that pass through and that nobody here decodes. They may be
// anybody's.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/mp4_box.h"
#include "media/base/picture_entry.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/ffmpeg/owners.h"
#include "media/play/fragment_stream.h"

namespace meanwhile {

// From a keyframe to the next, or to the track's end.
struct RecordedGroup {
  MediaTime begin{};
  MediaTime end{};
  std::vector<TrackSample> pictures = {};  // in order; empty: not as a recorder writes them, or too many
};

// Thread: one at a time.
class RecordedTrack {
 public:
  // Errors: as read_picture_entry.
  static Result<std::unique_ptr<RecordedTrack>> open(std::shared_ptr<ByteSource> track);

  [[nodiscard]] const PictureEntry& entry() const { return entry_; }

  // The one whose pictures are on show at that moment: the first before the track, the last behind it. Valid
  // until the next call. Errors: the source's; Corrupt (there is nothing in the track).
  Result<const RecordedGroup*> group_at(MediaTime moment);

  // One packet a picture, without a time; of a group's first ones, the first of which needs no others.
  // Errors: the source's; Unsupported (it needs others).
  Result<std::vector<PacketPtr>> read(std::span<const TrackSample> pictures);

 private:
  RecordedTrack(std::shared_ptr<ByteSource> track, PictureEntry entry)
      : track_(std::move(track)), entry_(std::move(entry)) {}
  Result<void> collect(const Fragment& first);
  Result<bool> add(const Fragment& fragment);
  Result<PacketPtr> read(const TrackSample& picture);

  const std::shared_ptr<ByteSource> track_;
  const PictureEntry entry_;
  std::unique_ptr<FragmentStream> stream_;
  std::unique_ptr<TrackWalker> walker_;
  std::optional<RecordedGroup> group_;  // that was asked for last
};

}  // namespace meanwhile
