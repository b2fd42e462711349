// Making, joining and leaving libraries, and inviting others to them.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "app/application.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/home.h"
#include "app/library/invitation.h"
#include "app/library/library_kind.h"
#include "media/base/result.h"
#include "upload/probe.h"
#include "upload/seal/sealed_library.h"
#include "upload/storage.h"

namespace meanwhile {

struct NewLibrary {
  std::string url;
  std::string name;
  LibraryKind kind = LibraryKind::Open;
};

struct MadeLibrary {
  ProbeReport probed;  // what its place can do
  // Of a sealed one: to be printed, and kept by nobody else. It is shown this once.
  std::string recovery_key = {};
};

struct Created {
  LibrarySession* library = nullptr;
  MadeLibrary made;
};

// Makes a new library. Any thread; blocks. Errors: AlreadyExists (there is one), InvalidArgument (the name),
// Unavailable (the place would lose what it is given), those of open_storage.
Result<MadeLibrary> make_library(const Home& home, const std::string& person_name, const NewLibrary& library,
                                 std::stop_token stop = {});

// The same, and adds it to the person's. Errors: also those of Application::open_reachable and add_library.
Result<Created> create_library(Application& application, const NewLibrary& library,
                               std::stop_token stop = {});

enum class WithSecret { No, Yes };

// To the library at that URL. sealed: this home's part in it; nullptr: it is an open one. terms count for a
// sealed one only. Any thread; asks the place, and blocks where secrets are kept. Errors: NotFound (no secret
// is kept for it), PermissionDenied (only admins invite to a sealed one), those of the storage.
Result<std::string> invite(const Home& home, const std::string& url, Storage& place, SealedLibrary* sealed,
                           WithSecret with_secret, const InviteTerms& terms = {}, std::stop_token stop = {});

// The storage at the invitation's URL holds that very library; its key or password is kept if the person has
// none for it yet (true). Whoever is invited to a sealed one is a member after this. Any thread; blocks.
// Errors: as join_library's, but for add_library's.
Result<bool> check_invitation(const Home& home, const std::string& person_name, const Invitation& invitation,
                              std::stop_token stop = {});

// Into a sealed library by its recovery key, as an admin: who has lost their home. believed: as
// SealedLibrary::recover() takes it. Any thread; blocks.
// Errors: InvalidArgument (the text, or an open library), PermissionDenied (another library's key), those of
// open_storage.
Result<void> recover_library(const Home& home, const std::string& person_name, const std::string& url,
                             const std::string& recovery_key, std::stop_token stop = {},
                             const std::string& believed = "");

struct Joined {
  LibrarySession* library = nullptr;
  bool kept_secret = false;  // the invitation's, for there was none
  bool was_here = false;     // it was one of the person's already
};

// Adds the library, once the storage at its URL was seen to hold that very library. A key or password that
// the person has already is neither replaced nor sent elsewhere. Blocks. Errors: PermissionDenied (another
// library, or another founder's; an invitation that is used up), NotFound (no library there), those of
// open_storage, keep_secret, Application::open_reachable and add_library.
Result<Joined> join_library(Application& application, const Invitation& invitation,
                            std::stop_token stop = {});

struct LeaveOptions {
  bool even_with_waiting = false;  // what wasn't sent yet waits until the library is joined again
  bool forget = false;  // the local picture of it goes too: index, drafts, cache; and who belongs to it
};

struct Left {
  std::string url;
  std::int64_t waiting = 0;       // things that weren't sent
  OpenLibrary* closed = nullptr;  // its outbox is the caller's to stop; nullptr: it wasn't open
};

// which: URL, id or name. The journal stays on the disk, with what waits in it: it is what keeps this device
// from ever signing two different batches under one number. Takes are not touched. Errors: NotFound,
// InvalidArgument (something waits; the person's own library, which is all there is), Io.
Result<Left> leave_library(Application& application, const std::string& which, const LeaveOptions& options);

}  // namespace meanwhile
