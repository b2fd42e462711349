#include <unistd.h>

#include <cstdio>
#include <expected>
#include <filesystem>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/import/file_import.h"
#include "media/record/take.h"

namespace meanwhile {
namespace {

struct ImportCommandOptions {
  std::vector<std::filesystem::path> files;
  std::string title;
};

// On a terminal, in a line of its own that the next one replaces.
void show_progress(const std::string& name, int percent) {
  // TRANSLATORS: {} is a file's name; how far it is follows, as a percentage.
  std::fprintf(stderr, "\r%s %3d %% ", tr_format("importing {}", name).c_str(), percent);
}

Result<Take> import_one(const Application& application, const std::filesystem::path& file,
                        const std::string& title, const std::stop_token& stop) {
  const bool is_terminal = ::isatty(STDERR_FILENO) != 0;
  const std::string name = display_line(replace_invalid_utf8(file.filename().string()));
  int shown = -1;
  auto take = import_file(file, application.home().takes(),
                          {.title = title,
                           .on_progress =
                               [&](double progress) {
                                 const int percent = static_cast<int>(progress * 100);
                                 if (is_terminal && percent != std::exchange(shown, percent))
                                   show_progress(name, percent);
                               },
                           .stop = stop});
  if (is_terminal && shown >= 0) std::fputc('\n', stderr);
  return take;
}

// Those that can't be imported are said, and the others are there.
Result<void> run_import(Context& context, const ImportCommandOptions& options) {
  const EndAtSignal end(context.last_call);
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  Json takes = Json::array();
  Json failures = Json::array();
  std::string text;
  Result<void> outcome;
  for (const auto& file : options.files) {
    const auto take = import_one(**application, file, options.title, end.token());
    if (!take && take.error().is_control()) return std::unexpected(take.error());
    if (!take) {
      if (!outcome) say_line(outcome.error().message);
      outcome = std::unexpected(take.error());
      failures.push_back({{"file", file.string()}, {"error", take.error().message}});
      continue;
    }
    takes.push_back(json_of(*take));
    for (const std::string& warning : take->warnings) say_line(warning);
    // TRANSLATORS: {0} is its id, {1} its length, {2} its title.
    text += tr_format("Draft {0}  {1}  {2}\n", take->clip, format_moment(take->duration), take->title);
  }
  if (!takes.empty())
    text += tr("`meanwhile publish latest` publishes it; `meanwhile trim` cuts it before.\n");
  context.print({{"takes", takes}, {"failures", failures}}, text);
  return outcome;
}

}  // namespace

void add_import_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("import", tr("Makes drafts of video or sound files"));
  auto options = make_options<ImportCommandOptions>();
  command->add_option("files", options->files, tr("MP4, MKV, WebM, MOV, or whatever FFmpeg reads"))
      ->required()
      ->type_name("FILE");
  command->add_option("--title", options->title,
                      tr("The draft's title; the file's name if you don't say it"));
  run_on_parse(command, context, [options](Context& used) { return run_import(used, *options); });
}

}  // namespace meanwhile
