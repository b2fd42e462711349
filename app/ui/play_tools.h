// What helps to find one's way in a clip: thumbnails, pauses, loops, captions. Plain data, as in state.h.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/time_range.h"
#include "media/base/web_vtt.h"

namespace meanwhile {

// Small pictures of the clip in one large one.
struct Thumbs {
  struct Tile {
    TimeRange range;
    Rect place;  // inside the sheet
  };
  PicturePtr sheet;
  std::vector<Tile> tiles;  // by time
};

// A part of the clip to be seen again and again; both set: it is.
struct Loop {
  std::optional<MediaTime> from;
  std::optional<MediaTime> to;
  bool operator==(const Loop&) const = default;
};

enum class CaptionSize { Small, Medium, Large };
enum class CaptionGround { None, Shade, Solid };

struct CaptionLook {
  bool is_on = false;
  CaptionSize size = CaptionSize::Medium;
  CaptionGround ground = CaptionGround::Shade;
  bool operator==(const CaptionLook&) const = default;
};

struct PlayTools {
  std::shared_ptr<const Thumbs> thumbs;                  // nullptr: there are none
  std::vector<TimeRange> buffered;                       // what is here of a clip in a library, sorted
  std::shared_ptr<const std::vector<TimeRange>> pauses;  // sorted; nullptr: not known
  bool skips_pauses = false;
  Loop loop;
  std::shared_ptr<const std::vector<VttCue>> captions;  // by time; nullptr: there are none
  CaptionLook caption_look;
  std::optional<MediaTime> resumed_at;  // where it went on by itself
  bool is_mini = false;                 // a small window over all others: the picture alone
};

}  // namespace meanwhile
