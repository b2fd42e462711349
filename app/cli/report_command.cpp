// report: a text for whoever looks into a fault.
#include <expected>
#include <filesystem>
#include <string>
#include <system_error>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/report_text.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

Result<void> write_report(Context& context, const std::filesystem::path& file) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  (void)context.libraries();  // one that is away is told of
  const std::string text = report_text(**application);
  if (file.empty()) {
    context.print({{"report", text}}, text);
    return {};
  }
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, error)))
    return fail(ErrorCode::AlreadyExists,
                tr_format("{} is there already; choose another name", file.string()));
  MEANWHILE_TRY(write_file_durably(file, as_byte_span(text)));
  context.print(
      {{"file", file.string()}},
      tr_format("Written to {}. Read it before you give it to anybody: names, addresses and keys are "
                "taken out as far as they are known.",
                file.string()) +
          "\n");
  return {};
}

}  // namespace

void add_report_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "report",
      tr("Writes down versions, devices, how things stand and the log, without names and addresses"));
  auto file = make_options<std::filesystem::path>();
  command->add_option("file", *file, tr("Where to; else it is printed"))->type_name("FILE.txt");
  run_on_parse(command, context, [file](Context& given) { return write_report(given, *file); });
}

}  // namespace meanwhile
