// Storing so that it is known to have worked.
#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>

#include "media/base/result.h"
#include "upload/payload.h"
#include "upload/storage.h"

namespace meanwhile {

// How much is read back of what only a server vouches for (UploadProof::Server). InPart: all of objects up to
// 64 KB, and of one in sixteen of the larger ones, by chance; of the others the last 16 KB, and that nothing
// follows. That proves that all of an object arrived and that its end is right. Damage in the middle of a
// single one is missed 15 times in 16, of twenty 27 times in 100: InPart is for what can be sent again, all
// of it, as soon as any damage is seen. On the way TLS guards every byte.
enum class ReadBack { All, InPart };

// Where the storage doesn't compare what arrives with its hash itself, it is fetched again and compared here.
// sha256: of payload, if it is known. Errors: Corrupt (other bytes are stored: sent again they may be right),
// Unavailable (also if it isn't to be seen there), and storage's own.
Result<void> put_checked(Storage& storage, const std::string& key, const Payload& payload,
                         std::stop_token stop, const std::string& sha256 = "",
                         ReadBack read_back = ReadBack::All);

// For what others find by its name in a list, whatever its bytes: asked for as a list would show it, and
// fetched where no size is told. Where the storage compares what arrives itself, as put_checked.
Result<void> put_listed(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                        std::stop_token stop);

}  // namespace meanwhile
