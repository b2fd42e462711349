// The form of everything in a library that somebody vouches for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/signing.h"

namespace meanwhile {

// A signed document is one JSON object whose last member is "signature", the base64 of 64 bytes. What is
// signed are the stored bytes before `,"signature":"`: no canonical form is needed, nothing is encoded again
// (FORMAT.md).

// object: at least one member, no "signature".
Bytes sign_document(const Json& object, const KeyPair& key);

// The object without its signature. Errors: Corrupt (longer than limit_bytes, not signed by key, no such
// document).
Result<Json> open_document(std::span<const std::byte> bytes, const PublicKey& key, std::uint64_t limit_bytes);

// As open_document, but the key is yet to be learned from the object itself: trust nothing in it before
// open_document.
Result<Json> read_unverified_document(std::span<const std::byte> bytes, std::uint64_t limit_bytes);

// What was signed for one library counts in no other. Older versions didn't name it, and "" asks for none.
bool is_of_library(const Json& object, const std::string& library);

// Ok if object's "format" is 1. Errors: Unsupported (newer: a sentence that says to update), Corrupt (none).
Result<void> check_format(const Json& object, std::string_view what);

}  // namespace meanwhile
