// What is seen of a clip at any rising moments: both tracks' pictures, and the pointer.
#pragma once

#include <memory>
#include <optional>

#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/covered_picture.h"
#include "media/base/layout.h"
#include "media/base/look.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/export/frame_times.h"
#include "media/export/held_pictures.h"
#include "media/export/scene.h"
#include "media/export/scene_layout.h"
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
  [[nodiscard]] bool has_any() const { return screen_.pictures || camera_.pictures; }
  // Of the tracks that have been opened, where the clip doesn't say how long it is.
  [[nodiscard]] MediaTime end() const { return end_; }

  // Of the first picture that there is of each track; nullopt: there is no such track.
  struct Format {
    Size size;
    bool bt709 = true;
  };
  [[nodiscard]] const std::optional<Format>& screen_format() const { return screen_.format; }
  [[nodiscard]] const std::optional<Format>& camera_format() const { return camera_.format; }

  [[nodiscard]] MediaTime recorded(MediaTime moment) const;
  // What is current, and where the pointer is at that moment; without what is covered then.
  [[nodiscard]] SceneContent at(MediaTime moment);

  // nullopt: it isn't to be seen.
  [[nodiscard]] std::optional<PointerMark> pointer_at(MediaTime moment) const;

  // Of anything, after what is current; nullopt: never. own: before the arrangement's; interval: between
  // frames while it moves things.
  [[nodiscard]] std::optional<MediaTime> next_change(MediaTime after, const OwnLayout& own,
                                                     MediaTime interval) const;
  // Of anything but the pictures themselves, within the part that is on at `after`.
  [[nodiscard]] std::optional<MediaTime> next_look_change(MediaTime after, const OwnLayout& own,
                                                          MediaTime interval) const;
  // Passes over what was on show before `moment`, which never falls. Errors: Aborted.
  Result<void> skip_to(MediaTime moment);
  // Goes on to the pictures that are on show at span.until. Answers when a frame of them should stand.
  // Errors: Aborted.
  Result<MediaTime> go_to(FrameTimes::Span span);

 private:
  struct Track {
    explicit Track(CoverTrack track) : covers(track) {}
    std::unique_ptr<HeldPictures> pictures;  // nullptr: without
    std::optional<Format> format;
    TrackCovers covers;
  };
  using Source = std::shared_ptr<ByteSource> ClipMedia::*;
  Result<void> open_unless_damaged(Track& track, Source source, const char* name, MediaTime from);
  Result<void> open_track(Track& track, Source source, MediaTime from);
  [[nodiscard]] std::optional<MediaTime> edited(MediaTime recorded) const;

  const ClipMedia& media_;
  const Clicks clicks_;
  Track screen_{CoverTrack::Screen};
  Track camera_{CoverTrack::Camera};
  MediaTime end_{};
};

}  // namespace meanwhile
