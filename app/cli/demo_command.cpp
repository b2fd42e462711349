#include <expected>
#include <filesystem>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/demo/demo.h"
#include "app/demo/slides.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

struct DemoCommandOptions {
  std::filesystem::path folder;
  std::string length;
};

Result<void> run(const Context& context, const DemoCommandOptions& options) {
  DemoOptions demo{.folder = options.folder};
  if (!options.length.empty()) {
    auto length = parse_duration(options.length);
    if (!length) return std::unexpected(length.error());
    demo.length = *length;
  }
  auto report = run_demo(demo);
  if (!report) return std::unexpected(report.error());
  context.print(
      {{"clip", report->clip},
       {"folder", report->folder.string()},
       {"library", report->library.string()},
       {"film", report->film.string()},
       {"screenshot", report->screenshot.string()},
       {"comment", report->comment}},
      // TRANSLATORS: The names of files and folders stand in a column.
      tr_format("\nEverything worked. Look at it:\n  film        {}\n  screenshot  {}\n  library     {}\n"
                "  homes       {}\n  logs        {}\n",
                report->film.string(), report->screenshot.string(), report->library.string(),
                (report->folder / "anna").string() + ", " + (report->folder / "ben").string(),
                (report->folder / "logs").string()));
  return {};
}

}  // namespace

void add_demo_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("demo", tr("Shows everything on a machine without screen, camera and microphone"));
  auto options = make_options<DemoCommandOptions>();
  command->add_option("--folder", options->folder, tr("Where everything goes; else a new temporary folder"))
      ->type_name("DIR");
  command->add_option("--for", options->length, tr("How long to record; 8s if not said"))
      ->type_name("DURATION");
  run_on_parse(command, context, [options](Context& used) { return run(used, *options); });

  // The demo's screen: a program of its own, so that it is recorded like any other.
  auto* slides = cli.add_subcommand("demo-slides")->group("");
  run_on_parse(slides, context, [](Context&) { return show_slides(); });
}

}  // namespace meanwhile
