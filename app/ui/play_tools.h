// What helps to find one's way in a clip: thumbnails, pauses, loops, captions. Plain data, as in state.h.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
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
enum class CaptionPlace { Bottom, Top, Below };  // of the picture; below it they cover nothing

struct CaptionLook {
  bool is_on = false;
  CaptionSize size = CaptionSize::Medium;
  CaptionGround ground = CaptionGround::Shade;
  CaptionPlace place = CaptionPlace::Bottom;
  bool operator==(const CaptionLook&) const = default;
};

// A language that the clip has captions in.
struct CaptionLanguage {
  std::string tag;   // BCP 47; "": not said
  std::string name;  // "German"
  bool operator==(const CaptionLanguage&) const = default;
};

// Other words for a caption: somebody else's, or those of the person, who isn't the clip's author.
struct CaptionSuggestion {
  std::size_t cue = 0;  // of PlayTools::captions
  std::string name;     // whose it is
  std::string text;
  std::string key;
  bool is_mine = false;
};

struct PlayTools {
  std::shared_ptr<const Thumbs> thumbs;                  // nullptr: there are none
  std::vector<TimeRange> buffered;                       // what is here of a clip in a library, sorted
  std::shared_ptr<const std::vector<TimeRange>> pauses;  // sorted; nullptr: not known
  bool skips_pauses = false;
  Loop loop;
  std::shared_ptr<const std::vector<VttCue>> captions;                // by time; nullptr: there are none
  std::shared_ptr<const std::vector<VttCue>> second_captions;         // shown with them, in another language
  std::vector<CaptionLanguage> caption_languages;                     // all of them
  std::size_t caption_language = 0;                                   // of `captions`, among them
  std::optional<std::size_t> second_language;                         // of `second_captions`
  std::shared_ptr<const std::vector<CaptionSuggestion>> suggestions;  // by caption; nullptr: none
  CaptionLook caption_look;
  std::optional<MediaTime> resumed_at;  // where it went on by itself
  bool is_mini = false;                 // a small window over all others: the picture alone
};

}  // namespace meanwhile
