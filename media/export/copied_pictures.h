// Which recorded pictures go into an export as they are, and when.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/look.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/export/frame_times.h"
#include "media/export/picture_stream.h"
#include "media/export/plain_parts.h"
#include "media/export/recorded_track.h"
#include "media/export/shown_pictures.h"
#include "media/ffmpeg/owners.h"
#include "media/play/clip_media.h"

namespace meanwhile {

// Pictures from a keyframe on, without those that aren't to be seen.
struct CopiedGroup {
  MediaTime at{};  // on the timeline that is shown
  MediaTime until{};
  std::vector<PacketPtr> packets;  // pts and duration in microseconds of that timeline
};

// Thread: one at a time.
class CopiedPictures {
 public:
  // Reads no more than the tracks' beginnings. shown: opened. range: on the timeline that is shown. nullptr:
  // all must be drawn. Errors: Aborted.
  static Result<std::unique_ptr<CopiedPictures>> find(const ClipMedia& media, const ShownPictures& shown,
                                                      const OwnLayout& own, const OutputPictures& pictures,
                                                      const TimeRange& range);

  // The parameter sets of all of them.
  [[nodiscard]] const std::vector<std::uint8_t>& sets() const { return sets_; }

  // The first group that begins in [from, until], which never fall; nullptr: none does. Valid until the next
  // call. A track that can't be read is left to those who draw. Errors: Aborted.
  Result<CopiedGroup*> next(MediaTime from, MediaTime until);

 private:
  explicit CopiedPictures(int frames_per_second) : frame_times_(frames_per_second) {}
  Result<void> open_tracks(const ClipMedia& media, const OutputPictures& pictures);
  Result<void> open_track(const std::shared_ptr<ByteSource>& source, const OutputPictures& pictures);
  void keep_alike(const std::vector<PlainPart>& parts);
  // A keyframe that is on show already may be copied where something else ends or begins; elsewhere it would
  // only be said again.
  enum class Beginning { AtItsOwnTime, Anywhere };
  Result<MediaTime> try_at(const PlainPart& part, MediaTime at, Beginning beginning);
  Result<void> read(const PlainPart& part, const RecordedGroup& group, MediaTime at);

  const FrameTimes frame_times_;
  // Those whose pictures have the export's size and colours.
  std::map<std::shared_ptr<ByteSource>, std::unique_ptr<RecordedTrack>> tracks_;
  std::vector<PlainPart> parts_;
  std::vector<std::uint8_t> sets_;
  std::optional<CopiedGroup> group_;  // that was found last
};

}  // namespace meanwhile
