// Storing so that it is known to have worked.
#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>

#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

// Where the storage doesn't compare what arrives with a hash itself, it is fetched again and compared here.
// sha256: of bytes, if it is known. Errors: Unavailable (also if what arrived is not what was sent: sent
// again it may), and storage's own.
Result<void> put_checked(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                         std::stop_token stop, const std::string& sha256 = "");

// For what others find by its name in a list, whatever its bytes: asked for as a list would show it, and
// fetched where no size is told. Where the storage compares what arrives itself, as put_checked.
Result<void> put_listed(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                        std::stop_token stop);

}  // namespace meanwhile
