#include "app/libraries/place.h"

#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "app/libraries/known_libraries.h"
#include "app/libraries/secrets.h"
#include "app/library/home.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/decorate/reopening_storage.h"
#include "upload/identity.h"
#include "upload/library_marker.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

KnownLibrary as_known(const std::string& url, const LibraryMarker& marker) {
  return {.url = url, .id = marker.id, .name = marker.name, .founder = marker.founder.base64()};
}

Founding founding_by(const Identity& identity, const std::string& person_name) {
  return {.founder = identity.person_key(), .name = person_name + "'s library", .now = wall_now()};
}

// Those that no retry mends would have what waits given up.
Error as_passing(Error error) {
  if (!error.is_control()) error.code = ErrorCode::Unavailable;
  return error;
}

// Older versions didn't note who founded it.
Result<void> check_founder(const Home& home, const KnownLibrary& known, const KnownLibrary& found,
                           const Storage& place) {
  if (known.founder.empty()) return remember_library(known_libraries_file(home), found);
  if (known.founder == found.founder) return {};
  return fail(ErrorCode::Unavailable,
              place.description() +
                  " says that somebody else founded the library than before: somebody may have put another "
                  "one in its place");
}

PlaceCheck check_of(const Home& home, const KnownLibrary& known, std::shared_ptr<Identity> identity) {
  return [home, known, identity = std::move(identity)](Storage& place, std::stop_token stop) -> Result<void> {
    const auto marker = open_library_marker(place, founding_by(*identity, ""), known.id, std::move(stop));
    if (!marker) return std::unexpected(as_passing(marker.error()));
    return check_founder(home, known, as_known(known.url, *marker), place);
  };
}

std::shared_ptr<ReopeningStorage> storage_of(const Home& home, const KnownLibrary& known,
                                             std::shared_ptr<Identity> identity,
                                             std::shared_ptr<Storage> opened) {
  return std::make_shared<ReopeningStorage>(known.url, secrets_of(home),
                                            check_of(home, known, std::move(identity)), std::move(opened));
}

}  // namespace

std::string own_library_url(const Home& home) {
  return "folder:" + home.own_library().string();
}

Place known_place(const Home& home, const KnownLibrary& known, std::shared_ptr<Identity> identity) {
  return {.library = known, .storage = storage_of(home, known, std::move(identity), nullptr)};
}

Result<Place> meet_place(const Home& home, const std::string& url, std::shared_ptr<Identity> identity,
                         const std::string& person_name, std::stop_token stop) {
  if (url == own_library_url(home)) MEANWHILE_TRY(make_private_folders(home.own_library()));
  auto storage = open_storage(url, {.find_secret = secrets_of(home), .stop = stop});
  if (!storage) return fail("opening the library", storage.error());
  const auto marker =
      open_library_marker(**storage, founding_by(*identity, person_name), std::nullopt, std::move(stop));
  if (!marker) return std::unexpected(marker.error());
  const KnownLibrary found = as_known(url, *marker);
  MEANWHILE_TRY(remember_library(known_libraries_file(home), found));
  return Place{.library = found,
               .storage = storage_of(home, found, std::move(identity), std::move(*storage))};
}

}  // namespace meanwhile
