// Pictures whose planes lie one after the other.
#pragma once

#include <cstddef>
#include <cstdint>

#include "media/base/picture.h"

namespace meanwhile {

// What pack_into() needs.
std::size_t packed_size(const Picture& picture);

// A copy whose planes lie at `to`; without an owner.
Picture pack_into(const Picture& picture, std::uint8_t* to);

}  // namespace meanwhile
