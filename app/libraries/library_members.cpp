#include "app/libraries/library_members.h"

#include <expected>
#include <map>
#include <stop_token>
#include <string>
#include <utility>

#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "media/base/result.h"
#include "upload/seal/member_documents.h"
#include "upload/seal/membership.h"
#include "upload/seal/sealed_library.h"

namespace meanwhile {

Result<LibraryMembers> members_of(LibrarySession& library) {
  auto people = library.index().people();
  if (!people) return std::unexpected(people.error());
  std::map<std::string, Person> known;
  for (Person& person : *people) known[person.id] = std::move(person);
  const std::string me = library.identity().person();
  const Membership membership = library.sealed()->membership();
  const auto member_of = [&](const std::string& id) {
    LibraryMember member{.person = id, .is_admin = membership.is_admin(id), .is_me = id == me};
    const auto person = known.find(id);
    if (person == known.end()) return member;
    member.name = person->second.name;
    member.said_name = person->second.said_name;
    return member;
  };
  LibraryMembers found;
  for (const auto& [id, member] : membership.members()) found.members.push_back(member_of(id));
  for (const auto& [id, batches] : membership.removed()) found.removed.push_back(member_of(id));
  for (const auto& [id, invite] : membership.invites()) {
    const auto left = invite.uses - membership.uses_of(id);
    if (left > 0)
      found.invitations.push_back({.by = invite.by.id(),
                                   .expires = invite.expires,
                                   .left = left,
                                   .is_for_an_admin = invite.role == MemberRole::Admin});
  }
  for (const EpochDocument& rival : membership.rivals())
    found.rivals.push_back({.by = member_of(rival.by.id()), .at = rival.at});
  found.overused = membership.overused().size();
  return found;
}

Result<void> remove_member(LibrarySession& library, const std::string& person, std::stop_token stop) {
  const auto heads = library.heads_of(person, stop);
  if (!heads) return std::unexpected(heads.error());
  return library.sealed()->change({.remove = {{person, *heads}}, .roles = {}}, std::move(stop));
}

Result<void> set_role(LibrarySession& library, const std::string& person, MemberRole role,
                      std::stop_token stop) {
  return library.sealed()->change({.remove = {}, .roles = {{person, role}}}, std::move(stop));
}

}  // namespace meanwhile
