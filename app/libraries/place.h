// The place that a library lies in: met once, and from then on asked whether it is still the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "app/libraries/known_libraries.h"
#include "app/library/home.h"
#include "media/base/result.h"
#include "upload/decorate/reopening_storage.h"
#include "upload/identity.h"
#include "upload/library_marker.h"
#include "upload/seal/sealed_library.h"
#include "upload/storage.h"

namespace meanwhile {

struct Place {
  KnownLibrary library;
  std::shared_ptr<ReopeningStorage> storage;
  std::shared_ptr<SealedLibrary> sealed = {};  // nullptr: an open one

  // As its members see it.
  std::shared_ptr<Storage> opened() const;
};

// This home's part in a sealed library, whose place is as it is. nullptr: the library is open. Errors: as
// SealedLibrary::open, and of the folder.
Result<std::shared_ptr<SealedLibrary>> sealed_library(const Home& home, const LibraryMarker& library,
                                                      const Identity& identity,
                                                      std::shared_ptr<Storage> place);

// Of a library that is known here: nothing is asked of the place before somebody uses the storage, and its
// marker is looked at then, as the first thing, and after each outage. A place with another marker, or none,
// that holds what this home said in the library is the library all the same, and gets its marker back. Any
// other is Unavailable: what waits is kept until somebody puts it right.
// Errors: sealed_library's.
Result<Place> known_place(const Home& home, const KnownLibrary& known, std::shared_ptr<Identity> identity);

// One that nobody here has seen: asks the place which library it holds, and remembers that. Only the person's
// own becomes one by this. Blocks. Errors: those of open_storage and find_library, Aborted (stop),
// PermissionDenied (it is sealed, and this person no member).
Result<Place> meet_place(const Home& home, const std::string& url, std::shared_ptr<Identity> identity,
                         const std::string& person_name, std::stop_token stop);

// The place of a known library holds another one now: that is what the URL means from now on. Gives the known
// one, if own words of it are in the place. waiting: how many things wait to be sent to the known one.
// Blocks. Errors, and then nothing is changed: as meet_place(); NotFound (it is the known one),
// InvalidArgument (what waits would go nowhere).
Result<std::optional<KnownLibrary>> take_what_is_there(const Home& home, const std::string& url,
                                                       const Identity& identity, std::int64_t waiting,
                                                       std::stop_token stop);

// The journal in a library's folder: its database.
inline std::filesystem::path journal_file(const std::filesystem::path& folder) {
  return folder / "library.sqlite";
}

// The person's own, which first use makes.
std::string own_library_url(const Home& home);

}  // namespace meanwhile
