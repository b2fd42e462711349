// Where an export shows one track alone, as large as it was recorded and with nothing drawn on it.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/layout.h"
#include "media/base/look.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/export/shown_pictures.h"
#include "media/play/clip_media.h"

namespace meanwhile {

struct PlainPart {
  TimeRange shown;                    // on the timeline that is shown
  std::shared_ptr<ByteSource> track;  // of which it shows the pictures,
  MediaTime from{};                   // from there on, in the track's own time
};

struct PlainPartsRequest {
  const ClipMedia& media;
  const ShownPictures& shown;  // opened
  OwnLayout own = {};
  Size canvas = {};
  TimeRange range = {};  // what is exported
  MediaTime interval{};  // between frames while something moves
  // That track's pictures have the canvas's size and colours.
  std::function<bool(const std::shared_ptr<ByteSource>&)> is_fit;
};

// By time, apart from each other. Nothing of the pictures is read.
std::vector<PlainPart> plain_parts(const PlainPartsRequest& request);

}  // namespace meanwhile
