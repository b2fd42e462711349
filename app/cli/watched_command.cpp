// watched: clips count as watched, without having been.
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/libraries/clip_pages.h"
#include "app/libraries/libraries.h"
#include "app/libraries/watching.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

struct WatchedOptions {
  std::string clip;
  std::string channel;
  bool all = false;
};

// What isn't watched yet, of a library, or of one of its channels.
Result<std::vector<std::string>> unwatched_in(OpenLibrary& library, const std::string& channel) {
  ClipQuery query{.filter = ClipFilter::Unwatched, .order = ClipOrder::Inbox};
  if (!channel.empty()) query.channel = channel_id_for(channel);
  const auto page = page_of_clips({&library}, query);
  if (!page) return std::unexpected(page.error());
  std::vector<std::string> ids;
  for (const ListedClip& listed : *page) {
    if (!listed.clip.is_live) ids.push_back(listed.clip.id);
  }
  return ids;
}

Result<int> mark_in_all(Context& context, const std::string& channel) {
  const auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  int count = 0;
  for (OpenLibrary* library : *libraries) {
    const auto clips = unwatched_in(*library, channel);
    if (!clips) return std::unexpected(clips.error());
    const auto marked = mark_watched(*library->session, *clips);
    if (!marked) return marked;
    count += *marked;
  }
  return count;
}

Result<int> mark_one(Context& context, const std::string& clip) {
  const auto found = find_clip(context, clip, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  return mark_watched(*found->library->session, {found->clip.id});
}

Result<void> run_watched(Context& context, const WatchedOptions& options) {
  const bool is_many = options.all || !options.channel.empty();
  if (is_many != options.clip.empty())
    return fail(ErrorCode::InvalidArgument, tr("watched takes a clip, or --channel C, or --all"));
  const auto count = is_many ? mark_in_all(context, options.channel) : mark_one(context, options.clip);
  if (!count) return std::unexpected(count.error());
  context.print({{"watched", *count}},
                tr_count(std::uint64_t(*count), "{} clip marked as watched, for you only.",
                         "{} clips marked as watched, for you only.", *count) +
                    "\n");
  return {};
}

}  // namespace

void add_watched_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "watched", tr("Marks a clip as watched, for you only; --channel or --all: everything that is new"));
  auto options = make_options<WatchedOptions>();
  command->add_option("clip", options->clip, tr("Its id or the id's beginning, a link, or \"latest\""));
  command->add_option("--channel", options->channel, tr("All that is new in this channel"));
  command->add_flag("--all", options->all, tr("All that is new"));
  run_on_parse(command, context, [options](Context& used) { return run_watched(used, *options); });
}

}  // namespace meanwhile
