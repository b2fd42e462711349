#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/typed_secret.h"
#include "app/cli/views.h"
#include "app/secrets.h"
#include "app/ui/format.h"
#include "upload/probe.h"

namespace meanwhile {
namespace {

// What the storage can do, in plain words: tried once, when a library is chosen.
Result<void> add_probe(LibrarySession& library, Json& document, std::string& text) {
  const auto report = probe_storage(library.storage(), {});
  if (!report) return std::unexpected(report.error());
  const std::string words = describe_steps(report->done);
  document["probe"] = {{"storage", words}, {"may_store", report->may_store}, {"troubles", report->troubles}};
  if (report->clock_ahead) document["probe"]["clock_ahead_s"] = report->clock_ahead->count();
  text += fmt::format("The storage {}.\n", words);
  for (const std::string& trouble : report->troubles) text += fmt::format("But {}.\n", trouble);
  return {};
}

enum class Probe { Yes, No };

Result<void> print_status(Context& context, LibrarySession& library, Probe probe) {
  auto status = library.outbox().status();
  if (!status) return std::unexpected(status.error());
  auto clips = library.index().clips({});
  if (!clips) return std::unexpected(clips.error());
  auto people = library.index().people();
  if (!people) return std::unexpected(people.error());
  Json document = {{"id", library.id()},
                   {"url", library.url()},
                   {"reachable", !library.unreachable()},
                   {"clips", clips->size()},
                   {"people", people->size()},
                   {"waiting_items", status->waiting_items},
                   {"waiting_events", status->waiting_events},
                   {"waiting_bytes", status->waiting_bytes}};
  std::string text = fmt::format("{}\n{} clips, {} people\n", library.url(), clips->size(), people->size());
  if (library.unreachable()) document["reason"] = library.unreachable()->message;
  if (status->waiting_items > 0 || status->waiting_events > 0) {
    text +=
        fmt::format("{} waits to be sent. `meanwhile sync` sends it.\n", format_size(status->waiting_bytes));
  }
  if (probe == Probe::Yes) MEANWHILE_TRY(add_probe(library, document, text));
  context.print(document, text);
  return {};
}

Result<void> run_library_use(Context& context, const std::string& url) {
  StopSignal stop;
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  auto library = (*application)->use_library(url);
  if (!library) return std::unexpected(library.error());
  OutboxStatus status;
  auto sent = send_waiting(**library, stop, status);
  if (!sent) return std::unexpected(sent.error());
  return print_status(context, **library, Probe::Yes);
}

// Asked for on standard input: arguments are seen by everybody on the machine, and stay in a shell's history.
Result<Secret> ask_secret(const std::string& place) {
  const bool is_s3 = place.starts_with("s3:");
  const std::string named = user_of(place);
  const auto user = named.empty() ? ask_line(is_s3 ? "Access key" : "User name", Echo::On) : named;
  const auto password = user ? ask_line(is_s3 ? "Secret key" : "Password", Echo::Off) : user;
  if (!user || !password || user->empty() || password->empty()) {
    return fail(
        ErrorCode::InvalidArgument,
        is_s3
            ? "an access key on one line and its secret key on the next are needed (and a session token on a "
              "third, if there is one)"
            : (named.empty() ? "a user name on one line and the password on the next are needed"
                             : "the password is needed, on a line of standard input"));
  }
  Secret secret{.user = *user, .password = *password};
  if (is_s3) secret.session_token = ask_line("Session token (mostly none)", Echo::Off).value_or("");
  return secret;
}

Result<void> run_library_secret(Context& context, const std::string& url) {
  const std::string place = secret_place(url);
  if (place.empty())
    return fail(ErrorCode::InvalidArgument, "only libraries on servers (s3://…, webdavs://…) need a secret");
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
                fmt::format("Kept for {} in {}.\n", place,
                            in_keyring ? std::string("the keyring") : secrets_file(home).string()));
  return {};
}

Result<void> run_library_status(Context& context) {
  auto library = context.library();
  if (!library) return std::unexpected(library.error());
  return print_status(context, **library, Probe::No);
}

}  // namespace

void add_library_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("library", "The library in use");
  command->require_subcommand(1);
  auto* use = command->add_subcommand("use", "Uses another library from now on");
  auto url = make_options<std::string>();
  const char* urls =
      "folder:/path, webdavs://host/path or s3://bucket/folder?endpoint=https://host&region=R; an empty or "
      "missing "
      "folder becomes a new library";
  use->add_option("url", *url, urls)->required();
  run_on_parse(use, context, [url](Context& used) { return run_library_use(used, *url); });
  auto* secret = command->add_subcommand(
      "secret",
      "Keeps the key or password for a library on a server: asked for, or read from standard input");
  secret->add_option("url", *url, "The library's URL")->required();
  run_on_parse(secret, context, [url](Context& used) { return run_library_secret(used, *url); });
  run_on_parse(command->add_subcommand("status", "What is in it, and what waits"), context,
               run_library_status);
}

}  // namespace meanwhile
