#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/typed_secret.h"
#include "app/cli/views.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/secrets.h"
#include "app/libraries/storage_use.h"
#include "app/library/format.h"
#include "app/library/home.h"
#include "app/library/invitation.h"
#include "app/library/library_kind.h"
#include "app/library_membership.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/outbox.h"
#include "upload/probe.h"
#include "upload/seal/member_documents.h"
#include "upload/seal/sealed_library.h"
#include "upload/secret.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

// What the storage can do, in plain words: tried once, when a library is chosen.
void add_probe(const ProbeReport& report, Json& document, std::string& text) {
  const std::string words = describe_steps(report.done);
  document["probe"] = {{"storage", words},
                       {"may_store", report.may_store},
                       {"troubles", report.troubles},
                       {"losses", report.losses}};
  if (report.clock_ahead) document["probe"]["clock_ahead_s"] = report.clock_ahead->count();
  // TRANSLATORS: {} is what it was seen to do: "stores, shows at once, lists".
  text += tr_format("The storage {}.", words) + "\n";
  // TRANSLATORS: {} is a sentence of its own, behind "The storage stores ...".
  for (const std::string& trouble : report.troubles) text += tr_format("But {}.", trouble) + "\n";
}

struct LibraryStatus {
  Json document;
  std::string text;
};

std::string clips_words(std::int64_t clips) {
  return tr_count(std::uint64_t(clips), "{} clip", "{} clips", clips);
}

std::string people_words(std::size_t people) {
  return tr_count(people, "1 person", "{} people", people);
}

std::string size_words(std::int64_t clips, std::size_t people, bool is_sealed) {
  return is_sealed ? tr_format("{}, {}, sealed", clips_words(clips), people_words(people))
                   : fmt::format("{}, {}", clips_words(clips), people_words(people));
}

std::string waiting_words(const OutboxStatus& status) {
  if (status.waiting_bytes > 0)
    return tr_format("{} still to be sent: `meanwhile sync` sends what waits.",
                     format_size(status.waiting_bytes));
  return tr_count(std::uint64_t(status.waiting_events),
                  "One word of yours still to be sent: `meanwhile sync` sends what waits.",
                  "Words of yours still to be sent: `meanwhile sync` sends what waits.");
}

// Of all that are open, by id: whether their places answer.
std::map<std::string, Result<void>> reach_all(Context& context, const std::vector<OpenLibrary*>& libraries) {
  const auto reached =
      context.ask<void>(libraries, [](const OpenLibrary& library, std::stop_token stop) -> Result<void> {
        MEANWHILE_TRY(library.session->reach(stop));
        const auto sealed = library.session->sealed();
        return sealed ? sealed->look_again(std::move(stop)) : Result<void>();
      });
  std::map<std::string, Result<void>> by_id;
  for (std::size_t i = 0; i < libraries.size(); ++i) by_id.emplace(libraries[i]->session->id(), reached[i]);
  return by_id;
}

void add_reached(Json& document, const Result<void>& reached) {
  document["reachable"] = reached.has_value();
  if (!reached) document["reason"] = reached.error().message;
}

// Of a sealed library that this person can't use as its members do.
std::optional<std::string> exclusion_from(LibrarySession& library) {
  return library.sealed() ? library.sealed()->exclusion() : std::nullopt;
}

Result<LibraryStatus> status_of(LibrarySession& library, const Result<void>& reached) {
  auto status = library.outbox().status();
  if (!status) return std::unexpected(status.error());
  auto counts = library.index().counts();
  if (!counts) return std::unexpected(counts.error());
  auto people = library.index().people();
  if (!people) return std::unexpected(people.error());
  LibraryStatus found{
      {{"id", library.id()},
       {"name", library.name()},
       {"url", library.url()},
       {"sealed", library.sealed() != nullptr},
       {"clips", counts->everything},
       {"people", people->size()},
       {"waiting_items", status->waiting_items},
       {"waiting_events", status->waiting_events},
       {"waiting_bytes", status->waiting_bytes}},
      fmt::format("{}\n{}\n", library.url(),
                  size_words(counts->everything, people->size(), library.sealed() != nullptr))};
  add_reached(found.document, reached);
  if (!reached) found.text += reached.error().message + "\n";
  if (const auto why = exclusion_from(library)) {
    found.document["excluded"] = *why;
    found.text += *why + "\n";
  }
  if (status->waiting_items > 0 || status->waiting_events > 0) found.text += waiting_words(*status) + "\n";
  return found;
}

// Whoever loses it loses the library with their last device.
void add_recovery_key(const MadeLibrary& made, Json& document, std::string& text) {
  if (made.recovery_key.empty()) return;
  document["recovery_key"] = made.recovery_key;
  text += fmt::format(
      "{}\n\n{}\n\n    {}\n\n{}\n", tr("It is sealed: only those whom you invite can read it."),
      tr("Its recovery key, shown this once:"), made.recovery_key,
      tr("Print it, and keep it where nobody else finds it. Without it, and without any member's device, "
         "nobody can ever open this library again."));
}

// Of a library that was just taken up: sends what was said at once (who we are), and says what the storage
// can do. made: it was made just now, and that is known already. Errors: also that what goes there would be
// lost; it is printed all the same.
Result<void> send_and_probe(Context& context, LibrarySession& library, const std::stop_token& stop,
                            std::optional<MadeLibrary> made = std::nullopt) {
  OutboxStatus waiting;
  auto sent = send_waiting(library, stop, waiting);
  if (!sent) return std::unexpected(sent.error());
  // Who joins sees what is there, not an empty library.
  if (const auto news = library.sync(stop); !news && news.error().is_control())
    return std::unexpected(news.error());
  auto status = status_of(library, {});
  if (!status) return std::unexpected(status.error());
  if (!made) {
    auto report = probe_storage(library.storage(), stop);
    if (!report) return std::unexpected(report.error());
    made = MadeLibrary{.probed = std::move(*report)};
  }
  add_probe(made->probed, status->document, status->text);
  add_recovery_key(*made, status->document, status->text);
  context.print(status->document, status->text);
  return check_loses_nothing(made->probed);
}

// A place without a library: whoever is at a terminal may make one. "": they don't wish to.
Result<std::string> ask_for_name(const Context& context, const std::string& url) {
  const std::string way_out =
      tr_format("there is no library at {0} yet: `meanwhile library create {0} --name NAME` makes one", url);
  if (context.json || !is_at_terminal()) return fail(ErrorCode::NotFound, way_out);
  say_line(tr_format("there is no library at {} yet. Create one?", url));
  const auto name = ask_line(tr("Its name (empty: no)"), Echo::On);
  if (name && !name->empty()) return name;
  return fail(ErrorCode::NotFound, way_out);
}

Result<void> run_library_use(Context& context, const std::string& url) {
  const EndAtSignal end(context.last_call);
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  auto opened = (*application)->open_reachable(url, end.token());
  if (!opened && opened.error().code == ErrorCode::NotFound) {
    const auto name = ask_for_name(context, url);
    if (!name) return std::unexpected(name.error());
    auto created = create_library(**application, {.url = url, .name = *name}, end.token());
    if (!created) return std::unexpected(created.error());
  } else if (!opened) {
    return std::unexpected(opened.error());
  }
  auto library = (*application)->use_library(url);
  if (!library) return std::unexpected(library.error());
  return send_and_probe(context, **library, end.token());
}

// Asked for on standard input: arguments are seen by everybody on the machine, and stay in a shell's history.
Result<Secret> ask_secret(const std::string& place) {
  const bool is_s3 = place.starts_with("s3:");
  const std::string named = user_of(place);
  const auto user = named.empty() ? ask_line(is_s3 ? tr("Access key") : tr("User name"), Echo::On) : named;
  const auto password = user ? ask_line(is_s3 ? tr("Secret key") : tr("Password"), Echo::Off) : user;
  if (!user || !password || user->empty() || password->empty()) {
    return fail(ErrorCode::InvalidArgument,
                is_s3 ? tr("an access key on one line and its secret key on the next are needed (and a "
                           "session token on a third, if there is one)")
                      : (named.empty() ? tr("a user name on one line and the password on the next are needed")
                                       : tr("the password is needed, on a line of standard input")));
  }
  Secret secret{.user = *user, .password = *password};
  if (is_s3) secret.session_token = ask_line(tr("Session token (mostly none)"), Echo::Off).value_or("");
  return secret;
}

Result<void> run_library_secret(Context& context, const std::string& url) {
  const std::string place = secret_place(url);
  if (place.empty())
    return fail(ErrorCode::InvalidArgument,
                tr("only libraries on servers (s3://…, webdavs://…) need a secret"));
  // Says what is wrong with the URL, before anybody types a secret.
  MEANWHILE_TRY(open_storage(url, {.missing = MissingFolder::Refuse}));
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto secret = ask_secret(place);
  if (!secret) return std::unexpected(secret.error());
  const Home& home = (*application)->home();
  const auto kept = keep_secret(home, place, *secret);
  if (!kept) return std::unexpected(kept.error());
  const bool in_keyring = *kept == KeptWhere::Keyring;
  context.print({{"library", place}, {"kept", in_keyring ? "keyring" : "file"}},
                (in_keyring ? tr_format("Kept for {} in the keyring.", place)
                            : tr_format("Kept for {} in {}.", place, secrets_file(home).string())) +
                    "\n");
  return {};
}

// The one that is published to, and all of them in "libraries".
Result<void> run_library_status(Context& context) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  const auto reached = reach_all(context, *libraries);
  Json document = Json::object();
  Json all = Json::array();
  std::string text;
  for (const std::string& url : context.opened->library_urls()) {
    if (const Error* why = context.opened->library_failure(url)) {
      all.push_back({{"url", url}, {"reachable", false}, {"reason", why->message}});
      text += url + "\n" + why->message + "\n";
      continue;
    }
    const auto library = context.opened->find_library(url);
    if (!library) return std::unexpected(library.error());
    auto status = status_of(*(*library)->session, reached.at((*library)->session->id()));
    if (!status) return std::unexpected(status.error());
    if (all.empty()) document = status->document;
    all.push_back(std::move(status->document));
    text += status->text;
  }
  document["libraries"] = std::move(all);
  context.print(document, text);
  return {};
}

// One of them, whether it can be opened or not.
Result<Json> list_entry(Application& application, const std::string& url,
                        const std::map<std::string, Result<void>>& reached) {
  if (const Error* why = application.library_failure(url))
    return Json{{"url", url}, {"open", false}, {"reason", why->message}};
  const auto library = application.find_library(url);
  if (!library) return std::unexpected(library.error());
  LibrarySession& session = *(*library)->session;
  const auto status = session.outbox().status();
  if (!status) return std::unexpected(status.error());
  const auto counts = session.index().counts();
  if (!counts) return std::unexpected(counts.error());
  Json entry = json_of_place(session);
  entry["open"] = true;
  entry["clips"] = counts->everything;
  entry["waiting"] = status->waiting_items + status->waiting_events;
  add_reached(entry, reached.at(session.id()));
  if (const auto why = exclusion_from(session)) entry["excluded"] = *why;
  return entry;
}

std::string text_of_entry(const Json& entry, bool is_first) {
  std::string text = fmt::format("{} {}", is_first ? "*" : " ", entry["url"].get<std::string>());
  if (entry["open"].get<bool>()) {
    text += fmt::format("  {}, {}", entry["name"].get<std::string>(),
                        clips_words(entry["clips"].get<std::int64_t>()));
    if (const int waiting = entry["waiting"].get<int>())
      text += ", " + tr_count(std::uint64_t(waiting), "{} to be sent", "{} to be sent", waiting);
  }
  for (const char* why : {"reason", "excluded"})
    if (entry.contains(why)) text += "\n    " + entry[why].get<std::string>();
  return text + "\n";
}

Result<void> run_library_list(Context& context) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  const auto reached = reach_all(context, *libraries);
  Json array = Json::array();
  std::string text;
  for (const std::string& url : context.opened->library_urls()) {
    auto entry = list_entry(*context.opened, url, reached);
    if (!entry) return std::unexpected(entry.error());
    text += text_of_entry(*entry, array.empty());
    array.push_back(std::move(*entry));
  }
  context.print({{"libraries", array}}, text);
  return {};
}

Json json_of(const StoredAmount& amount) {
  return {{"clips", amount.clips}, {"objects", amount.objects}, {"bytes", amount.bytes}};
}

Json json_of(const std::map<std::string, StoredAmount>& amounts, const char* key) {
  Json array = Json::array();
  for (const auto& [name, amount] : amounts) {
    array.push_back(json_of(amount));
    array.back()[key] = name;
  }
  return array;
}

std::string line_of(const std::string& name, const StoredAmount& amount) {
  return fmt::format("  {:<32} {:>10}  {}, {}\n", name, format_size(amount.bytes), clips_words(amount.clips),
                     tr_count(std::uint64_t(amount.objects), "{} object", "{} objects", amount.objects));
}

std::string text_of(const StorageUse& use) {
  std::string text = line_of(tr("in all"), use.all);
  for (const auto& [channel, amount] : use.channels)
    text += line_of(channel.empty() ? tr("in no channel") : "# " + channel, amount);
  for (const auto& [month, amount] : use.months) text += line_of(month, amount);
  for (const auto& [person, amount] : use.people) text += line_of(person, amount);
  text += line_of(tr("deleted, not yet removed"), use.deleted);
  text += line_of(tr("of no published clip"), use.unknown);
  return text + line_of(tr("words, keys"), use.words);
}

Result<void> run_library_usage(Context& context) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  Json array = Json::array();
  std::string text;
  for (OpenLibrary* library : *libraries) {
    LibrarySession& session = *library->session;
    const auto use = measure_storage(session.storage(), session.index(), {});
    if (!use) return fail(tr_format("listing {}", session.description()), use.error());
    array.push_back({{"library", json_of_place(session)},
                     {"all", json_of(use->all)},
                     {"channels", json_of(use->channels, "channel")},
                     {"months", json_of(use->months, "month")},
                     {"people", json_of(use->people, "person")},
                     {"deleted", json_of(use->deleted)},
                     {"unknown", json_of(use->unknown)},
                     {"words", json_of(use->words)}});
    text += heading_of(session) + text_of(*use);
  }
  context.print({{"libraries", array}}, text);
  return {};
}

struct LibraryOptions {
  std::string library;
  std::string name;
  bool with_secret = false;
  bool even_with_waiting = false;
  bool forget = false;
  bool is_sealed = false;
  InviteTerms terms = {};
  int valid_days = 14;
  bool as_admin = false;
};

Result<void> take_up(Context& context, LibrarySession& library, const std::stop_token& stop,
                     std::optional<MadeLibrary> made = std::nullopt) {
  const auto urls = context.opened->library_urls();
  if (urls.front() != library.url())
    say_line(tr_format("publishing still goes to {}; `meanwhile library use` changes that", urls.front()));
  return send_and_probe(context, library, stop, std::move(made));
}

Result<void> run_library_create(Context& context, const LibraryOptions& options) {
  const EndAtSignal end(context.last_call);
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  auto created = create_library(**application,
                                {.url = options.library,
                                 .name = options.name,
                                 .kind = options.is_sealed ? LibraryKind::Sealed : LibraryKind::Open},
                                end.token());
  if (!created) return std::unexpected(created.error());
  return take_up(context, *created->library, end.token(), std::move(created->made));
}

Result<void> run_library_invite(Context& context, const LibraryOptions& options) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  auto library = context.library();
  if (!library) return std::unexpected(library.error());
  if (!options.library.empty()) {
    auto chosen = (*application)->find_library(options.library);
    if (!chosen) return std::unexpected(chosen.error());
    library = (*chosen)->session.get();
  }
  InviteTerms terms = options.terms;
  terms.role = options.as_admin ? MemberRole::Admin : MemberRole::Member;
  terms.valid = std::chrono::days(options.valid_days);
  const EndAtSignal end(context.last_call);
  const auto text =
      invite((*application)->home(), (*library)->url(), (*library)->storage(), (*library)->sealed(),
             options.with_secret ? WithSecret::Yes : WithSecret::No, terms, end.token());
  if (!text) return std::unexpected(text.error());
  if ((*library)->sealed())
    say_line(
        // TRANSLATORS: {0} is "one person" or "3 people", {1} "a day" or "14 days".
        tr_format("good for {} within {}: whoever has this text can join and read. Send it only to whom "
                  "it is for",
                  tr_count(std::uint64_t(terms.uses), "one person", "{} people", terms.uses),
                  tr_count(std::uint64_t(options.valid_days), "a day", "{} days", options.valid_days)));
  if (options.with_secret) {
    say_line(
        tr("this text holds the key or password of the storage: whoever reads it can read, write and delete "
           "everything in the library. Send it only where you would send the password itself"));
  }
  context.print(
      {{"invitation", *text}, {"library", json_of_place(**library)}, {"with_secret", options.with_secret}},
      *text + "\n");
  return {};
}

Result<void> run_library_join(Context& context, const LibraryOptions& options) {
  std::string text = options.library;
  if (text == "-") {
    auto line = ask_line(tr("Invitation"), Echo::Off);
    if (!line) return std::unexpected(line.error());
    text = *line;
  }
  const auto invitation = parse_invitation(text);
  if (!invitation) return std::unexpected(invitation.error());
  const EndAtSignal end(context.last_call);
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto joined = join_library(**application, *invitation, end.token());
  if (!joined) return std::unexpected(joined.error());
  if (joined->was_here) say_line(tr("you had joined this library already"));
  if (invitation->secret && !joined->kept_secret)
    say_line(tr("you have a key or password for this storage already: it is used, the invitation's is not"));
  return take_up(context, *joined->library, end.token());
}

Result<void> run_library_leave(Context& context, const LibraryOptions& options) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  (void)context.libraries();
  const auto left = leave_library(**application, options.library,
                                  {.even_with_waiting = options.even_with_waiting, .forget = options.forget});
  if (!left) return std::unexpected(left.error());
  context.print(
      {{"left", left->url}, {"waiting", left->waiting}, {"forgotten", options.forget}},
      (options.forget
           ? tr_format("Left {}. What was kept of it here is gone, but for your own words.", left->url)
           : tr_format("Left {}. What is kept of it here stays; --forget removes that too.", left->url)) +
          "\n");
  return {};
}

void add_membership_commands(CLI::App& command, Context& context, const char* urls) {
  auto options = make_options<LibraryOptions>();
  auto* create = command.add_subcommand("create", tr("Makes a new library for a team"));
  create->add_option("url", options->library, urls)->required();
  create->add_option("--name", options->name, tr("What it is called"))->required();
  create->add_flag("--sealed", options->is_sealed,
                   tr("Only those whom you invite can read it, whoever runs the storage"));
  run_on_parse(create, context, [options](Context& used) { return run_library_create(used, *options); });

  auto* invite = command.add_subcommand("invite", tr("Prints one line of text that lets others join"));
  invite->add_option("library", options->library, tr("Its URL, id or name; otherwise the first"));
  invite->add_flag("--with-secret", options->with_secret,
                   tr("With the key or password of the storage: whoever reads the text can use it"));
  constexpr int kMostUses = 1000;
  constexpr int kMostDays = 365;
  invite->add_option("--uses", options->terms.uses, tr("To a sealed library: how many people may join by it"))
      ->check(CLI::Range(1, kMostUses));
  invite->add_option("--days", options->valid_days, tr("To a sealed library: how long it is good for"))
      ->check(CLI::Range(1, kMostDays));
  invite->add_flag("--admin", options->as_admin,
                   tr("To a sealed library: whoever joins by it may invite others"));
  run_on_parse(invite, context, [options](Context& used) { return run_library_invite(used, *options); });

  auto* join = command.add_subcommand("join", tr("Joins a library by an invitation"));
  join->add_option("invitation", options->library,
                   tr("The text; - reads it from standard input, as one should if it holds a secret"))
      ->required();
  run_on_parse(join, context, [options](Context& used) { return run_library_join(used, *options); });

  auto* leave = command.add_subcommand("leave", tr("Takes a library off the list; your drafts stay"));
  leave->add_option("library", options->library, tr("Its URL, id or name"))->required();
  leave->add_flag("--even-with-waiting", options->even_with_waiting,
                  tr("Though not everything was sent: it is kept, and sent if you join again"));
  leave->add_flag("--forget", options->forget,
                  tr("Also remove what is kept of it here to be read and watched"));
  run_on_parse(leave, context, [options](Context& used) { return run_library_leave(used, *options); });

  run_on_parse(command.add_subcommand("usage", tr("What lies in the storage, by channel, month and person")),
               context, run_library_usage);
  run_on_parse(command.add_subcommand("list", tr("All of your libraries; * is the one that you publish to")),
               context, run_library_list);
}

}  // namespace

void add_library_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("library", tr("The libraries in use"));
  command->require_subcommand(1);
  auto* use = command->add_subcommand("use", tr("Adds a library, or makes it the one that is published to"));
  auto url = make_options<std::string>();
  const char* urls =
      tr("folder:/path, webdavs://host/path or s3://bucket/folder?endpoint=https://host&region=R");
  use->add_option("url", *url, urls)->required();
  run_on_parse(use, context, [url](Context& used) { return run_library_use(used, *url); });
  auto* secret = command->add_subcommand(
      "secret",
      tr("Keeps the key or password for a library on a server: asked for, or read from standard input"));
  secret->add_option("url", *url, tr("The library's URL"))->required();
  run_on_parse(secret, context, [url](Context& used) { return run_library_secret(used, *url); });
  run_on_parse(command->add_subcommand("status", tr("What is in it, and what waits")), context,
               run_library_status);
  add_membership_commands(*command, context, urls);
  add_members_commands(*command, context);
}

}  // namespace meanwhile
