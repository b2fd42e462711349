// How large what is written becomes.
#pragma once

#include <cstdint>

namespace meanwhile {

struct OutputRate {
  // Of the pictures, on average; 0: as many as they need to look as good as the eye sees.
  std::int64_t picture_bps = 0;
  std::int64_t sound_bps = 160'000;
};

}  // namespace meanwhile
