#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/views.h"
#include "app/ui/format.h"

namespace meanwhile {
namespace {

Result<void> print_status(Context& context, LibrarySession& library) {
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
  return print_status(context, **library);
}

Result<void> run_library_status(Context& context) {
  auto library = context.library();
  if (!library) return std::unexpected(library.error());
  return print_status(context, **library);
}

}  // namespace

void add_library_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("library", "The library in use");
  command->require_subcommand(1);
  auto* use = command->add_subcommand("use", "Uses another library from now on: folder:/path");
  auto url = make_options<std::string>();
  use->add_option("url", *url, "folder:/path; an empty or missing folder becomes a new library")->required();
  run_on_parse(use, context, [url](Context& used) { return run_library_use(used, *url); });
  run_on_parse(command->add_subcommand("status", "What is in it, and what waits"), context,
               run_library_status);
}

}  // namespace meanwhile
