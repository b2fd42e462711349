#include <fmt/format.h>

#include <cstddef>
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/typed_secret.h"
#include "app/cli/views.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_members.h"
#include "app/libraries/library_session.h"
#include "app/library_membership.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/outbox.h"
#include "upload/seal/member_documents.h"
#include "upload/seal/sealed_library.h"

namespace meanwhile {
namespace {

struct MemberOptions {
  std::string library;
  std::string person;
  bool no_more = false;
  std::string believed;
};

// which: URL, id or name; "": the first. News of it is fetched.
Result<LibrarySession*> find_sealed(Context& context, const std::string& which) {
  auto first = context.library();
  if (!first) return std::unexpected(first.error());
  auto chosen = context.opened->find_library(which.empty() ? (*first)->url() : which);
  if (!chosen) return std::unexpected(chosen.error());
  LibrarySession& session = *(*chosen)->session;
  if (!session.sealed())
    return fail(ErrorCode::InvalidArgument,
                tr_format("\"{}\" isn't sealed: whoever can write to {} belongs to it", session.name(),
                          session.description()));
  const auto synced = session.sync();
  if (!synced) return std::unexpected(synced.error());
  MEANWHILE_TRY(session.sealed()->look_again({}));
  return &session;
}

std::string name_of(const LibraryMember& member) {
  return member.name.empty() ? tr("(has said nothing yet)") : display_line(member.name);
}

// Among the members, by id, the beginning of one, or name.
Result<std::string> find_member(LibrarySession& library, const std::string& which) {
  const auto known = members_of(library);
  if (!known) return std::unexpected(known.error());
  constexpr std::size_t kShortest = 4;
  std::vector<std::string> found;
  for (const LibraryMember& member : known->members) {
    const bool is_named = member.name == which || member.said_name == which;
    if (is_named || (which.size() >= kShortest && member.person.starts_with(which)))
      found.push_back(member.person);
  }
  if (found.size() == 1) return found.front();
  return fail(
      found.empty() ? ErrorCode::NotFound : ErrorCode::InvalidArgument,
      found.empty()
          ? tr_format(
                "nobody of that name is a member in \"{}\": `meanwhile library members` shows their ids",
                library.name())
          : tr_format("several members have that name in \"{}\": `meanwhile library members` shows their ids",
                      library.name()));
}

Json json_of_members(LibrarySession& library, const LibraryMembers& known) {
  const auto name_or_null = [](const LibraryMember& member) {
    return member.name.empty() ? Json() : Json(member.name);
  };
  Json members = Json::array();
  for (const LibraryMember& member : known.members)
    members.push_back({{"person", member.person},
                       {"name", name_or_null(member)},
                       {"admin", member.is_admin},
                       {"me", member.is_me}});
  Json removed = Json::array();
  for (const LibraryMember& member : known.removed)
    removed.push_back({{"person", member.person}, {"name", name_or_null(member)}});
  Json invites = Json::array();
  for (const OpenInvitation& invite : known.invitations)
    invites.push_back({{"by", invite.by},
                       {"expires", format_rfc3339(invite.expires)},
                       {"left", invite.left},
                       {"admin", invite.is_for_an_admin}});
  Json rivals = Json::array();
  for (const RivalChange& rival : known.rivals)
    rivals.push_back({{"by", rival.by.person}, {"at", format_rfc3339(rival.at)}});
  return {{"library", json_of_place(library)}, {"members", std::move(members)},
          {"removed", std::move(removed)},     {"invitations", std::move(invites)},
          {"passed_over", std::move(rivals)},  {"used_too_often", known.overused}};
}

std::string text_of_members(const LibraryMembers& known) {
  std::string text;
  for (const LibraryMember& member : known.members)
    text += fmt::format("{}  {}{}{}\n", member.person, name_of(member), member.is_admin ? tr(", admin") : "",
                        member.is_me ? tr(", you") : "");
  for (const LibraryMember& member : known.removed)
    text += fmt::format("{}  {}\n", member.person, tr_format("{}, removed", name_of(member)));
  if (const auto open = known.invitations.size(); open > 0)
    text +=
        tr_count(open, "One invitation can still be used.", "{} invitations can still be used.", open) + "\n";
  for (const RivalChange& rival : known.rivals)
    text +=
        tr_format(
            // TRANSLATORS: {0} is a person's name, {1} when they did so.
            "{} was removed, and has changed the members too ({}): for you that doesn't count. Whoever saw "
            "that first is on their side, and changes to yours by `meanwhile library leave --forget` and a "
            "new invitation.",
            name_of(rival.by), format_rfc3339(rival.at)) +
        "\n";
  if (known.overused > 0)
    text +=
        std::string(tr("An invitation was used more often than it may be: whoever came later isn't let in. "
                       "Somebody else may have read it.")) +
        "\n";
  return text;
}

Result<void> print_members(Context& context, LibrarySession& library) {
  const auto known = members_of(library);
  if (!known) return std::unexpected(known.error());
  context.print(json_of_members(library, *known), text_of_members(*known));
  return {};
}

Result<void> run_members(Context& context, const MemberOptions& options) {
  const auto library = find_sealed(context, options.library);
  if (!library) return std::unexpected(library.error());
  return print_members(context, **library);
}

Result<void> run_remove(Context& context, const MemberOptions& options) {
  const auto library = find_sealed(context, options.library);
  if (!library) return std::unexpected(library.error());
  const auto person = find_member(**library, options.person);
  if (!person) return std::unexpected(person.error());
  MEANWHILE_TRY(remove_member(**library, *person, {}));
  say_line(tr(
      "what is written from now on is sealed with a new key, and open invitations have ended. What they have "
      "read already, or could have, nobody can take back; and if they have a login for the storage, take "
      "that away too"));
  return print_members(context, **library);
}

Result<void> run_admin(Context& context, const MemberOptions& options) {
  const auto library = find_sealed(context, options.library);
  if (!library) return std::unexpected(library.error());
  const auto person = find_member(**library, options.person);
  if (!person) return std::unexpected(person.error());
  const MemberRole role = options.no_more ? MemberRole::Member : MemberRole::Admin;
  MEANWHILE_TRY(set_role(**library, *person, role, {}));
  return print_members(context, **library);
}

Result<void> run_recover(Context& context, const MemberOptions& options) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto key = ask_line(tr("Recovery key"), Echo::On);
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
  return print_members(context, **library);
}

}  // namespace

void add_members_commands(CLI::App& command, Context& context) {
  auto options = make_options<MemberOptions>();
  const char* which = tr("The library's URL, id or name; otherwise the first");
  const char* whose = tr("Their name, or the beginning of their id");
  auto* members = command.add_subcommand("members", tr("Who belongs to a sealed library"));
  members->add_option("library", options->library, which);
  run_on_parse(members, context, [options](Context& used) { return run_members(used, *options); });

  auto* remove = command.add_subcommand(
      "remove",
      tr("Takes somebody out of a sealed library: they read nothing of what is written from now on"));
  remove->add_option("person", options->person, whose)->required();
  remove->add_option("--from", options->library, which);
  run_on_parse(remove, context, [options](Context& used) { return run_remove(used, *options); });

  auto* admin =
      command.add_subcommand("admin", tr("Lets a member of a sealed library invite and remove others"));
  admin->add_option("person", options->person, whose)->required();
  admin->add_option("--of", options->library, which);
  admin->add_flag("--no-more", options->no_more, tr("From now on they are a member as others are"));
  run_on_parse(admin, context, [options](Context& used) { return run_admin(used, *options); });

  auto* recover = command.add_subcommand(
      "recover", tr("Comes into a sealed library by its recovery key, which is asked for on standard input"));
  recover->add_option("url", options->library, tr("The library's URL"))->required();
  recover->add_option(
      "--believe", options->believed,
      tr("Where two admins have removed each other: the one whose word counts, by the beginning "
         "of their id"));
  run_on_parse(recover, context, [options](Context& used) { return run_recover(used, *options); });
}

}  // namespace meanwhile
