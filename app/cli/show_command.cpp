#include <fmt/format.h>

#include <expected>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "app/libraries/arrivals.h"
#include "app/libraries/find_clip.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/comment_json.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/library/time_words.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// The manifest's tracks; what the event said about them where the manifest can't be had now.
Json tracks_json(Context& context, const FoundClip& found) {
  Json tracks = Json::array();
  const Clip& clip = found.clip;
  const auto manifest = context
                            .ask<Manifest>({found.library},
                                           [clip](const OpenLibrary& library, std::stop_token stop) {
                                             return library.clips->manifest(clip, std::move(stop));
                                           })
                            .front();
  if (manifest) {
    for (const ManifestTrack& track : manifest->tracks) tracks.push_back(json_of(track));
    return tracks;
  }
  say_line(manifest.error().message);
  for (const PublishedTrack& track : clip.tracks) {
    tracks.push_back({{"name", track.name}, {"width", track.width}, {"height", track.height}});
  }
  return tracks;
}

std::string renamed_line(const std::optional<Renaming>& renaming) {
  if (!renaming) return "";
  return fmt::format(
      // TRANSLATORS: {0} is a person's name, {1} an update's title.
      "  {}\n", tr_format("Renamed by {}; its author calls it \"{}\"", display_line(renaming->person_name),
                          display_line(renaming->before)));
}

std::string description_lines(const Clip& clip, const std::string& zone) {
  std::string lines;
  if (clip.edited)
    // TRANSLATORS: {} is when: "3 min ago".
    lines = fmt::format("  {}\n", tr_format("Edited {}", time_words(*clip.edited, wall_now(), zone)));
  if (clip.description.empty()) return lines;
  lines += "\n  ";
  for (const char letter : display_text(clip.description)) {
    lines += letter;
    if (letter == '\n') lines += "  ";
  }
  return lines + "\n\n";
}

Result<void> run_show(Context& context, const std::string& reference) {
  const auto found = find_clip(context, reference, Fresh::First);
  if (!found) return std::unexpected(found.error());
  const Clip& clip = found->clip;
  LibrarySession& library = *found->library->session;
  auto threads = library.index().comments(clip.id);
  if (!threads) return std::unexpected(threads.error());
  auto reactions = library.index().reactions(clip.id);
  if (!reactions) return std::unexpected(reactions.error());
  Json document = json_of(clip, library);
  add_kept_marks(*found->library, clip, document);
  MEANWHILE_TRY(add_arrivals(library, clip, document));
  const auto arrivals = library.index().arrivals(clip.id);
  const std::string line = clip.is_mine && arrivals ? arrival_line(*arrivals) : "";
  document["comment_count"] = clip.comments;
  document["tracks"] = tracks_json(context, *found);
  document["comments"] = json_of(*threads);
  document["reactions"] = Json::array();
  for (const Reaction& reaction : *reactions) document["reactions"].push_back(json_of(reaction));
  const auto watchers = library.index().watchers(clip.id);
  if (!watchers) return std::unexpected(watchers.error());
  document["seen_by"] = Json::array();
  std::string seen;
  for (const Watcher& watcher : *watchers) {
    document["seen_by"].push_back(
        {{"person", watcher.id}, {"name", watcher.name}, {"watched_fraction", watcher.watched}});
    seen += (seen.empty() ? "" : ", ") + watched_words(watcher);
  }
  // TRANSLATORS: {} is names of people.
  if (!seen.empty()) seen = fmt::format("  {}\n", tr_format_in("people", "Seen by {}", seen));
  const auto renaming = library.index().renaming(clip.id);
  if (!renaming) return std::unexpected(renaming.error());
  if (*renaming)
    document["renamed"] = {
        {"by", (*renaming)->person}, {"name", (*renaming)->person_name}, {"before", (*renaming)->before}};
  const std::string zone = context.opened->time_zone();
  context.print(document, text_of(clip, zone) + renamed_line(*renaming) + description_lines(clip, zone) +
                              chapter_lines(clip.chapters) + (line.empty() ? "" : "  " + line + "\n") + seen +
                              text_of(*threads, zone));
  return {};
}

}  // namespace

void add_show_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("show", tr("Shows a clip with its tracks and comments"));
  auto clip = make_options<std::string>();
  command->add_option("clip", *clip, tr("Its id or the id's beginning, a link, or \"latest\""))->required();
  run_on_parse(command, context, [clip](Context& used) { return run_show(used, *clip); });
}

}  // namespace meanwhile
