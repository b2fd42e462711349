#include "app/cli/command_line.h"

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "media/base/translation.h"

namespace meanwhile {

void add_command_line(CLI::App& cli, Context& context) {
  cli.set_version_flag("--version", MEANWHILE_VERSION);
  cli.add_option("--home", context.options.home, tr("The folder of your settings, drafts, index and cache"))
      ->type_name("DIR");
  cli.add_option("--library", context.options.library,
                 tr("The library to use, instead of the configured one"))
      ->type_name("URL");
  cli.require_subcommand(0, 1);
  cli.fallthrough();
  add_all_commands(cli, context);
}

}  // namespace meanwhile
