// Single pictures that lie beside a clip's tracks.
#pragma once

#include <cstddef>
#include <span>

#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/play/pointer_image.h"

namespace meanwhile {

// Decodes some of one clip: for each clip its own. Thread: one at a time.
class Stills {
 public:
  Stills() = default;
  Stills(const Stills&) = delete;
  Stills& operator=(const Stills&) = delete;
  virtual ~Stills() = default;

  // Errors: as decode_poster (still_image.h); Unavailable (no decoder can be had).
  virtual Result<PicturePtr> poster(std::span<const std::byte> jpeg) = 0;
  // Errors: as decode_pointer_png (pointer_png.h); Unavailable.
  virtual Result<PointerImage> pointer(std::span<const std::byte> png) = 0;
};

}  // namespace meanwhile
