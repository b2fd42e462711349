// Posters: a JPEG of a clip, decoded for the window.
#pragma once

#include <cstddef>
#include <span>

#include "media/base/picture.h"
#include "media/base/result.h"

namespace meanwhile {

// Posters are small; a larger picture is an attack on memory.
constexpr int kLargestPosterSide = 4096;

// Errors: Corrupt (no JPEG of 4:2:0 colour, or one larger than kLargestPosterSide).
Result<PicturePtr> decode_poster(std::span<const std::byte> jpeg);

}  // namespace meanwhile
