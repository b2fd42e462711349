// meanwhile.json: what makes a place in storage a library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {

struct LibraryMarker {
  std::string id;  // of a clip id's form
  std::string name;
  PublicKey founder;
  WallTime created{};
};

constexpr const char* kLibraryMarkerKey = "meanwhile.json";
constexpr std::uint64_t kLargestMarkerBytes = 4096;

Bytes make_library_marker(const LibraryMarker& marker, const KeyPair& founder);
// Errors: Corrupt, Unsupported (a newer format).
Result<LibraryMarker> read_library_marker(std::span<const std::byte> bytes);

struct Founding {
  const KeyPair& founder;
  std::string name;  // for a library that is founded now
  WallTime now{};
};

// The marker of the library in storage. An empty place becomes a library, unless expected_id says that one
// was here. Errors: Unavailable (the marker isn't there, though there is a library, or was: not mounted or
// not synced yet), AlreadyExists (another library than expected_id), Corrupt, Unsupported, and storage's own.
Result<LibraryMarker> open_library_marker(Storage& storage, const Founding& founding,
                                          const std::optional<std::string>& expected_id,
                                          std::stop_token stop);

}  // namespace meanwhile
