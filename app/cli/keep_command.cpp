// keep: clips that stay on this machine, to be watched without a network.
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/library/events.h"
#include "app/prefetch.h"

namespace meanwhile {
namespace {

struct KeepOptions {
  std::string clip;
  std::string channel;
  bool new_ones = false;
  bool off = false;
};

Result<void> change_rules(LibrarySession& library, const KeepOptions& options) {
  std::string clip;
  if (!options.clip.empty()) {
    auto found = find_clip(library, options.clip);
    if (!found) return std::unexpected(found.error());
    clip = found->id;
  }
  return KeptClips(library.folder()).change([&](KeptRules& rules) {
    if (!clip.empty()) options.off ? rules.let_go_clip(clip) : rules.keep_clip(clip);
    if (!options.channel.empty()) {
      const std::string channel = channel_id_for(options.channel);
      options.off ? (void)rules.channels.erase(channel) : (void)rules.channels.insert(channel);
    }
    if (options.new_ones) rules.new_ones = !options.off;
    if (rules.channels.empty() && !rules.new_ones) rules.let_go.clear();
  });
}

Result<void> run_keep(Context& context, const KeepOptions& options) {
  auto library = context.library();
  if (!library) return std::unexpected(library.error());
  sync_if_possible(**library);
  MEANWHILE_TRY(change_rules(**library, options));
  auto rules = KeptClips((*library)->folder()).rules();
  if (!rules) return std::unexpected(rules.error());
  auto clips = (*library)->index().clips({});
  if (!clips) return std::unexpected(clips.error());
  auto store = context.opened->clips();
  if (!store) return std::unexpected(store.error());
  const PrefetchPlan plan = plan_prefetch(*clips, *rules, 0);
  let_go_of_others(**store, plan.kept);
  Json kept = Json::array();
  Result<void> outcome;
  for (const Clip& clip : plan.kept) {
    auto fetched =
        (*store)->cache().is_whole(clip.id) ? Result<void>() : keep_whole(**store, clip, std::stop_token());
    kept.push_back({{"clip", clip.id}, {"title", clip.title}, {"here", fetched.has_value()}});
    if (!fetched) outcome = fail("fetching " + clip.id, fetched.error());
  }
  context.print({{"kept", kept}, {"channels", rules->channels}, {"new", rules->new_ones}},
                kept.empty()
                    ? "No clips are kept on this machine.\n"
                    : fmt::format("{} kept on this machine: they play without a network.\n",
                                  kept.size() == 1 ? "1 clip is" : fmt::format("{} clips are", kept.size())));
  return outcome;
}

}  // namespace

void add_keep_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "keep", "Keeps clips on this machine, to be watched without a network; alone: says which are kept");
  auto options = make_options<KeepOptions>();
  command->add_option("clip", options->clip, "Its id or the id's beginning, or \"latest\"");
  command->add_option("--channel", options->channel, "All clips of this channel, those to come too");
  command->add_flag("--new", options->new_ones, "What others send, until I have watched it");
  command->add_flag("--off", options->off, "Don't keep it, or them, any more");
  run_on_parse(command, context, [options](Context& used) {
    if (options->off && options->clip.empty() && options->channel.empty() && !options->new_ones)
      return Result<void>(fail(ErrorCode::InvalidArgument,
                               "--off needs to know what isn't to be kept: a clip, --channel C or --new"));
    return run_keep(used, *options);
  });
}

}  // namespace meanwhile
