// list, archive, unarchive: the clips as the Inbox has them.
#include <algorithm>
#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/usage.h"
#include "app/cli/views.h"
#include "app/libraries/clip_pages.h"
#include "app/libraries/held_clips.h"
#include "app/libraries/libraries.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/time_words.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

struct ListOptions {
  std::string channel;
  bool unwatched = false;
  bool asks = false;
  bool answers = false;
  bool mine = false;
  bool archived = false;
  ClipOrder order = ClipOrder::Inbox;
  int limit = 0;
};

const std::map<std::string, ClipOrder> kOrders = {{"inbox", ClipOrder::Inbox},
                                                  {"newest", ClipOrder::NewestFirst},
                                                  {"oldest", ClipOrder::OldestFirst},
                                                  {"longest", ClipOrder::LongestFirst},
                                                  {"discussed", ClipOrder::MostDiscussed}};

Result<ClipFilter> filter_of(const ListOptions& options) {
  std::vector<ClipFilter> chosen;
  if (options.unwatched) chosen.push_back(ClipFilter::Unwatched);
  if (options.asks) chosen.push_back(ClipFilter::Asked);
  if (options.answers) chosen.push_back(ClipFilter::Answered);
  if (options.mine) chosen.push_back(ClipFilter::Mine);
  if (options.archived) chosen.push_back(ClipFilter::Archived);
  if (chosen.size() <= 1) return chosen.empty() ? ClipFilter::Inbox : chosen.front();
  return fail(ErrorCode::InvalidArgument,
              tr("one of --unwatched, --asks, --answers, --mine and --archived at a time"));
}

// Who archived a channel, where no library has it any more: its clips are there. "": nobody did.
Result<std::string> archived_everywhere_by(const std::vector<OpenLibrary*>& libraries,
                                           const std::string& channel) {
  std::string archived_by;
  for (OpenLibrary* library : libraries) {
    const auto channels = library->session->index().channels();
    if (!channels) return std::unexpected(channels.error());
    const auto found = std::ranges::find(*channels, channel, &Channel::id);
    if (found == channels->end()) continue;
    if (!found->is_archived) return "";
    archived_by = found->archived_by;
  }
  return archived_by;
}

std::string nothing_words(const ListOptions& options, const std::string& channel_archived_by) {
  if (!channel_archived_by.empty())
    return tr_format(
        "That channel was archived by {}: `--archived` lists what is in it, `unarchive` brings it back.",
        display_line(channel_archived_by));
  if (options.unwatched) return tr("Nothing waits to be watched.");
  if (options.asks) return tr("Nobody waits for an answer of yours.");
  if (options.answers) return tr("No answers and mentions that you haven't seen.");
  if (options.archived) return tr("Nothing is archived.");
  if (!options.channel.empty()) return tr_format("No clips in # {}.", display_line(options.channel));
  return tr("No clips here. `meanwhile record --publish` makes one.");
}

std::string sum_words(const ClipCounts& counts) {
  if (counts.unwatched == 0) return "";
  // TRANSLATORS: {0} is how many updates wait, {1} how long they are together.
  return tr_count(std::uint64_t(counts.unwatched), "{} to watch, {}", "{} to watch, {}", counts.unwatched,
                  duration_words(counts.unwatched_length)) +
         "\n";
}

Result<void> run_list(Context& context, const ListOptions& options) {
  const auto filter = filter_of(options);
  if (!filter) return std::unexpected(filter.error());
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  for (OpenLibrary* library : *libraries) {
    const auto released = release_due(*library->session, context.opened->schedule(), wall_now());
    if (!released) return std::unexpected(released.error());
  }
  ClipQuery query{.filter = *filter, .order = options.order, .limit = options.limit};
  if (!options.channel.empty()) query.channel = channel_id_for(options.channel);
  const auto clips = page_of_clips(*libraries, query);
  if (!clips) return std::unexpected(clips.error());
  const auto counts = count_clips(*libraries, query.channel);
  if (!counts) return std::unexpected(counts.error());
  Json array = Json::array();
  std::string text;
  for (const ListedClip& listed : *clips) {
    Json json = json_of(listed.clip, *listed.library->session);
    add_kept_marks(*listed.library, listed.clip, json);
    MEANWHILE_TRY(add_arrivals(*listed.library->session, listed.clip, json));
    std::string line = text_of(listed.clip, context.opened->time_zone());
    line.pop_back();
    if (json.value("kept", false)) line += tr(", kept here");
    if (libraries->size() > 1) line += ", " + listed.library->session->name();
    array.push_back(std::move(json));
    text += line + "\n";
  }
  if (text.empty()) {
    const auto archived_by = options.archived
                                 ? Result<std::string>("")
                                 : archived_everywhere_by(*libraries, query.channel.value_or(""));
    if (!archived_by) return std::unexpected(archived_by.error());
    text = nothing_words(options, *archived_by) + "\n";
  }
  context.print({{"clips", array},
                 {"total", counts->of(query.filter)},
                 {"unwatched", counts->unwatched},
                 {"unwatched_us", counts->unwatched_length.count()}},
                text + sum_words(*counts));
  return {};
}

struct ArchiveOptions {
  std::string clip;
  std::string channel;
  bool no_wait = false;
};

// In the first library that has it.
Result<std::pair<OpenLibrary*, ChannelEvent>> find_channel(Context& context, const std::string& name,
                                                           bool archived) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  const std::string id = channel_id_for(name);
  for (OpenLibrary* library : *libraries) {
    const auto channels = library->session->index().channels();
    if (!channels) return std::unexpected(channels.error());
    if (std::ranges::find(*channels, id, &Channel::id) != channels->end())
      return std::pair(library, ChannelEvent{.channel = id, .name = {}, .archived = archived});
  }
  return fail(ErrorCode::NotFound, tr_format("there is no channel '{}'", display_line(name)));
}

Result<void> say_archived(Context& context, LibrarySession& library, const EventBody& body, const Json& what,
                          const ArchiveOptions& options) {
  auto id = library.say(body);
  if (!id) return std::unexpected(id.error());
  StoredReport report{.stored = false, .reason = tr("not waited for")};
  if (!options.no_wait) {
    auto waited = wait_until_stored(library, *id);
    if (!waited) return std::unexpected(waited.error());
    report = *waited;
  }
  Json document = what;
  document["stored"] = report.stored;
  context.print(document, std::string(tr_in("an answer", "Done")) + "\n");
  return {};
}

Result<void> run_archive(Context& context, const ArchiveOptions& options, bool archived) {
  if (!options.channel.empty()) {
    auto found = find_channel(context, options.channel, archived);
    if (!found) return std::unexpected(found.error());
    return say_archived(context, *found->first->session, found->second,
                        {{"channel", found->second.channel}, {"archived", archived}}, options);
  }
  if (options.clip.empty())
    return fail(ErrorCode::InvalidArgument, tr("say which: a clip, or a channel with --channel"));
  const auto found = find_clip(context, options.clip, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  return say_archived(context, *found->library->session, ArchiveEvent{found->clip.id, archived},
                      {{"clip", found->clip.id}, {"archived", archived}}, options);
}

struct ArchiveHelp {
  const char* command;
  const char* clip;
  const char* channel;
};

void add_archive(CLI::App& cli, Context& context, const char* name, const ArchiveHelp& help, bool archived) {
  auto* command = cli.add_subcommand(name, help.command);
  auto options = make_options<ArchiveOptions>();
  auto* clip = command->add_option("clip", options->clip, help.clip);
  command->add_option("--channel", options->channel, help.channel)->excludes(clip);
  command->add_flag("--no-wait", options->no_wait,
                    tr("Don't wait until it is stored; the next start sends it"));
  run_on_parse(command, context,
               [options, archived](Context& used) { return run_archive(used, *options, archived); });
}

}  // namespace

void add_list_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("list", tr("Lists the clips of all libraries: where you are asked (?) or answered "
                                    "(!), then unwatched (*), then the rest"));
  auto options = make_options<ListOptions>();
  command->add_option("--channel", options->channel, tr("Only this channel's"));
  command->add_flag("--unwatched", options->unwatched, tr("Only those that you haven't watched"));
  command->add_flag("--asks", options->asks, tr("Only those where something waits for your answer"));
  command->add_flag("--answers", options->answers, tr("Only those where you are answered or mentioned"));
  command->add_flag("--mine", options->mine, tr("Only your own"));
  command->add_flag("--archived", options->archived, tr("Only those that were archived"));
  std::vector<std::string> orders;
  for (const auto& [name, order] : kOrders) orders.push_back(name);
  command
      ->add_option_function<std::string>(
          "--sort", [options](const std::string& name) { options->order = kOrders.at(name); },
          tr("inbox, newest, oldest, longest or discussed"))
      ->type_name("ORDER")
      ->check(one_of(orders));
  command->add_option("--limit", options->limit, tr("At most so many"))
      ->type_name("NUMBER")
      ->check(whole_number(1, 1'000'000));
  run_on_parse(command, context, [options](Context& used) { return run_list(used, *options); });
  add_archive(cli, context, "archive",
              {tr("Puts a clip or a channel away"), tr("The clip: out of your inbox, nobody else's"),
               tr("A channel instead: away for everyone")},
              true);
  add_archive(cli, context, "unarchive",
              {tr("Brings back what was archived"), tr("The clip: back into your inbox, nobody else's"),
               tr("A channel instead: back for everyone")},
              false);
}

}  // namespace meanwhile
