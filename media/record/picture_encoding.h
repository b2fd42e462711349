// How the pictures of a recorder are encoded.
#pragma once

#include <cstddef>
#include <string>

#include "media/record/h264.h"
#include "media/record/picture_encoder.h"

namespace meanwhile {

struct PictureEncoding {
  std::size_t queue_capacity = 8;
  OpenEncoder software = open_libx264;
  OpenEncoder hardware = {};  // tried first; empty: none
  std::string hardware_words;
};

struct RecorderParts;

// hardware: as RecordSettings::encoder; a name that isn't known is none.
PictureEncoding picture_encoding(const RecorderParts& parts, const std::string& hardware);

}  // namespace meanwhile
