// export-library: everything that is in the libraries, as plain files.
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/format.h"
#include "app/moving/library_export.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

struct ExportLibraryOptions {
  std::filesystem::path folder;
};

Json json_of(const ExportedClip& clip) {
  Json json = {{"clip", clip.clip.id},
               {"folder", clip.folder.generic_string()},
               {"written_bytes", clip.written_bytes},
               {"present_bytes", clip.present_bytes}};
  if (clip.failure) json["failure"] = clip.failure->message;
  return json;
}

Result<int> export_one(Context& context, OpenLibrary& library, const std::filesystem::path& folder,
                       Json& array, std::string& text) {
  LibrarySession& session = *library.session;
  const auto contents = contents_of(session);
  if (!contents) return std::unexpected(contents.error());
  LibraryExportOptions options;
  options.zone = context.opened->time_zone();
  options.on_clip = [](const ExportedClip& clip) {
    // TRANSLATORS: {0} is an update's id, {1} why.
    if (clip.failure) say_line(tr_format("{0} was not exported: {1}", clip.clip.id, clip.failure->message));
  };
  const auto done = export_library(*contents, *library.clips, session.storage(), folder, options, {});
  if (!done) return fail(tr_format("exporting {}", session.url()), done.error());
  Json clips = Json::array();
  std::uint64_t written = 0;
  int failed = 0;
  for (const ExportedClip& clip : done->clips) {
    clips.push_back(json_of(clip));
    written += clip.written_bytes;
    failed += clip.failure ? 1 : 0;
  }
  const std::size_t all = done->clips.size();
  const std::size_t whole = all - static_cast<std::size_t>(failed);
  // TRANSLATORS: {0} of all {1} clips were exported; {2} is a size such as 12 MB.
  const std::string counts = tr_count(all, "{0} of {1} clips, {2} written", "{0} of {1} clips, {2} written",
                                      whole, all, format_size(written));
  text += fmt::format("{}  {}\n", done->folder.string(), counts);
  array.push_back({{"library", json_of_place(session)},
                   {"folder", done->folder.string()},
                   {"clips", clips},
                   {"written_bytes", written},
                   {"failed", failed}});
  return failed;
}

Result<void> run_export_library(Context& context, const ExportLibraryOptions& options) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  context.sync_if_possible(*libraries);
  Json array = Json::array();
  std::string text;
  int failed = 0;
  for (OpenLibrary* library : *libraries) {
    const auto failures = export_one(context, *library, options.folder, array, text);
    if (!failures) return std::unexpected(failures.error());
    failed += *failures;
  }
  context.print({{"libraries", array}}, text);
  if (failed > 0)
    return fail(ErrorCode::Io,
                tr_count(static_cast<std::uint64_t>(failed),
                         "{} clip could not be exported whole; the same command tries it again",
                         "{} clips could not be exported whole; the same command tries them again", failed));
  return {};
}

}  // namespace

void add_export_library_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("export-library", tr("Writes all clips and comments as plain files"));
  auto options = make_options<ExportLibraryOptions>();
  command->add_option("folder", options->folder, tr("Where to; what is there already is passed over"))
      ->required()
      ->type_name("DIR");
  run_on_parse(command, context, [options](Context& used) { return run_export_library(used, *options); });
}

}  // namespace meanwhile
