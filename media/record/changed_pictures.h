// What becomes of a track's pictures where something is taken out of it for good.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/removed_parts.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Pictures in by time, and out: what is covered is covered, what is blank is black, and whatever begins or
// ends between two pictures begins with one of its own.
class ChangedPictures {
 public:
  // frame: of a moment after the one before; a keyframe where pict_type says I.
  using Show = std::function<Result<void>(const AVFrame& frame, MediaTime at)>;

  // key_times: by time, where the track had keyframes. All must outlive it.
  ChangedPictures(const RemovedParts& removed, CoverTrack track, const std::vector<MediaTime>& key_times,
                  Show show);

  // frame: YUV420P or YUVJ420P. Errors: show's; Unsupported (another format).
  Result<void> take(FramePtr frame, MediaTime at);
  // What begins or ends before `end` is shown too.
  Result<void> finish(MediaTime end);

 private:
  Result<void> show_changes_before(MediaTime moment);
  Result<void> show_at(MediaTime at);
  Result<void> emit(const AVFrame& frame, MediaTime at, bool is_key);

  const RemovedParts& removed_;
  const CoverTrack track_;
  const std::vector<MediaTime>& key_times_;
  const Show show_;
  std::vector<MediaTime> changes_;  // by time
  std::size_t next_change_ = 0;
  std::size_t next_key_ = 0;
  FramePtr held_;  // what the recording shows now
  bool is_blank_ = false;
};

}  // namespace meanwhile
