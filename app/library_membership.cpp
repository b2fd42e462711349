#include "app/library_membership.h"

#include <algorithm>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>

#include "app/application.h"
#include "app/libraries/known_libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/place.h"
#include "app/libraries/secrets.h"
#include "app/library/home.h"
#include "app/library/index.h"
#include "app/library/invitation.h"
#include "app/library/library_kind.h"
#include "app/library/text.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/identity.h"
#include "upload/library_marker.h"
#include "upload/probe.h"
#include "upload/seal/recovery_key.h"
#include "upload/seal/sealed_library.h"
#include "upload/secret.h"
#include "upload/signing.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

Result<void> check_identity(const LibraryMarker& marker, const Invitation& invitation,
                            const Storage& storage) {
  const bool is_as_sealed = !invitation.invite || marker.recovery == invitation.recovery;
  if (marker.id == invitation.library && marker.founder.bytes == invitation.founder.bytes && is_as_sealed)
    return {};
  return fail(ErrorCode::PermissionDenied,
              tr_format("{} holds somebody else's library (\"{}\"), not the one that you are invited to "
                        "(\"{}\"): ask who invited you before you use it",
                        storage.description(), display_line(marker.name), display_line(invitation.name)));
}

// What is known of the library is what its place said when it was met.
Result<Invitation> invitation_to(const Home& home, const std::string& url, Storage& place) {
  const auto known = find_known_library(known_libraries_file(home), url);
  const auto founder = PublicKey::from_base64(known ? known->founder : "");
  if (founder)
    return Invitation{
        .url = url, .library = known->id, .name = known->name, .founder = *founder, .secret = {}};
  const auto marker = find_library(place, {});
  if (!marker) return std::unexpected(marker.error());
  const LibraryMarker& library = marker->library;
  return Invitation{
      .url = url, .library = library.id, .name = library.name, .founder = library.founder, .secret = {}};
}

// nullptr: the library is an open one.
Result<std::shared_ptr<SealedLibrary>> own_part(const Home& home, const std::string& person_name,
                                                const LibraryMarker& library,
                                                std::shared_ptr<Storage> place) {
  const auto identity = Identity::open(home.data(), person_name);
  if (!identity) return std::unexpected(identity.error());
  return sealed_library(home, library, **identity, std::move(place));
}

// The marker comes last: whoever finds it finds a whole library. Gives the recovery key of a sealed one.
Result<std::string> found(const Home& home, const Identity& identity, const NewLibrary& library,
                          const std::shared_ptr<Storage>& storage, std::stop_token stop) {
  const KeyPair& founder = identity.person_key();
  LibraryMarker marker = new_library({.founder = founder, .name = library.name, .now = wall_now()});
  std::string recovery_key;
  if (library.kind == LibraryKind::Sealed) {
    const KeyPair recovery = KeyPair::generate();
    marker.recovery = recovery.public_key();
    recovery_key = recovery_text(recovery);
    const auto sealed = sealed_library(home, marker, identity, storage);
    if (!sealed) return std::unexpected(sealed.error());
    MEANWHILE_TRY((*sealed)->start(stop));
  }
  const auto made = found_library(*storage, marker, founder, std::move(stop));
  if (!made) return std::unexpected(made.error());
  if (made->library.id != marker.id)
    return fail(ErrorCode::AlreadyExists,
                tr("somebody else made a library there at the same time: add that one"));
  return recovery_key;
}

// How many things a library's outbox holds.
Result<std::int64_t> waiting_in(LibrarySession& library) {
  const auto status = library.outbox().status();
  if (!status) return std::unexpected(status.error());
  return status->waiting_items + status->waiting_events;
}

Result<void> forget_picture(const Home& home, const std::string& id) {
  const auto folder = home.library_folder(id);
  if (!folder) return std::unexpected(folder.error());
  const auto cache = home.library_cache(id);
  if (!cache) return std::unexpected(cache.error());
  MEANWHILE_TRY(Index::remove(index_file(*folder)));
  for (const auto& path : {drafts_folder(*folder), *cache}) {
    std::error_code error;
    std::filesystem::remove_all(path, error);
    if (error)
      return std::unexpected(error_from_errno(error.value(), tr_format("removing {}", path.string())));
  }
  return {};
}

// The URL in the settings that `which` means; it need not be possible to open it.
Result<std::string> url_of(Application& application, const std::string& which) {
  const auto& urls = application.settings().libraries;
  if (std::ranges::find(urls, which) != urls.end()) return which;
  const auto library = application.find_library(which);
  if (!library) return std::unexpected(library.error());
  const std::string url = (*library)->session->url();
  if (std::ranges::find(urls, url) != urls.end()) return url;
  return fail(ErrorCode::InvalidArgument,
              tr_format("{} isn't in your list of libraries: there is nothing to leave", url));
}

std::string unfinished_words(const std::string& url, std::int64_t waiting) {
  return tr_count(std::uint64_t(waiting),
                  // TRANSLATORS: {0} is a library's URL, {1} a number.
                  "{} isn't finished: one thing waits to be sent there. `meanwhile sync` sends it; with "
                  "--even-with-waiting it is kept, and sent if you join again",
                  "{} isn't finished: {} things wait to be sent there. `meanwhile sync` sends it; with "
                  "--even-with-waiting it is kept, and sent if you join again",
                  url, waiting);
}

}  // namespace

Result<MadeLibrary> make_library(const Home& home, const std::string& person_name, const NewLibrary& library,
                                 std::stop_token stop) {
  const std::string& name = library.name;
  if (is_blank(name) || !is_valid_utf8(name) || count_characters(name) > kLongestName) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("a library's name is 1 to {} characters of valid UTF-8", kLongestName));
  }
  const auto known = find_known_library(known_libraries_file(home), library.url);
  auto storage = open_storage(library.url, {.missing = known ? MissingFolder::Refuse : MissingFolder::Make,
                                            .find_secret = secrets_of(home),
                                            .stop = stop});
  if (!storage) return fail(tr("making the library"), storage.error());
  const auto marker = find_library(**storage, stop);
  if (!marker && known && marker.error().code == ErrorCode::NotFound) {
    return fail(
        ErrorCode::Unavailable,
        tr_format("your library \"{}\" was in {}, and isn't now: is the disk or share not mounted? To make "
                  "another one there all the same, leave that one first",
                  display_line(known->name), (*storage)->description()));
  }
  if (marker) {
    return fail(ErrorCode::AlreadyExists,
                tr_format("{} holds a library already (\"{}\"): add that one", (*storage)->description(),
                          display_line(marker->library.name)));
  }
  if (marker.error().code != ErrorCode::NotFound) return std::unexpected(marker.error());
  auto probed = probe_storage(**storage, stop);
  if (!probed) return std::unexpected(probed.error());
  if (!probed->may_store)
    return fail(ErrorCode::Unavailable, tr_format("no library is made: {}", probed->troubles.front()));
  if (const auto checked = check_loses_nothing(*probed); !checked)
    return fail(tr("no library is made"), checked.error());
  const auto identity = Identity::open(home.data(), person_name);
  if (!identity) return std::unexpected(identity.error());
  auto key = found(home, **identity, library, *storage, std::move(stop));
  if (!key) return std::unexpected(key.error());
  return MadeLibrary{.probed = std::move(*probed), .recovery_key = std::move(*key)};
}

Result<Created> create_library(Application& application, const NewLibrary& library, std::stop_token stop) {
  auto made = make_library(application.home(), application.person_name(), library, stop);
  if (!made) return std::unexpected(made.error());
  MEANWHILE_TRY(application.open_reachable(library.url, std::move(stop)));
  auto added = application.add_library(library.url);
  if (!added) return std::unexpected(added.error());
  return Created{.library = *added, .made = std::move(*made)};
}

Result<std::string> invite(const Home& home, const std::string& url, Storage& storage, SealedLibrary* sealed,
                           WithSecret with_secret, const InviteTerms& terms, std::stop_token stop) {
  auto invitation = invitation_to(home, url, storage);
  if (!invitation) return std::unexpected(invitation.error());
  if (with_secret == WithSecret::Yes) {
    const std::string place = secret_place(url);
    const auto secret =
        place.empty() ? Result<std::optional<Secret>>(std::nullopt) : find_secret(home, place);
    if (!secret) return std::unexpected(secret.error());
    if (!*secret) {
      return fail(ErrorCode::NotFound,
                  tr_format("no key or password is kept for {}: an invitation without one is all that is "
                            "needed, or `meanwhile library secret` keeps one",
                            url));
    }
    invitation->secret = *secret;
  }
  if (sealed) {
    const auto key = sealed->invite(terms, std::move(stop));
    if (!key) return std::unexpected(key.error());
    invitation->invite = *key;
    invitation->inviter = sealed->person_key();
    invitation->recovery = sealed->recovery_key();
  }
  return to_text(*invitation);
}

Result<bool> check_invitation(const Home& home, const std::string& person_name, const Invitation& invitation,
                              std::stop_token stop) {
  const std::string place = secret_place(invitation.url);
  const auto kept = place.empty() ? Result<std::optional<Secret>>(std::nullopt) : find_secret(home, place);
  if (!kept) return std::unexpected(kept.error());
  const bool is_new_secret = invitation.secret && !place.empty() && !*kept;
  const StorageAccess access{.missing = MissingFolder::Refuse,
                             .find_secret = [&](const std::string&) -> Result<std::optional<Secret>> {
                               return is_new_secret ? invitation.secret : *kept;
                             },
                             .stop = stop};
  const auto storage = open_storage(invitation.url, access);
  if (!storage) return fail(tr("joining the library"), storage.error());
  const auto marker = find_library(**storage, stop);
  if (!marker) return fail(tr("joining the library"), marker.error());
  MEANWHILE_TRY(check_identity(marker->library, invitation, **storage));
  if (invitation.invite) {
    const auto sealed = own_part(home, person_name, marker->library, *storage);
    if (!sealed) return std::unexpected(sealed.error());
    MEANWHILE_TRY((*sealed)->join(*invitation.invite, std::move(stop), invitation.inviter));
  }
  if (!is_new_secret) return false;
  const auto where = keep_secret(home, place, *invitation.secret);
  if (!where) return std::unexpected(where.error());
  return true;
}

Result<void> recover_library(const Home& home, const std::string& person_name, const std::string& url,
                             const std::string& recovery_key, std::stop_token stop,
                             const std::string& believed) {
  const auto key = read_recovery_text(recovery_key);
  if (!key) return std::unexpected(key.error());
  const auto storage =
      open_storage(url, {.missing = MissingFolder::Refuse, .find_secret = secrets_of(home), .stop = stop});
  if (!storage) return std::unexpected(storage.error());
  const auto marker = find_library(**storage, stop);
  if (!marker) return std::unexpected(marker.error());
  const auto sealed = own_part(home, person_name, marker->library, *storage);
  if (!sealed) return std::unexpected(sealed.error());
  if (!*sealed)
    return fail(ErrorCode::InvalidArgument,
                tr("this library isn't sealed: `meanwhile library use` is all that it takes"));
  return (*sealed)->recover(*key, std::move(stop), believed);
}

Result<Joined> join_library(Application& application, const Invitation& invitation, std::stop_token stop) {
  Joined joined;
  const auto urls = application.library_urls();
  joined.was_here = std::ranges::find(urls, invitation.url) != urls.end();
  const auto kept_secret = check_invitation(application.home(), application.person_name(), invitation, stop);
  if (!kept_secret) return std::unexpected(kept_secret.error());
  joined.kept_secret = *kept_secret;
  MEANWHILE_TRY(application.open_reachable(invitation.url, std::move(stop)));
  auto added = application.add_library(invitation.url);
  if (!added) return std::unexpected(added.error());
  joined.library = *added;
  return joined;
}

Result<Left> leave_library(Application& application, const std::string& which, const LeaveOptions& options) {
  const auto url = url_of(application, which);
  if (!url) return std::unexpected(url.error());
  Left left{.url = *url, .waiting = 0};
  const auto library = application.find_library(*url);
  const auto waiting =
      library ? waiting_in(*(*library)->session) : Result<std::int64_t>(std::unexpected(library.error()));
  left.waiting = waiting.value_or(0);
  if ((!waiting || left.waiting > 0) && !options.even_with_waiting) {
    return fail(ErrorCode::InvalidArgument,
                waiting ? unfinished_words(*url, left.waiting)
                        : tr_format("{} can't be opened, so that nobody knows what waits to be sent there. "
                                    "`meanwhile sync` sends it; with --even-with-waiting it is kept, and "
                                    "sent if you join again",
                                    *url));
  }
  const auto known = find_known_library(known_libraries_file(application.home()), *url);
  const auto closed = application.remove_library(*url);
  if (!closed) return std::unexpected(closed.error());
  left.closed = *closed;
  SealedLibrary* sealed = left.closed ? left.closed->session->sealed() : nullptr;
  if (options.forget && sealed) MEANWHILE_TRY(sealed->forget_members());
  // What lies there then is for whoever joins again to see.
  MEANWHILE_TRY(forget_library(known_libraries_file(application.home()), *url));
  if (options.forget && known) MEANWHILE_TRY(forget_picture(application.home(), known->id));
  return left;
}

}  // namespace meanwhile
