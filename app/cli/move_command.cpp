// move: a clip of one's own goes to another library.
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "app/libraries/find_clip.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/moving/clip_move.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

struct MoveOptions {
  std::string clip;
  std::string to;
  bool no_wait = false;
};

// Where it comes from: on its way it is in both libraries.
Result<ClipMove> begin(Context& context, const MoveOptions& options,
                       const std::vector<OpenLibrary*>& libraries, OpenLibrary& to) {
  const auto found = find_clip(context, options.clip, Fresh::First);
  if (!found) return std::unexpected(found.error());
  FoundClip source = *found;
  for (OpenLibrary* library : libraries) {
    if (source.library != &to || library == &to) continue;
    if (auto clip = library->session->index().clip(found->clip.id)) source = {library, std::move(*clip)};
  }
  return begin_move(context.opened->home(), source.clip, *source.library, to);
}

// nullopt: all is there; else why it waits.
Result<std::optional<std::string>> carry_out(Context& context, const ClipMove& move, OpenLibrary& to) {
  const auto from = context.opened->find_library(move.from);
  if (!from) return std::unexpected(from.error());
  auto finished = advance_move(*context.opened, move, {});
  if (!finished) return std::unexpected(finished.error());
  if (!*finished) {
    const auto waited = wait_until_stored(*to.session, move.clip);
    if (!waited) return std::unexpected(waited.error());
    if (!waited->stored) return waited->reason;
    finished = advance_move(*context.opened, move, {});
    if (!finished) return std::unexpected(finished.error());
    if (!*finished) return tr("it isn't stored yet");
  }
  const auto wait_for = [](LibrarySession& library, const std::optional<EventId>& event) {
    return event ? wait_until_stored(library, *event) : Result<StoredReport>(StoredReport{.stored = true});
  };
  for (const auto& report :
       {wait_for(*to.session, (*finished)->last_word), wait_for(*(*from)->session, (*finished)->deletion)}) {
    if (!report) return std::unexpected(report.error());
  }
  return std::nullopt;
}

Result<void> run_move(Context& context, const MoveOptions& options) {
  const auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  const auto to = context.opened->find_library(options.to);
  if (!to) return std::unexpected(to.error());
  const auto move = begin(context, options, *libraries, **to);
  if (!move) return std::unexpected(move.error());
  std::optional<std::string> waits = tr("not waited for");
  if (!options.no_wait) {
    auto carried = carry_out(context, *move, **to);
    if (!carried) return std::unexpected(carried.error());
    waits = std::move(*carried);
  }
  const LibrarySession& target = *(*to)->session;
  Json document = {{"clip", move->clip}, {"to", json_of_place(target)}, {"moved", !waits}};
  if (waits) document["waiting"] = *waits;
  // TRANSLATORS: {0} is a library's name, {1} an update's id.
  context.print(document, (waits ? tr_format("Will be moved to {}; until then it stays where it is: {}",
                                             target.name(), move->clip)
                                 : tr_format("Moved to {}: {}", target.name(), move->clip)) +
                              "\n");
  return {};
}

}  // namespace

void add_move_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("move", tr("Moves one of your clips, with its comments, to another library"));
  auto options = make_options<MoveOptions>();
  command->add_option("clip", options->clip, tr("Its id, or the id's beginning"))->required();
  command->add_option("--to", options->to, tr("The other library: its name, URL or id"))
      ->required()
      ->type_name("LIBRARY");
  command->add_flag("--no-wait", options->no_wait,
                    tr("Don't wait until it is there; `meanwhile sync` goes on"));
  run_on_parse(command, context, [options](Context& used) { return run_move(used, *options); });
}

}  // namespace meanwhile
