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
  // A sealed library's: who has this key's other half may always come in (upload/seal). nullopt: an open one.
  std::optional<PublicKey> recovery = {};
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

// With an id of its own; nothing is written.
LibraryMarker new_library(const Founding& founding);

struct StoredMarker {
  LibraryMarker library;
  Bytes bytes;  // as they were signed: whoever has them can put them back
};

// The marker of the library in storage. Errors: NotFound (the place holds no library), Unavailable (it holds
// one whose marker hasn't arrived), Corrupt, Unsupported, and storage's own.
Result<StoredMarker> find_library(Storage& storage, std::stop_token stop);

// Makes an empty place a library. What is there afterwards counts: two may do this at once. Errors: as
// find_library().
Result<StoredMarker> found_library(Storage& storage, const Founding& founding, std::stop_token stop);
Result<StoredMarker> found_library(Storage& storage, const LibraryMarker& library, const KeyPair& founder,
                                   std::stop_token stop);

}  // namespace meanwhile
