// The recovery key of a sealed library, as text that a person prints and types in again.
#pragma once

#include <string>
#include <string_view>

#include "media/base/result.h"
#include "upload/signing.h"

namespace meanwhile {

// 14 groups of 4 characters: whoever has it can read the library, and becomes one of its admins.
std::string recovery_text(const KeyPair& key);

// Capitals, spaces, hyphens, and letters that look like digits, don't matter. Errors: InvalidArgument (too
// short or long, a slip in it: a sentence).
Result<KeyPair> read_recovery_text(std::string_view text);

}  // namespace meanwhile
