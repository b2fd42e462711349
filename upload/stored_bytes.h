// Storing so that it is known to have worked.
#pragma once

#include <span>
#include <stop_token>
#include <string>

#include "upload/storage.h"

namespace meanwhile {

// How stored bytes are compared with what was sent.
enum class UploadCheck {
  ReadBack,   // fetched again and hashed: for folders and servers that check nothing themselves
  ByStorage,  // the storage refuses what was damaged on the way (checks_uploads()): nothing is asked
  Size,       // only the size is asked for: where the backend sends a hash along (S3)
};

// sha256: of bytes, if it is known. Errors: Unavailable (also if what arrived is not what was sent: sent
// again it may), and storage's own.
Result<void> put_checked(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                         UploadCheck check, std::stop_token stop, const std::string& sha256 = "");

}  // namespace meanwhile
