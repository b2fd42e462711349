// What this home wrote into a library: by that the library is known again, whatever its marker says.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

// A place holds words that this home signed for the library of this journal, byte for byte: the newest or the
// oldest of those that were stored. Any thread; blocks. Errors: the storage's, but NotFound; Corrupt, Io.
Result<bool> holds_own_words(const std::filesystem::path& journal, Storage& place, std::stop_token stop);

// At least two other people belong to that library, by the certificates in the place that name it. Any
// thread; blocks. Errors: the storage's.
Result<bool> has_company_there(Storage& place, const std::string& library, const std::string& person,
                               std::stop_token stop);

// Somebody else's words were read in the library of this journal. Errors: Corrupt, Io.
Result<bool> has_company(const std::filesystem::path& journal, const std::string& person);

}  // namespace meanwhile
