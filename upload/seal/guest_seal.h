// What a guest's browser seals to a share, so that the storage can't read it: X25519, HKDF-SHA256 and
// AES-256-GCM, which browsers have. The bytes: app/library/FORMAT.md, "Guest words".
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/result.h"

namespace meanwhile {

// More than the document has.
constexpr std::size_t kGuestSealBytes = 8 + 32 + 12 + 16;

bool is_guest_sealed(std::span<const std::byte> bytes);

// secret: the share's X25519 secret key. share: its id. Errors: Corrupt (not sealed to it, or changed).
Result<Bytes> open_guest_seal(std::span<const std::byte> sealed, std::span<const unsigned char, 32> secret,
                              std::string_view share);

}  // namespace meanwhile
