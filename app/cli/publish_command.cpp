#include <expected>
#include <optional>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/libraries/library_session.h"
#include "app/library/reach.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take_extras.h"

namespace meanwhile {
namespace {

struct PublishOptions {
  std::string take;
  std::optional<std::string> title;
  std::optional<std::string> channel;
  bool in_the_morning = false;
  std::string corrects;
  std::optional<std::string> captions;
  bool no_wait = false;
};

// Who sees it when; said also where it isn't waited for.
Result<std::string> reach_of_library(LibrarySession& library, const PublishOptions& options,
                                     const std::string& zone) {
  const auto people = library.index().people();
  if (!people) return std::unexpected(people.error());
  const WallTime now = wall_now();
  const Delivery delivery = options.in_the_morning ? Delivery::InTheMorning : Delivery::Now;
  return reach_words(reach_of(*people, now, delivery), now, zone);
}

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
  std::string corrected;
  if (!options.corrects.empty()) {
    const auto found = find_clip(context, options.corrects, Fresh::First);
    if (!found) return std::unexpected(found.error());
    if (found->library->session.get() != *library)
      return fail(ErrorCode::InvalidArgument, tr("The update to be corrected is in another library."));
    corrected = found->clip.id;
  }
  if (options.captions) MEANWHILE_TRY(attach_captions(take->folder, *options.captions));
  MEANWHILE_TRY((*application)
                    ->publish(clip, {.title = options.title.value_or(take->title),
                                     .channel = options.channel.value_or(take->channel),
                                     .library = (*library)->id(),
                                     .corrects = corrected,
                                     .in_the_morning = options.in_the_morning}));
  // It is promised: what can't be looked up now is left unsaid.
  const auto reach = reach_of_library(**library, options, (*application)->time_zone()).value_or("");
  StoredReport report{.stored = false, .reason = tr("not waited for")};
  if (!options.no_wait) {
    auto waited = wait_until_stored(**library, clip);
    if (!waited) return std::unexpected(waited.error());
    report = *waited;
  }
  MEANWHILE_TRY((*application)->note_published());
  Json document = {{"clip", corrected.empty() ? clip : corrected},
                   {"library", (*library)->url()},
                   {"published", report.stored},
                   {"deliver", options.in_the_morning ? "morning" : "now"},
                   {"reach", reach}};
  if (!report.stored) document["waiting"] = report.reason;
  add_late_sender(document, **library);
  if (!corrected.empty()) {
    document["corrects"] = corrected;
    context.print(document, (report.stored ? tr_format("It takes the place of {} now.", corrected)
                                           : tr_format("It will take the place of {}.", corrected)) +
                                "\n");
    return {};
  }
  // TRANSLATORS: {0} is an update's id, {1} a library.
  std::string text = report.stored ? tr_format("Published {} in {}", clip, (*library)->description())
                                   : tr_format("Will be published: {}", clip);
  text += "\n";
  if (report.stored) text += late_words(**library);
  if (!reach.empty()) text += reach + "\n";
  context.print(document, text);
  return {};
}

}  // namespace

void add_publish_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("publish", tr("Publishes a draft in the first library, or in --library URL"));
  auto options = make_options<PublishOptions>();
  command->add_option("take", options->take, tr("Its id, as `meanwhile takes` shows it, or \"latest\""))
      ->required();
  auto* title = command->add_option("--title", options->title, tr("The clip's title"));
  auto* channel = command->add_option("--channel", options->channel, tr("The channel to publish in"));
  auto* morning =
      command->add_flag("--in-the-morning", options->in_the_morning,
                        tr("Deliver it to each person when their next working day begins, not at once"));
  command
      ->add_option("--corrects", options->corrects,
                   tr("It takes the place of that update of yours, whose link, title and comments stay"))
      ->excludes(title)
      ->excludes(channel)
      ->excludes(morning);
  command
      ->add_option("--captions", options->captions,
                   tr("A file with what is said (WebVTT or SRT), on the draft's timeline"))
      ->type_name("FILE");
  command->add_flag("--no-wait", options->no_wait,
                    tr("Don't wait until it is stored; the next start sends it"));
  run_on_parse(command, context, [options](Context& used) { return run_publish(used, *options); });
}

}  // namespace meanwhile
