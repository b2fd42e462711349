#include <fmt/format.h>
#include <fmt/ranges.h>

#include <expected>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "app/fetching/clip_captions.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr int kMostHits = 100;
constexpr int kMostLearnt = 50;  // of updates with captions that are new here

// For tr(), where it is for people.
const char* kind_of(const SearchHit& hit) {
  static constexpr const char* kKinds[] = {tr_later("title"), tr_later("person"), tr_later("comment"),
                                           tr_later("caption")};
  return kKinds[static_cast<int>(hit.kind)];
}

Json json_of(const SearchHit& hit, const LibrarySession& library) {
  return {{"kind", kind_of(hit)},
          {"clip", hit.clip},
          {"title", hit.title},
          {"comment", hit.comment},
          {"at_us", hit.at.count()},
          {"text", hit.text},
          {"author", hit.person_name},
          {"channel", hit.channel_name},
          {"library", json_of_place(library)}};
}

Result<void> run_search(Context& context, const std::vector<std::string>& words) {
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  Json array = Json::array();
  std::string text;
  for (OpenLibrary* library : *libraries) {
    learn_new_captions(library->session->index(), *library->clips, kMostLearnt, {});
    auto hits = library->session->index().search(fmt::format("{}", fmt::join(words, " ")), kMostHits);
    if (!hits) return std::unexpected(hits.error());
    if (libraries->size() > 1 && !hits->empty()) text += heading_of(*library->session);
    for (const SearchHit& hit : *hits) {
      array.push_back(json_of(hit, *library->session));
      text += fmt::format("{}  {:<7} {:>8}  {}\n", hit.clip, tr(kind_of(hit)), format_exact_moment(hit.at),
                          shorten(display_line(hit.text), 80));
    }
  }
  context.print({{"hits", array}}, text.empty() ? std::string(tr("Nothing found.")) + "\n" : text);
  return {};
}

}  // namespace

void add_search_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "search", tr("Finds words in titles, names, comments and captions, the newest first"));
  auto words = make_options<std::vector<std::string>>();
  command->add_option("words", *words, tr("All of them must be there"))->required();
  run_on_parse(command, context, [words](Context& used) { return run_search(used, *words); });
}

}  // namespace meanwhile
