// takes, recover, trim, discard.
#include <fmt/format.h>

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "app/library/time_words.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/record/take.h"

namespace meanwhile {
namespace {

// "  trimmed to 0:05.0 to 4:30.5"; empty: whole.
std::string trim_words(const Take& take) {
  if (!take.trim.is_set()) return "";
  // TRANSLATORS: {0} and {1} are the moments where it begins and ends.
  return "  " + tr_format("trimmed to {} to {}", format_exact_moment(take.trim.from.value_or(MediaTime{})),
                          format_exact_moment(take.trim.to.value_or(take.duration)));
}

std::string text_of_take(const Take& take, const std::string& zone) {
  const Json json = json_of(take);
  return fmt::format("{}  {:<14} {:>8}  {:<30} {}{}\n", take.clip, tr(string_member(json, "state")->c_str()),
                     format_moment(take.duration),
                     take.title.empty() ? tr("Untitled") : display_line(take.title),
                     time_words(take.started, wall_now(), zone), trim_words(take));
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
  context.print({{"takes", array}, {"warnings", warnings}},
                text.empty() && !if_none.empty() ? if_none + "\n" : text);
}

Result<void> run_takes(Context& context) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto takes = read_takes((*application)->home().takes());
  if (!takes) return std::unexpected(takes.error());
  print_takes(context, *takes, (*application)->time_zone(), {},
              tr("No drafts on this machine. `meanwhile record` makes one."));
  return {};
}

Result<void> run_recover(Context& context) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  if (const auto takes = read_takes((*application)->home().takes()); !takes)
    return std::unexpected(takes.error());
  std::vector<std::string> warnings;
  const auto recovered = recover_takes_in((*application)->home().takes(), warnings);
  print_takes(context, recovered, (*application)->time_zone(), warnings,
              warnings.empty() ? tr("No recording was left unfinished.") : "");
  if (recovered.empty() && !warnings.empty())
    return fail(ErrorCode::Corrupt, tr("nothing could be recovered"));
  return {};
}

Result<void> run_discard(Context& context, const std::string& clip) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  (void)context.libraries();  // what was sent of it is taken back
  MEANWHILE_TRY((*application)->discard(clip));
  context.print({{"discarded", clip}}, tr_format("Discarded {}", clip) + "\n");
  return {};
}

struct TrimOptions {
  std::string take;
  std::string from;
  std::string to;
  bool none = false;
};

// What isn't given stays as it is.
Result<Trim> wanted_trim(const Take& take, const TrimOptions& options) {
  if (options.none) return Trim{};
  Trim trim = take.trim;
  for (const auto& [text, point] : {std::pair{&options.from, &trim.from}, std::pair{&options.to, &trim.to}}) {
    if (text->empty()) continue;
    const auto moment = parse_moment(*text);
    if (!moment) return std::unexpected(moment.error());
    *point = *moment;
  }
  return trim;
}

Result<void> run_trim(Context& context, const TrimOptions& options) {
  if (options.none == (!options.from.empty() || !options.to.empty()))
    return fail(ErrorCode::InvalidArgument,
                tr("Say --from, --to or both; or --none, to keep all of the draft."));
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  std::string clip = options.take;
  const auto unpublished = (*application)->unpublished_takes();
  if (clip == "latest" && !unpublished.empty()) clip = unpublished.back().clip;
  const auto take = (*application)->take(clip);
  if (!take) return std::unexpected(take.error());
  const auto trim = wanted_trim(*take, options);
  if (!trim) return std::unexpected(trim.error());
  (void)context.libraries();  // one of them may have it already
  const auto trimmed = (*application)->trim(clip, *trim);
  if (!trimmed) return std::unexpected(trimmed.error());
  context.print(json_of(*trimmed), text_of_take(*trimmed, (*application)->time_zone()));
  return {};
}

void add_trim_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "trim", tr("Chooses the part of a draft to keep; the rest is cut away when it is published"));
  auto options = make_options<TrimOptions>();
  command->add_option("take", options->take, tr("Its id, as `meanwhile takes` shows it, or \"latest\""))
      ->required();
  command->add_option("--from", options->from, tr("Start of the part to keep"))->type_name("T");
  command->add_option("--to", options->to, tr("End of the part to keep"))->type_name("T");
  command->add_flag("--none", options->none, tr("Keep all of the draft again"));
  run_on_parse(command, context, [options](Context& used) { return run_trim(used, *options); });
}

}  // namespace

void add_take_commands(CLI::App& cli, Context& context) {
  run_on_parse(cli.add_subcommand(
                   "takes", tr("Lists what you recorded on this machine: drafts, and what is published")),
               context, run_takes);
  run_on_parse(cli.add_subcommand("recover", tr("Repairs recordings interrupted by a crash")), context,
               run_recover);
  add_trim_command(cli, context);
  auto* discard = cli.add_subcommand("discard", tr("Throws a draft away"));
  auto clip = make_options<std::string>();
  discard->add_option("take", *clip, tr("Its id, as `meanwhile takes` shows it"))->required();
  run_on_parse(discard, context, [clip](Context& used) { return run_discard(used, *clip); });
}

}  // namespace meanwhile
