// `meanwhile manual`, which the build runs: the manual page and the shells' completions, of the commands as
// they are.
#include <array>
#include <filesystem>
#include <string>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/manual/bash_completion.h"
#include "app/cli/manual/described.h"
#include "app/cli/manual/fish_completion.h"
#include "app/cli/manual/man_page.h"
#include "app/cli/manual/zsh_completion.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

struct ManualOptions {
  std::filesystem::path folder;
  std::string date;
};

Result<void> write_manual(const DescribedCommand& program, const ManualOptions& options) {
  MEANWHILE_TRY(make_folders(options.folder));
  const std::array<std::pair<const char*, std::string>, 4> files{
      {{"meanwhile.1", man_page(program, options.date)},
       {"meanwhile.bash", bash_completion(program)},
       {"_meanwhile", zsh_completion(program)},
       {"meanwhile.fish", fish_completion(program)}}};
  for (const auto& [name, text] : files)
    MEANWHILE_TRY(write_file_durably(options.folder / name, as_byte_span(text)));
  return {};
}

}  // namespace

void add_manual_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("manual", "Writes the manual page and the shells' completions")->group("");
  auto options = make_options<ManualOptions>();
  command->add_option("folder", options->folder, "Where to")->required();
  command->add_option("--date", options->date, "The version's, as 2026-12-01")->required();
  run_on_parse(command, context, [options, &cli](Context&) { return write_manual(describe(cli), *options); });
}

}  // namespace meanwhile
