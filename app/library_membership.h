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
#include "media/base/result.h"
#include "upload/probe.h"
#include "upload/storage.h"

namespace meanwhile {

struct Created {
  LibrarySession* library = nullptr;
  ProbeReport probed;  // what its place can do
};

// Makes a new library at url. Any thread; blocks. Errors: AlreadyExists (there is one), InvalidArgument (the
// name), Unavailable (the place would lose what it is given), those of open_storage.
Result<ProbeReport> make_library(const Home& home, const std::string& person_name, const std::string& url,
                                 const std::string& name, std::stop_token stop = {});

// The same, and adds it to the person's. Errors: also those of Application::open_reachable and add_library.
Result<Created> create_library(Application& application, const std::string& url, const std::string& name,
                               std::stop_token stop = {});

enum class WithSecret { No, Yes };

// To the library at that URL. Any thread; asks the place only if an older version met it, and blocks where
// secrets are kept. Errors: NotFound (no secret is kept for it), those of the storage.
Result<std::string> invite(const Home& home, const std::string& url, Storage& place, WithSecret with_secret);

// The storage at the invitation's URL holds that very library; its key or password is kept if the person has
// none for it yet (true). Any thread; blocks. Errors: as join_library's, but for add_library's.
Result<bool> check_invitation(const Home& home, const Invitation& invitation, std::stop_token stop = {});

struct Joined {
  LibrarySession* library = nullptr;
  bool kept_secret = false;  // the invitation's, for there was none
  bool was_here = false;     // it was one of the person's already
};

// Adds the library, once the storage at its URL was seen to hold that very library. A key or password that
// the person has already is neither replaced nor sent elsewhere. Blocks. Errors: PermissionDenied (another
// library, or another founder's), NotFound (no library there), those of open_storage, keep_secret,
// Application::open_reachable and add_library.
Result<Joined> join_library(Application& application, const Invitation& invitation,
                            std::stop_token stop = {});

struct LeaveOptions {
  bool even_with_waiting = false;  // what wasn't sent yet waits until the library is joined again
  bool forget = false;             // the local picture of it goes too: index, drafts, cache
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
