// keep: clips that stay on this machine, to be watched without a network.

#include <cstddef>
#include <expected>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/fetching/kept_clips.h"
#include "app/fetching/prefetch.h"
#include "app/libraries/arrivals.h"
#include "app/libraries/libraries.h"
#include "app/library/events.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

struct KeepOptions {
  std::string clip;
  std::string channel;
  bool new_ones = false;
  bool off = false;
};

// A clip's library, or all: a channel and what is new may be in any.
Result<std::vector<OpenLibrary*>> meant_libraries(Context& context, const std::string& clip,
                                                  std::string& clip_id) {
  auto libraries = context.libraries();
  if (!libraries || clip.empty()) return libraries;
  const auto found = find_clip(context, clip, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  clip_id = found->clip.id;
  return std::vector<OpenLibrary*>{found->library};
}

void change_rules(KeptRules& rules, const std::string& clip, const KeepOptions& options) {
  if (!clip.empty()) options.off ? rules.let_go_clip(clip) : rules.keep_clip(clip);
  if (!options.channel.empty()) {
    const std::string channel = channel_id_for(options.channel);
    options.off ? (void)rules.channels.erase(channel) : (void)rules.channels.insert(channel);
  }
  if (options.new_ones) rules.new_ones = !options.off;
  if (rules.channels.empty() && !rules.new_ones) rules.let_go.clear();
}

struct Kept {
  Json clips = Json::array();
  std::set<std::string> channels;
  bool new_ones = false;
  Result<void> outcome;  // the last clip that couldn't be fetched
};

void make_captions_searchable(const OpenLibrary& library, const Clip& clip) {
  if (library.session->index().has_captions(clip.id).value_or(true)) return;
  const auto captions = read_captions(*library.clips, clip, {});
  if (captions) make_searchable(library.session->index(), clip.id, *captions);
}

Result<void> fetch_kept(const OpenLibrary& library, Kept& kept) {
  const auto rules = KeptClips(library.session->folder()).rules();
  if (!rules) return std::unexpected(rules.error());
  const auto clips = library.session->index().clips({});
  if (!clips) return std::unexpected(clips.error());
  const ClipStore& store = *library.clips;
  const PrefetchPlan plan = plan_prefetch(*clips, *rules, 0);
  let_go_of_others(store, plan.kept);
  for (const Clip& clip : plan.kept) {
    const auto fetched =
        store.cache().is_whole(clip.id) ? Result<void>() : keep_whole(store, clip, std::stop_token());
    if (fetched) make_captions_searchable(library, clip);
    kept.clips.push_back({{"clip", clip.id}, {"title", clip.title}, {"here", fetched.has_value()}});
    if (!fetched) kept.outcome = fail(tr_format("fetching {}", clip.id), fetched.error());
  }
  kept.channels.insert(rules->channels.begin(), rules->channels.end());
  kept.new_ones = kept.new_ones || rules->new_ones;
  return {};
}

Result<void> run_keep(Context& context, const KeepOptions& options) {
  const auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  std::string clip;
  const auto meant = meant_libraries(context, options.clip, clip);
  if (!meant) return std::unexpected(meant.error());
  for (const OpenLibrary* library : *meant) {
    MEANWHILE_TRY(KeptClips(library->session->folder()).change([&](KeptRules& rules) {
      change_rules(rules, clip, options);
    }));
  }
  Kept kept;
  for (const OpenLibrary* library : *libraries) {
    MEANWHILE_TRY(fetch_kept(*library, kept));
    // Goes along with the next thing that is sent.
    MEANWHILE_TRY(say_kept_arrivals(*library, context.opened->settings()));
  }
  const std::size_t count = kept.clips.size();
  context.print({{"kept", kept.clips}, {"channels", kept.channels}, {"new", kept.new_ones}},
                count == 0
                    ? tr("No clips are kept on this machine.\n")
                    : tr_count(count, "{} clip is kept on this machine: it plays without a network.\n",
                               "{} clips are kept on this machine: they play without a network.\n", count));
  return kept.outcome;
}

}  // namespace

void add_keep_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "keep", tr("Keeps clips on this machine, to be watched without a network; alone: says which are kept"));
  auto options = make_options<KeepOptions>();
  command->add_option("clip", options->clip, tr("Its id or the id's beginning, a link, or \"latest\""));
  command->add_option("--channel", options->channel, tr("All clips of this channel, those to come too"));
  command->add_flag("--new", options->new_ones, tr("What others send, until you have watched it"));
  command->add_flag("--off", options->off, tr("Don't keep it, or them, any more"));
  run_on_parse(command, context, [options](Context& used) {
    if (options->off && options->clip.empty() && options->channel.empty() && !options->new_ones)
      return Result<void>(
          fail(ErrorCode::InvalidArgument,
               tr("--off needs to know what isn't to be kept: a clip, --channel C or --new")));
    return run_keep(used, *options);
  });
}

}  // namespace meanwhile
