// How pictures are to be turned to be upright.
#pragma once

#include <cstdint>
#include <span>

#include "media/base/layout.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// First mirrored (left to right), then turned clockwise.
struct Turn {
  int degrees = 0;  // 0, 90, 180, 270
  bool is_mirrored = false;

  bool operator==(const Turn&) const = default;
  bool is_none() const { return degrees == 0 && !is_mirrored; }
};

// matrix: a display matrix (libavutil/display.h); what isn't by right angles is no turn.
Turn turn_of(std::span<const std::uint8_t> matrix);
// As the file says of the stream.
Turn turn_of(const AVStream& stream);
Size turned_size(Size size, const Turn& turn);

}  // namespace meanwhile
