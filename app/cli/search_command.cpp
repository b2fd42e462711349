#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/library/text.h"

namespace meanwhile {
namespace {

constexpr int kMostHits = 100;

Result<void> run_search(Context& context, const std::vector<std::string>& words) {
  auto library = context.library();
  if (!library) return std::unexpected(library.error());
  sync_if_possible(**library);
  auto hits = (*library)->index().search(fmt::format("{}", fmt::join(words, " ")), kMostHits);
  if (!hits) return std::unexpected(hits.error());
  static constexpr const char* kKinds[] = {"title", "person", "comment"};
  Json array = Json::array();
  std::string text;
  for (const SearchHit& hit : *hits) {
    const char* kind = kKinds[static_cast<int>(hit.kind)];
    array.push_back({{"kind", kind},
                     {"clip", hit.clip},
                     {"title", hit.title},
                     {"comment", hit.comment},
                     {"at_us", hit.at.count()},
                     {"text", hit.text}});
    text += fmt::format("{}  {:<7} {:>8}  {}\n", hit.clip, kind, format_exact_moment(hit.at),
                        shorten(display_line(hit.text), 80));
  }
  context.print({{"hits", array}}, text.empty() ? "Nothing found.\n" : text);
  return {};
}

}  // namespace

void add_search_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("search", "Finds words in titles, names and comments");
  auto words = make_options<std::vector<std::string>>();
  command->add_option("words", *words, "All of them must be there")->required();
  run_on_parse(command, context, [words](Context& used) { return run_search(used, *words); });
}

}  // namespace meanwhile
