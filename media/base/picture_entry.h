// What a track's beginning says about its pictures, read from bytes that nobody vouches for.
#pragma once

#include <cstdint>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/layout.h"
#include "media/base/result.h"

namespace meanwhile {

// By their numbers. Source: ITU-T H.273 s. 8.
struct ColourNumbers {
  unsigned primaries = 0;
  unsigned transfer = 0;
  unsigned matrix = 0;
  bool is_full_range = false;
  bool operator==(const ColourNumbers&) const = default;
};

// H.264 with all of its parameter sets in the beginning ("avc1"), square pixels, and times as they are (no
// edit list): as a recorder writes it.
struct PictureEntry {
  Size size;
  ColourNumbers colours;
  std::vector<std::uint8_t> avcc;  // the parameter sets, which are for others to read
};

// track: anybody's. Errors: its own; Corrupt; Unsupported (other pictures, or none).
Result<PictureEntry> read_picture_entry(ByteSource& track);

}  // namespace meanwhile
