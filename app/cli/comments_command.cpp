// comments, versions: what people said about a clip, to be taken elsewhere.
#include <fmt/format.h>

#include <cstddef>
#include <cstdio>
#include <expected>
#include <filesystem>
#include <string>
#include <system_error>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/usage.h"
#include "app/library/comment_export.h"
#include "app/library/markers.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

struct CommentsOptions {
  std::string clip;
  std::string format = "md";
  std::filesystem::path out;
  std::string rate = "30";
  std::filesystem::path media;
};

Result<std::string> exported(Context& context, const CommentsOptions& options, CommentFormat format) {
  const auto found = find_clip(context, options.clip, Fresh::First);
  if (!found) return std::unexpected(found.error());
  const auto rate = parse_frame_rate(options.rate);
  if (!rate) return fail(ErrorCode::InvalidArgument, tr_format("--fps is {}", tr(kFrameRates)));
  std::error_code error;
  const MarkerTimeline timeline{
      .rate = *rate,
      .media = options.media.empty() ? "" : std::filesystem::absolute(options.media, error).string()};
  return export_comments_of(found->library->session->index(), found->clip, format,
                            context.opened->time_zone(), timeline);
}

Result<void> run_comments(Context& context, const CommentsOptions& options) {
  const auto format = parse_comment_format(context.json ? "json" : options.format);
  if (!format)
    return fail(ErrorCode::InvalidArgument,
                tr("--format is md, csv, json, vtt, fcpxml, edl, otio or ffmetadata"));
  const auto text = exported(context, options, *format);
  if (!text) return std::unexpected(text.error());
  if (!options.out.empty()) return write_file_durably(options.out, as_byte_span(*text));
  std::fwrite(text->data(), 1, text->size(), stdout);
  return {};
}

Result<void> run_versions(Context& context, const std::string& reference) {
  const auto comment = find_comment(context, reference);
  if (!comment) return std::unexpected(comment.error());
  const auto versions = comment->library->session->index().versions(comment->id);
  if (!versions) return std::unexpected(versions.error());
  std::string text;
  for (std::size_t i = 0; i < versions->size(); ++i)
    text += fmt::format("{}. {}\n", i + 1, display_text((*versions)[i]));
  context.print({{"versions", *versions}}, text);
  return {};
}

}  // namespace

void add_comments_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "comments", tr("Writes a clip's comments for people, tables and players; with the chapters, as "
                     "markers for editing programs"));
  const auto options = make_options<CommentsOptions>();
  command->add_option("clip", options->clip, tr("The clip"))->required();
  command
      ->add_option("--format", options->format,
                   tr("md, csv, json or vtt; markers: fcpxml, edl, otio or ffmetadata"))
      ->type_name("FORMAT")
      ->check(such_as({"md", "csv", "json", "vtt", "fcpxml", "edl", "otio", "ffmetadata"}));
  command
      ->add_option("--fps", options->rate,
                   tr_format("For markers: the editor's frame rate, {}", tr(kFrameRates)))
      ->type_name("RATE")
      ->capture_default_str();
  command->add_option("--media", options->media, tr("In fcpxml and otio: the film that `export` wrote"))
      ->type_name("FILE");
  command->add_option("--out", options->out, tr("A file; without it standard output"))->type_name("FILE");
  run_on_parse(command, context, [options](Context& used) { return run_comments(used, *options); });

  auto* versions = cli.add_subcommand("versions", tr("Shows what a comment said before it was changed"));
  const auto comment = make_options<std::string>();
  versions->add_option("comment", *comment, tr("Its id"))->required();
  run_on_parse(versions, context, [comment](Context& used) { return run_versions(used, *comment); });
}

}  // namespace meanwhile
