// Who belongs to a sealed library, by name, and how an admin changes that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "app/libraries/library_session.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/seal/member_documents.h"

namespace meanwhile {

struct LibraryMember {
  std::string person;  // id
  std::string name;    // as everybody is shown it; "": they have said nothing yet
  std::string said_name;
  bool is_admin = false;
  bool is_me = false;
};

struct OpenInvitation {
  std::string by;  // a person's id
  WallTime expires{};
  std::int64_t left = 0;  // how many can still join by it
  bool is_for_an_admin = false;
};

// Of an admin who was removed, and whom others may believe.
struct RivalChange {
  LibraryMember by;
  WallTime at{};
};

struct LibraryMembers {
  std::vector<LibraryMember> members;  // by id
  std::vector<LibraryMember> removed;
  std::vector<OpenInvitation> invitations;
  std::vector<RivalChange> rivals;
  std::size_t overused = 0;  // invitations that more people used than may
};

// All calls: of a session whose sealed() is there; any thread.

// As this home knows them. Errors: Io.
Result<LibraryMembers> members_of(LibrarySession& library);

// From now on they read nothing that is new, and open invitations have ended. Asks the place. Errors: as
// SealedLibrary::change().
Result<void> remove_member(LibrarySession& library, const std::string& person, std::stop_token stop);

// Likewise.
Result<void> set_role(LibrarySession& library, const std::string& person, MemberRole role,
                      std::stop_token stop);

}  // namespace meanwhile
