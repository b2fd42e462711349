// The pointer track of a clip: where the pointer was, what it looked like. Format: media/record/FORMAT.md.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/offered_zooms.h"
#include "media/base/result.h"
#include "media/play/pointer_image.h"
#include "media/play/stills.h"

namespace meanwhile {

struct PointerMoment {
  MediaTime at{};
  int x = 0;  // pixels of the screen track
  int y = 0;
  int shape = 0;
  std::uint32_t buttons = 0;
};

// Never changed once it is loaded: any thread.
class PointerTrack {
 public:
  // text: pointer.jsonl, possibly torn at its end or damaged: lines that can't be understood are passed over.
  // shapes: index -> the PNG's bytes. stills: decode them.
  static PointerTrack load(std::string_view text, const std::function<Result<Bytes>(int shape)>& shapes,
                           Stills& stills);

  // Where the pointer is at `time`; nullopt before the first sample.
  std::optional<PointerMoment> at(MediaTime time) const;
  // The first sample after `time`.
  std::optional<PointerMoment> after(MediaTime time) const;
  // Where a button went down that wasn't, by time. screen: of the screen track.
  std::vector<PointerClick> clicks(Size screen) const;
  // nullptr: a shape that couldn't be read; a plain arrow is drawn instead.
  const PointerImage* image(int shape) const;

 private:
  std::vector<PointerMoment> moments_;
  std::vector<PointerImage> images_;
};

}  // namespace meanwhile
