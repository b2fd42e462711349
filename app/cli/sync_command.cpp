#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/platform/stop_signal.h"

namespace meanwhile {
namespace {

Result<void> run_sync(Context& context) {
  StopSignal stop;
  auto library = context.library();
  if (!library) return std::unexpected(library.error());
  OutboxStatus status;
  auto sent = send_waiting(**library, stop, status);
  if (!sent) return std::unexpected(sent.error());
  MEANWHILE_TRY(context.opened->note_published());
  auto report = (*library)->sync();
  if (!report) return fail("what is here is kept, but the library can't be read", report.error());
  for (const std::string& warning : report->warnings) say_line(warning);
  if (!*sent) say_line("kept on this machine for now: " + held_up(status).value_or(""));
  for (const GroupStatus& group : status.groups) {
    if (group.failure) say_line(group.group + ": " + *group.failure);
  }
  context.print({{"batches", report->batches},
                 {"missing", report->holes},
                 {"waiting_items", status.waiting_items},
                 {"waiting_events", status.waiting_events},
                 {"waiting_bytes", status.waiting_bytes}},
                report->batches > 0 ? fmt::format("{} new\n", report->batches) : "Nothing new.\n");
  return {};
}

}  // namespace

void add_sync_command(CLI::App& cli, Context& context) {
  run_on_parse(cli.add_subcommand("sync", "Sends what waits, and fetches what others said"), context,
               run_sync);
}

}  // namespace meanwhile
