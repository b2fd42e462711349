#include "app/cli/commands.h"
#include "app/cli/views.h"
#include "app/library/events.h"

namespace meanwhile {
namespace {

struct ListOptions {
  std::string channel;
  bool unwatched = false;
};

Result<void> run_list(Context& context, const ListOptions& options) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  sync_if_possible(*libraries);
  ClipQuery query{.only_unwatched = options.unwatched};
  if (!options.channel.empty()) query.channel = channel_id_for(options.channel);
  Json array = Json::array();
  std::string text;
  for (OpenLibrary* library : *libraries) {
    auto clips = library->session->index().clips(query);
    if (!clips) return std::unexpected(clips.error());
    if (libraries->size() > 1 && !clips->empty()) text += heading_of(*library->session);
    for (const Clip& clip : *clips) {
      Json json = json_of(clip, *library->session);
      add_kept_marks(*library, clip, json);
      MEANWHILE_TRY(add_arrivals(*library->session, clip, json));
      const bool is_kept = json.value("kept", false);
      array.push_back(std::move(json));
      std::string line = text_of(clip, context.opened->time_zone());
      if (is_kept) line.insert(line.size() - 1, ", kept here");
      text += line;
    }
  }
  if (text.empty()) text = "No clips here. `meanwhile record --publish` makes one.\n";
  context.print({{"clips", array}}, text);
  return {};
}

}  // namespace

void add_list_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("list", "Lists the clips of all libraries, unwatched (*) first");
  auto options = make_options<ListOptions>();
  command->add_option("--channel", options->channel, "Only this channel's");
  command->add_flag("--unwatched", options->unwatched, "Only those that I haven't watched");
  run_on_parse(command, context, [options](Context& used) { return run_list(used, *options); });
}

}  // namespace meanwhile
