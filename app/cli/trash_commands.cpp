// trash, restore: what one deleted, and how it comes back.
#include <fmt/format.h>

#include <cstddef>
#include <expected>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/trash.h"
#include "app/library/index.h"
#include "app/library/link.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

Result<void> run_trash(Context& context) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  Json array = Json::array();
  std::string text;
  for (OpenLibrary* library : *libraries) {
    LibrarySession& session = *library->session;
    const auto clips = trash_of(session);
    if (!clips) return std::unexpected(clips.error());
    const WallTime now = library_now(session.storage());
    for (const DeletedClip& clip : *clips) {
      array.push_back({{"clip", clip.id},
                       {"title", clip.title},
                       {"channel", clip.channel},
                       {"duration_us", clip.duration.count()},
                       {"deleted", format_rfc3339(clip.deleted)},
                       {"days_left", days_left(clip, now)},
                       {"library", json_of_place(session)}});
      text += fmt::format("{}  {:<40} {}\n", clip.id,
                          clip.title.empty() ? tr("Untitled") : shorten(display_line(clip.title), 40),
                          days_left_words(clip, now));
    }
  }
  context.print({{"clips", array}}, text.empty() ? std::string(tr("The trash is empty.")) + "\n" : text);
  return {};
}

// The library in whose trash it lies, if in any.
Result<OpenLibrary*> library_with_trashed(const std::vector<OpenLibrary*>& libraries, std::string& clip) {
  constexpr std::size_t kShortestPrefix = 4;
  OpenLibrary* found = nullptr;
  std::string id;
  for (OpenLibrary* library : libraries) {
    const auto clips = library->session->index().trash();
    if (!clips) return std::unexpected(clips.error());
    for (const DeletedClip& deleted : *clips) {
      if (!deleted.is_mine || clip.size() < kShortestPrefix || !deleted.id.starts_with(clip)) continue;
      if (found && deleted.id != id)
        return fail(ErrorCode::InvalidArgument, tr_format("several deleted clips begin with '{}'", clip));
      found = library;
      id = deleted.id;
    }
  }
  if (!found)
    return fail(ErrorCode::NotFound, tr_format("no clip '{}' is in your trash: see `meanwhile trash`", clip));
  clip = id;
  return found;
}

struct RestoreOptions {
  std::string clip;
  bool no_wait = false;
};

Result<void> run_restore(Context& context, const RestoreOptions& options) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  auto meant = parse_clip_reference(options.clip);
  if (!meant) return std::unexpected(meant.error());
  std::string clip = std::move(meant->clip);
  const auto library = library_with_trashed(*libraries, clip);
  if (!library) return std::unexpected(library.error());
  LibrarySession& session = *(*library)->session;
  const auto found = context
                         .ask<void>({*library},
                                    [clip](const OpenLibrary& in, std::stop_token stop) {
                                      return find_trashed_bytes(in.session->storage(), clip, std::move(stop));
                                    })
                         .front();
  if (!found && found.error().code == ErrorCode::NotFound) return found;
  const auto said = restore_clip(session, clip);
  if (!said) return std::unexpected(said.error());
  StoredReport report{.stored = false, .reason = tr("not waited for")};
  if (!options.no_wait) {
    auto waited = wait_until_stored(session, *said);
    if (!waited) return std::unexpected(waited.error());
    report = *waited;
  }
  Json document = {{"clip", clip}, {"stored", report.stored}, {"library", json_of_place(session)}};
  if (!report.stored) document["waiting"] = report.reason;
  context.print(document, tr_format("Restored {}", clip) + "\n");
  return {};
}

}  // namespace

void add_trash_commands(CLI::App& cli, Context& context) {
  run_on_parse(cli.add_subcommand("trash", tr("Lists your deleted clips, and how long they can be restored")),
               context, run_trash);
  auto* restore = cli.add_subcommand("restore", tr("Brings a deleted clip back, within 30 days"));
  auto options = make_options<RestoreOptions>();
  restore->add_option("clip", options->clip, tr("Its id, or the id's beginning"))->required();
  restore->add_flag("--no-wait", options->no_wait,
                    tr("Don't wait until it is stored; the next start sends it"));
  run_on_parse(restore, context, [options](Context& used) { return run_restore(used, *options); });
}

}  // namespace meanwhile
