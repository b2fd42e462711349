#include <fmt/format.h>

#include <algorithm>
#include <expected>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/typed_secret.h"
#include "app/cli/views.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "app/library_membership.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/outbox.h"
#include "upload/seal/member_documents.h"
#include "upload/seal/membership.h"
#include "upload/seal/sealed_library.h"

namespace meanwhile {
namespace {

struct MemberOptions {
  std::string library;
  std::string person;
  bool no_more = false;
  std::string believed;
};

struct SealedSession {
  LibrarySession* session = nullptr;
  SealedLibrary* sealed = nullptr;
};

// which: URL, id or name; "": the first. News of it is fetched.
Result<SealedSession> find_sealed(Context& context, const std::string& which) {
  auto first = context.library();
  if (!first) return std::unexpected(first.error());
  auto chosen = context.opened->find_library(which.empty() ? (*first)->url() : which);
  if (!chosen) return std::unexpected(chosen.error());
  LibrarySession& session = *(*chosen)->session;
  if (!session.sealed())
    return fail(ErrorCode::InvalidArgument,
                fmt::format("\"{}\" isn't sealed: whoever can write to {} belongs to it", session.name(),
                            session.description()));
  const auto synced = session.sync();
  if (!synced) return std::unexpected(synced.error());
  MEANWHILE_TRY(session.sealed()->look_again({}));
  return SealedSession{.session = &session, .sealed = session.sealed()};
}

// By id; who has said nothing yet has no name here.
Result<std::map<std::string, Person>> known_people(LibrarySession& session) {
  auto people = session.index().people();
  if (!people) return std::unexpected(people.error());
  std::map<std::string, Person> by_id;
  for (Person& person : *people) by_id[person.id] = std::move(person);
  return by_id;
}

std::string name_in(const std::map<std::string, Person>& people, const std::string& id) {
  const auto person = people.find(id);
  return person == people.end() ? "(has said nothing yet)" : person->second.name;
}

// Among the members, by id, the beginning of one, or name.
Result<std::string> find_member(const SealedSession& library, const std::string& which) {
  const auto people = known_people(*library.session);
  if (!people) return std::unexpected(people.error());
  constexpr std::size_t kShortest = 4;
  const Membership membership = library.sealed->membership();
  std::vector<std::string> found;
  for (const auto& [id, member] : membership.members()) {
    const auto person = people->find(id);
    const bool is_named =
        person != people->end() && (person->second.name == which || person->second.said_name == which);
    if (is_named || (which.size() >= kShortest && id.starts_with(which))) found.push_back(id);
  }
  if (found.size() == 1) return found.front();
  return fail(
      found.empty() ? ErrorCode::NotFound : ErrorCode::InvalidArgument,
      fmt::format("{} in \"{}\": `meanwhile library members` shows their ids",
                  found.empty() ? "nobody of that name is a member" : "several members have that name",
                  library.session->name()));
}

Json json_of_members(const SealedSession& library, const std::map<std::string, Person>& people) {
  const Membership membership = library.sealed->membership();
  Json members = Json::array();
  for (const auto& [id, member] : membership.members())
    members.push_back({{"person", id},
                       {"name", people.contains(id) ? Json(people.at(id).name) : Json()},
                       {"admin", member.role == MemberRole::Admin},
                       {"me", id == library.session->identity().person()}});
  Json removed = Json::array();
  for (const auto& [id, batches] : membership.removed())
    removed.push_back({{"person", id}, {"name", people.contains(id) ? Json(people.at(id).name) : Json()}});
  Json invites = Json::array();
  for (const auto& [id, invite] : membership.invites())
    if (membership.uses_of(id) < invite.uses)
      invites.push_back({{"by", invite.by.id()},
                         {"expires", format_rfc3339(invite.expires)},
                         {"left", invite.uses - membership.uses_of(id)},
                         {"admin", invite.role == MemberRole::Admin}});
  Json rivals = Json::array();
  for (const EpochDocument& rival : membership.rivals())
    rivals.push_back({{"by", rival.by.id()}, {"at", format_rfc3339(rival.at)}});
  return {{"library", json_of_place(*library.session)},
          {"members", std::move(members)},
          {"removed", std::move(removed)},
          {"invitations", std::move(invites)},
          {"passed_over", std::move(rivals)},
          {"used_too_often", membership.overused().size()}};
}

std::string text_of_members(const Json& document, const std::map<std::string, Person>& people) {
  std::string text;
  for (const Json& member : document["members"])
    text +=
        fmt::format("{}  {}{}{}\n", member["person"].get<std::string>(),
                    name_in(people, member["person"].get<std::string>()),
                    member["admin"].get<bool>() ? ", admin" : "", member["me"].get<bool>() ? ", you" : "");
  for (const Json& member : document["removed"])
    text += fmt::format("{}  {}, removed\n", member["person"].get<std::string>(),
                        name_in(people, member["person"].get<std::string>()));
  if (const auto open = document["invitations"].size(); open > 0)
    text += fmt::format("{} can still be used.\n",
                        open == 1 ? "One invitation" : fmt::format("{} invitations", open));
  for (const Json& rival : document["passed_over"])
    text += fmt::format(
        "{} was removed, and has changed the members too ({}): for you that doesn't count. Whoever saw that "
        "first is on their side, and changes to yours by `meanwhile library leave --forget` and a new "
        "invitation.\n",
        name_in(people, rival["by"].get<std::string>()), rival["at"].get<std::string>());
  if (document["used_too_often"].get<int>() > 0)
    text +=
        "An invitation was used more often than it may be: whoever came later isn't let in. Somebody else "
        "may "
        "have read it.\n";
  return text;
}

Result<void> print_members(Context& context, const SealedSession& library) {
  const auto people = known_people(*library.session);
  if (!people) return std::unexpected(people.error());
  const Json document = json_of_members(library, *people);
  context.print(document, text_of_members(document, *people));
  return {};
}

Result<void> run_members(Context& context, const MemberOptions& options) {
  const auto library = find_sealed(context, options.library);
  if (!library) return std::unexpected(library.error());
  return print_members(context, *library);
}

Result<void> run_remove(Context& context, const MemberOptions& options) {
  const auto library = find_sealed(context, options.library);
  if (!library) return std::unexpected(library.error());
  const auto person = find_member(*library, options.person);
  if (!person) return std::unexpected(person.error());
  const auto heads = library->session->heads_of(*person, {});
  if (!heads) return std::unexpected(heads.error());
  MEANWHILE_TRY(library->sealed->change({.remove = {{*person, *heads}}, .roles = {}}, {}));
  say_line(
      "what is written from now on is sealed with a new key, and open invitations have ended. What they have "
      "read already, or could have, nobody can take back; and if they have a login for the storage, take "
      "that "
      "away too");
  return print_members(context, *library);
}

Result<void> run_admin(Context& context, const MemberOptions& options) {
  const auto library = find_sealed(context, options.library);
  if (!library) return std::unexpected(library.error());
  const auto person = find_member(*library, options.person);
  if (!person) return std::unexpected(person.error());
  const MemberRole role = options.no_more ? MemberRole::Member : MemberRole::Admin;
  MEANWHILE_TRY(library->sealed->change({.remove = {}, .roles = {{*person, role}}}, {}));
  return print_members(context, *library);
}

Result<void> run_recover(Context& context, const MemberOptions& options) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto key = ask_line("Recovery key", Echo::On);
  if (!key) return std::unexpected(key.error());
  const EndAtSignal end(context.last_call);
  MEANWHILE_TRY(recover_library((*application)->home(), (*application)->person_name(), options.library, *key,
                                end.token(), options.believed));
  MEANWHILE_TRY((*application)->open_reachable(options.library, end.token()));
  const auto added = (*application)->add_library(options.library);
  if (!added) return std::unexpected(added.error());
  // The others are to see who that is, though nothing was said yet.
  OutboxStatus waiting;
  const auto sent = send_waiting(**added, end.token(), waiting);
  if (!sent) return std::unexpected(sent.error());
  const auto library = find_sealed(context, options.library);
  if (!library) return std::unexpected(library.error());
  return print_members(context, *library);
}

}  // namespace

void add_members_commands(CLI::App& command, Context& context) {
  auto options = make_options<MemberOptions>();
  const char* which = "The library's URL, id or name; otherwise the first";
  const char* whose = "Their name, or the beginning of their id";
  auto* members = command.add_subcommand("members", "Who belongs to a sealed library");
  members->add_option("library", options->library, which);
  run_on_parse(members, context, [options](Context& used) { return run_members(used, *options); });

  auto* remove = command.add_subcommand(
      "remove", "Takes somebody out of a sealed library: they read nothing of what is written from now on");
  remove->add_option("person", options->person, whose)->required();
  remove->add_option("--from", options->library, which);
  run_on_parse(remove, context, [options](Context& used) { return run_remove(used, *options); });

  auto* admin = command.add_subcommand("admin", "Lets a member of a sealed library invite and remove others");
  admin->add_option("person", options->person, whose)->required();
  admin->add_option("--of", options->library, which);
  admin->add_flag("--no-more", options->no_more, "From now on they are a member as others are");
  run_on_parse(admin, context, [options](Context& used) { return run_admin(used, *options); });

  auto* recover = command.add_subcommand(
      "recover", "Comes into a sealed library by its recovery key, which is asked for on standard input");
  recover->add_option("url", options->library, "The library's URL")->required();
  recover->add_option("--believe", options->believed,
                      "Where two admins have removed each other: the one whose word counts, by the beginning "
                      "of their id");
  run_on_parse(recover, context, [options](Context& used) { return run_recover(used, *options); });
}

}  // namespace meanwhile
