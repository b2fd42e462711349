// A disc or its rim as a picture that is drawn in any colour.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace meanwhile {

struct RoundMask {
  std::string name;                // another one for other measures
  int side = 0;                    // pixels, both ways: twice the radius
  std::vector<std::uint8_t> rgba;  // white; the opacity says how much of a pixel lies within
};

// Pixels. rim: 0 for the whole disc.
RoundMask make_round_mask(int radius, int rim);

}  // namespace meanwhile
