// Keys from keys: HKDF with SHA-256 (RFC 5869).
#pragma once

#include <span>
#include <string_view>

namespace meanwhile {

// Fills `into`. salt: may be empty. Never fails but for want of memory (an exception).
void hkdf_sha256(std::span<const unsigned char> from, std::span<const unsigned char> salt,
                 std::string_view info, std::span<unsigned char> into);

}  // namespace meanwhile
