#include <fmt/format.h>

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/libraries/libraries.h"
#include "app/library/format.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"

namespace meanwhile {
namespace {

// Slower than this the smallest segment would take minutes.
constexpr std::uint64_t kLeastKilobits = 32;
constexpr std::uint64_t kMostKilobits = 10'000'000;

std::uint64_t percent(const GroupStatus& group) {
  return group.bytes == 0 ? 100 : group.bytes_stored * 100 / group.bytes;
}

// In the order of what a person would want to know first. For tr(), where it is for people.
const char* state_of(const GroupStatus& group, const OutboxStatus& status) {
  if (group.failure) return tr_later("failed");
  if (status.last_error) return tr_later("waiting");
  return status.is_paused ? tr_later("paused") : tr_later("uploading");
}

std::string reason_for(const GroupStatus& group, const OutboxStatus& status) {
  return group.failure ? *group.failure : held_up(status).value_or("");
}

Json json_of(const GroupStatus& group, const OutboxStatus& status) {
  return {{"clip", group.group},
          {"state", state_of(group, status)},
          {"percent", percent(group)},
          {"items", group.items},
          {"items_stored", group.items_stored},
          {"bytes", group.bytes},
          {"bytes_stored", group.bytes_stored},
          {"reason", reason_for(group, status)}};
}

std::string text_of(const GroupStatus& group, const OutboxStatus& status) {
  const std::string reason = reason_for(group, status);
  const std::string state =
      // TRANSLATORS: {0} is "uploading", "paused", "waiting" or "failed", {2} a size.
      // xgettext:no-c-format
      tr_format("{} {} % of {}", tr(state_of(group, status)), percent(group), format_size(group.bytes));
  return fmt::format("{}  {}{}\n", group.group, state, reason.empty() ? "" : ": " + reason);
}

std::string text_of(const SendingLimits& limits) {
  if (limits.is_paused) return tr("Paused: words go, clips wait.");
  if (limits.bytes_per_second == 0) return tr("Clips are sent as fast as it goes.");
  return tr_format("Clips are sent at {} kbit/s at most.", limits.bytes_per_second / kBytesPerKilobit);
}

// The limits are the same for all libraries: they share one line.
Result<void> print_sending(Context& context, const std::vector<OpenLibrary*>& libraries) {
  const auto limits = libraries.front()->session->outbox().limits();
  if (!limits) return std::unexpected(limits.error());
  OutboxStatus all;
  Json clips = Json::array();
  std::string text = text_of(*limits) + "\n";
  for (const OpenLibrary* library : libraries) {
    const auto status = library->session->outbox().status();
    if (!status) return std::unexpected(status.error());
    for (const GroupStatus& group : status->groups) {
      clips.push_back(json_of(group, *status));
      clips.back()["library"] = library->session->name();
      text += text_of(group, *status);
    }
    all.waiting_events += status->waiting_events;
    all.waiting_items += status->waiting_items;
    all.waiting_bytes += status->waiting_bytes;
  }
  // What is in the outbox is on the disk: the machine may be shut down at any time.
  text += clips.empty() && all.waiting_events == 0
              ? tr("Nothing waits: everything is stored and verified.")
              : tr("All of it is on this machine's disk: it is safe to close.");
  text += "\n";
  for (const OpenLibrary* library : libraries) text += late_words(*library->session);
  context.print({{"paused", limits->is_paused},
                 {"limit_kbit", limits->bytes_per_second / kBytesPerKilobit},
                 {"waiting_events", all.waiting_events},
                 {"waiting_items", all.waiting_items},
                 {"waiting_bytes", all.waiting_bytes},
                 {"clips", clips}},
                text);
  return {};
}

using ChangeLimits = std::function<void(SendingLimits&)>;

Result<void> run_sending(Context& context, const ChangeLimits& change) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  // One line out of the house: what is paused or limited is so for all libraries.
  for (OpenLibrary* library : *libraries) {
    if (!change) break;
    Outbox& outbox = library->session->outbox();
    auto limits = outbox.limits();
    if (!limits) return std::unexpected(limits.error());
    change(*limits);
    MEANWHILE_TRY(outbox.set_limits(*limits));
  }
  return print_sending(context, *libraries);
}

Result<void> run_limit(Context& context, std::uint64_t kilobits) {
  if (kilobits != 0 && (kilobits < kLeastKilobits || kilobits > kMostKilobits)) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("a limit is {} to {} kbit/s, or 0 for none", kLeastKilobits, kMostKilobits));
  }
  return run_sending(
      context, [kilobits](SendingLimits& limits) { limits.bytes_per_second = kilobits * kBytesPerKilobit; });
}

}  // namespace

void add_sending_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("sending", tr("What is on its way to the library, and how fast it may go"));
  command->require_subcommand(0, 1);
  run_on_parse(command, context, [](Context& used) { return run_sending(used, {}); });
  run_on_parse(command->add_subcommand("pause", tr("Pauses uploads until `resume`; comments are still sent")),
               context, [](Context& used) {
                 return run_sending(used, [](SendingLimits& limits) { limits.is_paused = true; });
               });
  run_on_parse(command->add_subcommand("resume", tr("Uploads clips again")), context, [](Context& used) {
    return run_sending(used, [](SendingLimits& limits) { limits.is_paused = false; });
  });
  auto* limit = command->add_subcommand("limit", tr("Limits upload speed"));
  auto kilobits = make_options<std::uint64_t>();
  limit->add_option("kbit", *kilobits, tr("Kilobits a second for all clips together; 0: no limit"))
      ->type_name("NUMBER")
      ->required();
  run_on_parse(limit, context, [kilobits](Context& used) { return run_limit(used, *kilobits); });
}

}  // namespace meanwhile
