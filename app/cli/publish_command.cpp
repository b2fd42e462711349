#include "app/cli/commands.h"
#include "media/record/take_extras.h"

namespace meanwhile {
namespace {

struct PublishOptions {
  std::string take;
  std::optional<std::string> title;
  std::optional<std::string> channel;
  std::optional<std::string> captions;
  bool no_wait = false;
};

Result<void> run_publish(Context& context, const PublishOptions& options) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  std::string clip = options.take;
  const auto unpublished = (*application)->unpublished_takes();
  if (clip == "latest" && !unpublished.empty()) clip = unpublished.back().clip;
  auto take = (*application)->take(clip);
  if (!take) return std::unexpected(take.error());
  // --library, or the first of the person's.
  auto library = context.library();
  if (!library) return std::unexpected(library.error());
  if (options.captions) MEANWHILE_TRY(attach_captions(take->folder, *options.captions));
  MEANWHILE_TRY((*application)
                    ->publish(clip, {.title = options.title.value_or(take->title),
                                     .channel = options.channel.value_or(take->channel),
                                     .library = (*library)->id()}));
  StoredReport report{.stored = false, .reason = "not waited for"};
  if (!options.no_wait) {
    auto waited = wait_until_stored(**library, clip);
    if (!waited) return std::unexpected(waited.error());
    report = *waited;
  }
  MEANWHILE_TRY((*application)->note_published());
  Json document = {{"clip", clip}, {"library", (*library)->url()}, {"published", report.stored}};
  if (!report.stored) document["waiting"] = report.reason;
  context.print(document, report.stored ? "Published " + clip + " in " + (*library)->description() + "\n"
                                        : "Will be published: " + clip + "\n");
  return {};
}

}  // namespace

void add_publish_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("publish", "Publishes a take in the first library, or in --library URL");
  auto options = make_options<PublishOptions>();
  command->add_option("take", options->take, "Its id, as `meanwhile takes` shows it, or \"latest\"")
      ->required();
  command->add_option("--title", options->title, "The clip's title");
  command->add_option("--channel", options->channel, "The channel to publish in");
  command->add_option("--captions", options->captions,
                      "A WebVTT file with what is said, on the take's timeline");
  command->add_flag("--no-wait", options->no_wait, "Don't wait until it is stored; the next start sends it");
  run_on_parse(command, context, [options](Context& used) { return run_publish(used, *options); });
}

}  // namespace meanwhile
