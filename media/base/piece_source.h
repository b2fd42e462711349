// Bytes of a track that are fetched piece by piece.
#pragma once

#include <cstdint>
#include <span>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"

namespace meanwhile {

// From this byte on lie the media of that moment and what follows.
struct BytePlace {
  std::uint64_t offset = 0;
  MediaTime start{};
};

// Whoever doesn't read across its places asks for no piece without need.
class PieceSource : public ByteSource {
 public:
  // Where the pieces begin, each with a keyframe; what lies before the first is the init part. Empty: not
  // known. Constant.
  [[nodiscard]] virtual std::span<const BytePlace> places() const = 0;
};

// Of any source: what it knows of its pieces.
inline std::span<const BytePlace> places_of(const ByteSource& source) {
  const auto* pieces = dynamic_cast<const PieceSource*>(&source);
  return pieces ? pieces->places() : std::span<const BytePlace>{};
}

}  // namespace meanwhile
