#include "app/window/member_desk.h"

#include <algorithm>
#include <expected>
#include <stop_token>
#include <string>
#include <utility>

#include "app/libraries/library_members.h"
#include "app/libraries/library_session.h"
#include "app/ui/state.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/seal/member_documents.h"
#include "upload/seal/sealed_library.h"

namespace meanwhile {
namespace {

LibraryView* find_view(UiState& state, const std::string& url) {
  auto& libraries = state.settings.libraries;
  const auto found = std::ranges::find(libraries, url, &LibraryView::url);
  return found == libraries.end() ? nullptr : &*found;
}

}  // namespace

void MemberDesk::ask(const std::string& url) {
  LibraryView* view = find_view(desk_.state, url);
  if (view && !view->members.empty()) return view->members.clear();
  at_library(
      url, [](LibrarySession&, const std::stop_token&) { return Result<void>(); },
      tr("Who belongs to it could not be found out"), "");
}

void MemberDesk::remove(const std::string& url, const std::string& person) {
  at_library(
      url,
      [person](LibrarySession& session, std::stop_token stop) {
        return remove_member(session, person, std::move(stop));
      },
      tr("Nobody was removed"),
      tr("They read nothing of what is written from now on. Invitations that were open have ended."));
}

void MemberDesk::set_admin(const std::string& url, const std::string& person, bool is_admin) {
  at_library(
      url,
      [person, role = is_admin ? MemberRole::Admin : MemberRole::Member](LibrarySession& session,
                                                                         std::stop_token stop) {
        return set_role(session, person, role, std::move(stop));
      },
      tr("Nothing was changed"),
      is_admin ? tr("They may invite and remove others from now on.")
               : tr("They are a member as others are."));
}

void MemberDesk::at_library(const std::string& url, Change change, const std::string& failure,
                            const std::string& done) {
  const auto library = desk_.application.find_library(url);
  if (!library || !(*library)->session->sealed()) return;
  LibrarySession& session = *(*library)->session;
  desk_.at_place(
      {"members", (*library)->clips.get()}, alive_,
      [&session, change = std::move(change)](const std::stop_token& stop) -> Result<LibraryMembers> {
        MEANWHILE_TRY(session.sealed()->look_again(stop));
        MEANWHILE_TRY(change(session, stop));
        return members_of(session);
      },
      [this, url, failure, done](const Result<LibraryMembers>& members) {
        if (!members) return desk_.notices.show(NoticeKind::Failure, failure, members.error().message);
        show(url, *members);
        if (!done.empty()) desk_.notices.show(NoticeKind::Success, tr("The members have changed"), done);
      });
}

void MemberDesk::show(const std::string& url, const LibraryMembers& members) {
  LibraryView* view = find_view(desk_.state, url);
  if (!view) return;
  view->members.clear();
  view->am_admin = std::ranges::any_of(
      members.members, [](const LibraryMember& member) { return member.is_me && member.is_admin; });
  const auto add = [&](const LibraryMember& member, bool is_removed) {
    view->members.push_back(
        {.person = member.person,
         .name = member.name.empty() ? tr("Somebody who has said nothing yet") : display_line(member.name),
         .is_admin = member.is_admin,
         .is_me = member.is_me,
         .is_removed = is_removed});
  };
  for (const LibraryMember& member : members.members) add(member, false);
  for (const LibraryMember& member : members.removed) add(member, true);
  view->overused = members.overused > 0;
}

}  // namespace meanwhile
