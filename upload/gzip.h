// Bytes made smaller, as browsers open them by themselves.
#pragma once

#include <cstddef>
#include <span>

#include "media/base/byte_stream.h"

namespace meanwhile {

// RFC 1952, by zlib. bytes: below 2 GB.
Bytes gzip(std::span<const std::byte> bytes);

}  // namespace meanwhile
