#include "app/libraries/place.h"

#include <fmt/format.h>

#include <cstdint>
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
#include "media/base/translation.h"
#include "upload/decorate/reopening_storage.h"
#include "upload/identity.h"
#include "upload/library_marker.h"
#include "upload/own_words.h"
#include "upload/seal/sealed_library.h"
#include "upload/seal/sealed_storage.h"
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
    why.message = tr_format("{} is there, but the library isn't in it: is the disk or share not mounted?",
                            place.description());
  } else if (!found) {
    why.message = found.error().message;
  } else if (found->library.id == known.id) {
    why.message = tr_format(
        "{} says that somebody else founded the library than before: somebody may have put another "
        "one in its place",
        place.description());
  } else {
    // TRANSLATORS: {0} is a place, {1} and {2} are libraries' names, {3} is an address.
    why.message = tr_format(
        "{} holds another library (\"{}\") than the one that was used before (\"{}\"). Add it again to use "
        "what is there now (`meanwhile library use {}`)",
        place.description(), display_line(found->library.name), display_line(known.name), known.url);
  }
  return why;
}

// Two libraries were founded in two copies of one folder, which are one now.
enum class Rival {
  None,       // there is none, or it gives way to ours: ours gets its marker back
  GoesFirst,  // ours gives way to it
  IsBeside,   // both have people in them: both go on, and who joins now comes to the other
};

// Who is alone goes to where others are; else the older one goes first, of which others may know already.
Result<Rival> rival_in(const KnownLibrary& known, const Result<StoredMarker>& found,
                       const std::filesystem::path& journal, const std::string& person, Storage& place,
                       std::stop_token stop) {
  const auto own = read_library_marker(as_byte_span(known.marker));
  if (!found || !own || found->library.id == own->id) return Rival::None;
  const auto our_company = has_company(journal, person);
  if (!our_company) return std::unexpected(our_company.error());
  const auto their_company = has_company_there(place, found->library.id, person, std::move(stop));
  if (!their_company) return std::unexpected(their_company.error());
  const bool is_older =
      std::pair(found->library.created, found->library.id) < std::pair(own->created, own->id);
  const bool goes_first = *our_company == *their_company ? is_older : *their_company;
  if (!goes_first) return Rival::None;
  return *our_company ? Rival::IsBeside : Rival::GoesFirst;
}

void tell_of_rival(const KnownLibrary& known, const LibraryMarker& rival, const Storage& place) {
  log(LogLevel::Warning,
      fmt::format(
          "{} holds two libraries, yours (\"{}\") and an older one (\"{}\"), and who joins now comes to "
          "that. "
          "Yours goes on. Who would rather be there: `meanwhile library leave {}`, then `meanwhile library "
          "use {}`; what you said stays with those who stay",
          place.description(), display_line(known.name), display_line(rival.name), known.url, known.url));
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

// What a check is given, for who wants to keep it a while.
std::shared_ptr<Storage> borrowed(Storage& place) {
  return {std::shared_ptr<Storage>(), &place};
}

// Whether own words of the library are in the place: if it is sealed, they are sealed there.
Result<bool> holds_words_of(const Home& home, const KnownLibrary& known, const Identity& identity,
                            Storage& place, std::stop_token stop) {
  const auto folder = home.library_folder(known.id);
  if (!folder) return std::unexpected(folder.error());
  const auto marker = read_library_marker(as_byte_span(known.marker));
  if (!marker || !marker->recovery) return holds_own_words(journal_file(*folder), place, std::move(stop));
  auto sealed = sealed_library(home, *marker, identity, borrowed(place));
  if (!sealed) return std::unexpected(sealed.error());
  SealedStorage opened(borrowed(place), known.id, *sealed);
  return holds_own_words(journal_file(*folder), opened, std::move(stop));
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
    const auto is_ours = holds_words_of(home, known, *identity, place, stop);
    if (!is_ours) return std::unexpected(as_passing(is_ours.error()));
    if (!*is_ours) return std::unexpected(not_the_known(known, found, place));
    const auto rival = rival_in(known, found, journal_file(*folder), identity->person(), place, stop);
    if (!rival) return std::unexpected(as_passing(rival.error()));
    if (*rival == Rival::GoesFirst) return std::unexpected(not_the_known(known, found, place));
    if (*rival == Rival::IsBeside) {
      tell_of_rival(known, found->library, place);
      return {};
    }
    return put_back(known, place, std::move(stop));
  };
}

std::shared_ptr<ReopeningStorage> storage_of(const Home& home, const KnownLibrary& known,
                                             std::shared_ptr<Identity> identity,
                                             std::shared_ptr<Storage> opened) {
  return std::make_shared<ReopeningStorage>(known.url, secrets_of(home),
                                            check_of(home, known, std::move(identity)), std::move(opened));
}

// It can be told of without being one of its members, but not used.
Result<void> check_membership(SealedLibrary& sealed, const std::stop_token& stop) {
  if (sealed.is_member()) return {};
  MEANWHILE_TRY(sealed.look_again(stop));
  const auto secret = sealed.for_writing(stop);
  return secret ? Result<void>() : std::unexpected(secret.error());
}

Result<std::shared_ptr<Storage>> open_unknown(const Home& home, const std::string& url,
                                              const std::stop_token& stop) {
  const bool is_own = url == own_library_url(home);
  if (is_own) MEANWHILE_TRY(make_private_folders(home.own_library()));
  auto storage = open_storage(url, {.missing = is_own ? MissingFolder::Make : MissingFolder::Tell,
                                    .find_secret = secrets_of(home),
                                    .stop = stop});
  if (!storage && storage.error().code == ErrorCode::NotFound)
    return fail(ErrorCode::NotFound, tr_format("there is no library at {} yet", url));
  if (!storage) return fail(tr("opening the library"), storage.error());
  return storage;
}

}  // namespace

std::string own_library_url(const Home& home) {
  return "folder:" + home.own_library().string();
}

std::shared_ptr<Storage> Place::opened() const {
  if (!sealed) return storage;
  return std::make_shared<SealedStorage>(storage, library.id, sealed);
}

Result<std::shared_ptr<SealedLibrary>> sealed_library(const Home& home, const LibraryMarker& library,
                                                      const Identity& identity,
                                                      std::shared_ptr<Storage> place) {
  if (!library.recovery) return nullptr;
  const auto folder = home.library_folder(library.id);
  if (!folder) return std::unexpected(folder.error());
  MEANWHILE_TRY(make_private_folders(*folder));
  return SealedLibrary::open({.file = *folder / "seal.json",
                              .library = library,
                              .person = identity.person_key(),
                              .place = std::move(place)});
}

Result<Place> known_place(const Home& home, const KnownLibrary& known, std::shared_ptr<Identity> identity) {
  Place place{.library = known, .storage = storage_of(home, known, identity, nullptr)};
  // Older versions noted no marker, and knew open libraries only.
  const auto marker = read_library_marker(as_byte_span(known.marker));
  if (!marker) return place;
  auto sealed = sealed_library(home, *marker, *identity, place.storage);
  if (!sealed) return std::unexpected(sealed.error());
  place.sealed = std::move(*sealed);
  return place;
}

Result<Place> meet_place(const Home& home, const std::string& url, std::shared_ptr<Identity> identity,
                         const std::string& person_name, std::stop_token stop) {
  auto storage = open_unknown(home, url, stop);
  if (!storage) return std::unexpected(storage.error());
  const bool is_own = url == own_library_url(home);
  const Founding founding{
      .founder = identity->person_key(), .name = person_name + "'s library", .now = wall_now()};
  const auto marker = is_own ? found_library(**storage, founding, stop) : find_library(**storage, stop);
  if (!marker) return std::unexpected(marker.error());
  Place place{.library = as_known(url, *marker)};
  place.storage = storage_of(home, place.library, identity, std::move(*storage));
  auto sealed = sealed_library(home, marker->library, *identity, place.storage);
  if (!sealed) return std::unexpected(sealed.error());
  place.sealed = std::move(*sealed);
  if (place.sealed) MEANWHILE_TRY(check_membership(*place.sealed, stop));
  MEANWHILE_TRY(remember_library(known_libraries_file(home), place.library));
  return place;
}

Result<std::optional<KnownLibrary>> take_what_is_there(const Home& home, const std::string& url,
                                                       const Identity& identity, std::int64_t waiting,
                                                       std::stop_token stop) {
  auto known = find_known_library(known_libraries_file(home), url);
  const auto storage = open_unknown(home, url, stop);
  if (!storage) return std::unexpected(storage.error());
  const auto found = find_library(**storage, stop);
  if (!found) return std::unexpected(found.error());
  if (!known || found->library.id == known->id)
    return fail(ErrorCode::NotFound, tr("no other library is there"));
  const auto is_ours = holds_words_of(home, *known, identity, **storage, std::move(stop));
  if (!is_ours) return std::unexpected(is_ours.error());
  // A place of its own that is away for now, or gone: for the person to say.
  if (!*is_ours && waiting > 0)
    return fail(
        ErrorCode::InvalidArgument,
        // TRANSLATORS: {0} is a place, {1} and {2} are libraries' names, {3} is the number, {4} an address.
        tr_count(waiting,
                 "{0} holds another library (\"{1}\") than the one that was used before (\"{2}\"), and one "
                 "thing waits "
                 "to be sent to that. Leave it first: what waits is kept, and sent if you join it "
                 "again (`meanwhile library leave {4} --even-with-waiting`)",
                 "{0} holds another library (\"{1}\") than the one that was used before (\"{2}\"), and {3} "
                 "things wait "
                 "to be sent to that. Leave it first: what waits is kept, and sent if you join it "
                 "again (`meanwhile library leave {4} --even-with-waiting`)",
                 (*storage)->description(), display_line(found->library.name), display_line(known->name),
                 waiting, url));
  MEANWHILE_TRY(forget_library(known_libraries_file(home), url));
  return *is_ours ? std::move(known) : std::nullopt;
}

}  // namespace meanwhile
