// What is seen of a clip at any rising moments: both tracks' pictures, and the pointer.
#pragma once

#include <memory>
#include <optional>

#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/export/frame_times.h"
#include "media/export/held_pictures.h"
#include "media/export/scene.h"
#include "media/play/clip_media.h"

namespace meanwhile {

enum class Clicks { Plain, Highlighted };

// Moments are on the timeline that is shown. Thread: one at a time.
class ShownPictures {
 public:
  // media must outlive it.
  ShownPictures(const ClipMedia& media, Clicks clicks) : media_(media), clicks_(clicks) {}

  // What is on show at `from` first. A damaged track is left out with a warning. Errors: Corrupt (there are
  // tracks, and none can be read), the sources'.
  Result<void> open(MediaTime from);
  [[nodiscard]] bool has_any() const { return screen_ || camera_; }
  // Of the tracks that have been opened, where the clip doesn't say how long it is.
  [[nodiscard]] MediaTime end() const { return end_; }

  // nullptr: there is no such track.
  [[nodiscard]] PicturePtr screen() const { return screen_ ? screen_->current() : nullptr; }
  [[nodiscard]] PicturePtr camera() const { return camera_ ? camera_->current() : nullptr; }
  [[nodiscard]] std::optional<PointerMark> pointer(MediaTime moment) const;

  // Of anything, after what is current; nullopt: never.
  [[nodiscard]] std::optional<MediaTime> next_change(MediaTime after) const;
  // Goes on to the pictures that are on show at span.until. Answers when a frame of them should stand.
  // Errors: Aborted.
  Result<MediaTime> go_to(FrameTimes::Span span);

 private:
  using Track = std::shared_ptr<ByteSource> ClipMedia::*;
  Result<void> open_unless_damaged(std::unique_ptr<HeldPictures>& pictures, Track track, const char* name,
                                   MediaTime from);
  Result<void> open_track(std::unique_ptr<HeldPictures>& pictures, Track track, MediaTime from);

  const ClipMedia& media_;
  const Clicks clicks_;
  std::unique_ptr<HeldPictures> screen_;  // nullptr: without
  std::unique_ptr<HeldPictures> camera_;
  MediaTime end_{};
};

}  // namespace meanwhile
