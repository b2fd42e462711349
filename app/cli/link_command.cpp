#include <expected>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/library/link.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

struct LinkOptions {
  std::string clip;
  std::string at;
};

Result<void> run_link(Context& context, const LinkOptions& options) {
  const auto found = find_clip(context, options.clip, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  ClipLink link{.library = found->library->session->id(), .clip = found->clip.id, .at = found->at};
  if (!options.at.empty()) {
    auto at = parse_moment(options.at);
    if (!at) return std::unexpected(at.error());
    link.at = *at;
  }
  context.print({{"link", to_text(link)}}, to_text(link) + "\n");
  return {};
}

}  // namespace

void add_link_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("link", tr("Prints a clip's link, to pass on to people of the same library"));
  auto options = make_options<LinkOptions>();
  command->add_option("clip", options->clip, tr("The clip"))->required();
  command->add_option("--at", options->at, tr("A moment in it"))->type_name("T");
  run_on_parse(command, context, [options](Context& used) { return run_link(used, *options); });
}

}  // namespace meanwhile
