// Pointer shapes as they lie in a clip: small PNGs.
#pragma once

#include <cstddef>
#include <span>

#include "media/base/result.h"
#include "media/play/pointer_image.h"

namespace meanwhile {

// X servers and desktops draw pointers of up to some hundred pixels, for people who see badly.
constexpr int kLargestPointer = 512;

// Errors: Corrupt (no PNG, or one larger than kLargestPointer).
Result<PointerImage> decode_pointer_png(std::span<const std::byte> png);

}  // namespace meanwhile
