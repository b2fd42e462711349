#include "app/libraries/place.h"

#include <fmt/format.h>

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "app/libraries/known_libraries.h"
#include "app/libraries/secrets.h"
#include "app/library/home.h"
#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "upload/decorate/reopening_storage.h"
#include "upload/identity.h"
#include "upload/library_marker.h"
#include "upload/own_words.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

KnownLibrary as_known(const std::string& url, const StoredMarker& marker) {
  return {.url = url,
          .id = marker.library.id,
          .name = marker.library.name,
          .founder = marker.library.founder.base64(),
          .marker = std::string(as_text(marker.bytes))};
}

// Those that no retry mends would have what waits given up.
Error as_passing(Error error) {
  if (!error.is_control()) error.code = ErrorCode::Unavailable;
  return error;
}

// Older versions noted neither who founded it nor the marker.
bool is_same(const KnownLibrary& known, const StoredMarker& found) {
  return known.id == found.library.id &&
         (known.founder.empty() || known.founder == found.library.founder.base64());
}

// Why a place isn't taken for the library that is known.
Error not_the_known(const KnownLibrary& known, const Result<StoredMarker>& found, const Storage& place) {
  Error why{ErrorCode::Unavailable, ""};
  if (!found && found.error().code == ErrorCode::NotFound) {
    why.message = fmt::format("{} is there, but the library isn't in it: is the disk or share not mounted?",
                              place.description());
  } else if (!found) {
    why.message = found.error().message;
  } else if (found->library.id == known.id) {
    why.message = place.description() +
                  " says that somebody else founded the library than before: somebody may have put another "
                  "one in its place";
  } else {
    why.message = fmt::format(
        "{} holds another library (\"{}\") than the one that was used before (\"{}\"). Add it again to use "
        "what is there now",
        place.description(), display_line(found->library.name), display_line(known.name));
  }
  return why;
}

// Two libraries were founded in two copies of one folder, which are one now. Who has company stays with them;
// who is alone goes to the older one, of which others may know already.
Result<bool> gives_way(const KnownLibrary& known, const Result<StoredMarker>& found,
                       const std::filesystem::path& journal, const std::string& person) {
  const auto own = read_library_marker(as_byte_span(known.marker));
  if (!found || !own || found->library.id == own->id) return false;
  const auto company = has_company(journal, person);
  if (!company || *company) return company ? Result<bool>(false) : company;
  return std::pair(found->library.created, found->library.id) < std::pair(own->created, own->id);
}

Result<void> put_back(const KnownLibrary& known, Storage& place, std::stop_token stop) {
  if (known.marker.empty()) return {};
  const auto put = place.put(kLibraryMarkerKey, as_byte_span(known.marker), std::move(stop));
  if (!put && put.error().is_control()) return put;
  // Who only reads there uses it all the same.
  log(LogLevel::Warning, fmt::format("the {} of \"{}\" in {} was gone or another library's, and {}",
                                     kLibraryMarkerKey, display_line(known.name), place.description(),
                                     put ? "is back now" : "could not be put back: " + put.error().message));
  return {};
}

PlaceCheck check_of(const Home& home, const KnownLibrary& known, std::shared_ptr<Identity> identity) {
  return [home, known, identity = std::move(identity)](Storage& place, std::stop_token stop) -> Result<void> {
    const auto found = find_library(place, stop);
    if (found && is_same(known, *found)) {
      return known.marker.empty() ? remember_library(known_libraries_file(home), as_known(known.url, *found))
                                  : Result<void>();
    }
    // A newer version may have changed it: nobody may put an older one in its place.
    const bool is_newer = !found && found.error().code == ErrorCode::Unsupported;
    if (is_newer || (!found && found.error().is_control())) return std::unexpected(as_passing(found.error()));
    const auto folder = home.library_folder(known.id);
    if (!folder) return std::unexpected(folder.error());
    const auto is_ours = holds_own_words(journal_file(*folder), place, stop);
    if (!is_ours) return std::unexpected(as_passing(is_ours.error()));
    if (!*is_ours) return std::unexpected(not_the_known(known, found, place));
    const auto is_given_up = gives_way(known, found, journal_file(*folder), identity->person());
    if (!is_given_up) return std::unexpected(is_given_up.error());
    if (*is_given_up) return std::unexpected(not_the_known(known, found, place));
    return put_back(known, place, std::move(stop));
  };
}

std::shared_ptr<ReopeningStorage> storage_of(const Home& home, const KnownLibrary& known,
                                             std::shared_ptr<Identity> identity,
                                             std::shared_ptr<Storage> opened) {
  return std::make_shared<ReopeningStorage>(known.url, secrets_of(home),
                                            check_of(home, known, std::move(identity)), std::move(opened));
}

Result<std::shared_ptr<Storage>> open_unknown(const Home& home, const std::string& url,
                                              const std::stop_token& stop) {
  const bool is_own = url == own_library_url(home);
  if (is_own) MEANWHILE_TRY(make_private_folders(home.own_library()));
  auto storage = open_storage(url, {.missing = is_own ? MissingFolder::Make : MissingFolder::Tell,
                                    .find_secret = secrets_of(home),
                                    .stop = stop});
  if (!storage && storage.error().code == ErrorCode::NotFound)
    return fail(ErrorCode::NotFound, "there is no library at " + url + " yet");
  if (!storage) return fail("opening the library", storage.error());
  return storage;
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
  auto storage = open_unknown(home, url, stop);
  if (!storage) return std::unexpected(storage.error());
  const bool is_own = url == own_library_url(home);
  const Founding founding{
      .founder = identity->person_key(), .name = person_name + "'s library", .now = wall_now()};
  const auto marker =
      is_own ? found_library(**storage, founding, std::move(stop)) : find_library(**storage, std::move(stop));
  if (!marker) return std::unexpected(marker.error());
  const KnownLibrary found = as_known(url, *marker);
  MEANWHILE_TRY(remember_library(known_libraries_file(home), found));
  return Place{.library = found,
               .storage = storage_of(home, found, std::move(identity), std::move(*storage))};
}

Result<std::optional<KnownLibrary>> take_what_is_there(const Home& home, const std::string& url,
                                                       std::stop_token stop) {
  auto known = find_known_library(known_libraries_file(home), url);
  const auto storage = open_unknown(home, url, stop);
  if (!storage) return std::unexpected(storage.error());
  const auto found = find_library(**storage, stop);
  if (!found) return std::unexpected(found.error());
  if (!known || found->library.id == known->id) return fail(ErrorCode::NotFound, "no other library is there");
  const auto folder = home.library_folder(known->id);
  if (!folder) return std::unexpected(folder.error());
  const auto is_ours = holds_own_words(journal_file(*folder), **storage, std::move(stop));
  if (!is_ours) return std::unexpected(is_ours.error());
  MEANWHILE_TRY(forget_library(known_libraries_file(home), url));
  return *is_ours ? std::move(known) : std::nullopt;
}

}  // namespace meanwhile
