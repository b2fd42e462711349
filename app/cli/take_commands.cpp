// takes, recover, discard.
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/views.h"
#include "app/library/text.h"
#include "app/library/time_words.h"

namespace meanwhile {
namespace {

std::string text_of_take(const Take& take, const std::string& zone) {
  const Json json = json_of(take);
  return fmt::format("{}  {:<14} {:>8}  {:<30} {}\n", take.clip, *string_member(json, "state"),
                     format_moment(take.duration), take.title.empty() ? "Untitled" : display_line(take.title),
                     time_words(take.started, wall_now(), zone));
}

void print_takes(const Context& context, const std::vector<Take>& takes, const std::string& zone,
                 const std::vector<std::string>& warnings, const std::string& if_none) {
  Json array = Json::array();
  std::string text;
  for (const Take& take : takes) {
    array.push_back(json_of(take));
    text += text_of_take(take, zone);
  }
  for (const std::string& warning : warnings) say_line(warning);
  context.print({{"takes", array}, {"warnings", warnings}}, text.empty() ? if_none + "\n" : text);
}

Result<void> run_takes(Context& context) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  print_takes(context, list_takes((*application)->home().takes()), (*application)->time_zone(), {},
              "No takes on this machine. `meanwhile record` makes one.");
  return {};
}

Result<void> run_recover(Context& context) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  std::vector<std::string> warnings;
  const auto recovered = (*application)->recover_takes(warnings);
  print_takes(context, recovered, (*application)->time_zone(), warnings, "No take was left unfinished.");
  if (recovered.empty() && !warnings.empty()) return fail(ErrorCode::Corrupt, "nothing could be recovered");
  return {};
}

Result<void> run_discard(Context& context, const std::string& clip) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  MEANWHILE_TRY((*application)->discard(clip));
  context.print({{"discarded", clip}}, "Discarded " + clip + "\n");
  return {};
}

}  // namespace

void add_take_commands(CLI::App& cli, Context& context) {
  run_on_parse(cli.add_subcommand("takes", "Lists the takes on this machine"), context, run_takes);
  run_on_parse(cli.add_subcommand("recover", "Makes whole what a crash left"), context, run_recover);
  auto* discard = cli.add_subcommand("discard", "Throws a take away");
  auto clip = make_options<std::string>();
  discard->add_option("take", *clip, "Its id, as `meanwhile takes` shows it")->required();
  run_on_parse(discard, context, [clip](Context& used) { return run_discard(used, *clip); });
}

}  // namespace meanwhile
