// chapters: where something new begins in a clip or take, and what it is called.

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/views.h"
#include "app/libraries/clip_change.h"
#include "app/libraries/find_clip.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "media/base/chapters.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take.h"

namespace meanwhile {
namespace {

struct ChaptersOptions {
  std::string clip;
  std::vector<std::pair<std::string, std::string>> add;  // moment, name
  std::vector<std::string> remove;
  bool add_slides = false;
  bool no_wait = false;

  bool changes() const { return !add.empty() || !remove.empty() || add_slides; }
};

Result<MediaTime> moment_within(const std::string& text, MediaTime duration) {
  auto moment = parse_moment(text);
  if (moment && *moment >= duration)
    return fail(ErrorCode::InvalidArgument,
                tr_format("{} is past the end, which is at {}", text, format_exact_moment(duration)));
  return moment;
}

Result<Chapters> changed(Chapters chapters, const ChaptersOptions& options, MediaTime duration) {
  for (const std::string& text : options.remove) {
    const auto at = parse_moment(text);
    if (!at) return std::unexpected(at.error());
    auto fewer = without_chapter(std::move(chapters), *at);
    if (!fewer) return fewer;
    chapters = std::move(*fewer);
  }
  for (const auto& [text, name] : options.add) {
    const auto at = moment_within(text, duration);
    if (!at) return std::unexpected(at.error());
    auto more = with_chapter(std::move(chapters), *at, name);
    if (!more) return more;
    chapters = std::move(*more);
  }
  return chapters;
}

void print_chapters(const Context& context, const std::string& clip, const Chapters& chapters,
                    const std::vector<MediaTime>& slides) {
  Json document = {{"clip", clip}, {"chapters", json_of(chapters)}, {"slides_us", Json::array()}};
  std::string text = chapters.empty() ? tr("No chapters.\n") : chapter_lines(chapters);
  if (!slides.empty()) text += tr("Slide changes, which --slides adds:\n");
  for (const MediaTime at : slides) {
    document["slides_us"].push_back(at.count());
    text += "  " + format_exact_moment(at) + "\n";
  }
  context.print(document, text);
}

Result<void> run_on_take(Context& context, const Take& take, const ChaptersOptions& options) {
  auto chapters = changed(take.chapters, options, take.duration);
  if (chapters && options.add_slides) {
    for (const MediaTime at : free_slides(take.slides, *chapters)) {
      if (auto more = with_chapter(*chapters, at, "")) chapters = std::move(*more);
    }
  }
  if (!chapters) return std::unexpected(chapters.error());
  if (options.changes()) {
    (void)context.libraries();  // one of them may have it already
    const auto written = context.opened->set_chapters(take.clip, *chapters);
    if (!written) return std::unexpected(written.error());
  }
  print_chapters(context, take.clip, *chapters, free_slides(take.slides, *chapters));
  return {};
}

Result<void> run_on_clip(Context& context, const FoundClip& found, const ChaptersOptions& options) {
  const Clip& clip = found.clip;
  if (options.add_slides)
    return fail(ErrorCode::InvalidArgument,
                tr("--slides is for drafts; in what is published, say --add with the moments"));
  const auto chapters = changed(clip.chapters, options, clip.recorded_duration);
  if (!chapters) return std::unexpected(chapters.error());
  if (options.changes()) {
    LibrarySession& library = *found.library->session;
    const auto event = changed_clip(library, clip, {.chapters = *chapters});
    if (!event) return std::unexpected(event.error());
    const auto id = library.say(*event);
    if (!id) return std::unexpected(id.error());
    if (!options.no_wait) {
      const auto report = wait_until_stored(library, *id);
      if (!report) return std::unexpected(report.error());
      if (!report->stored) say_line(tr_format("Not sent yet: {}", report->reason));
    }
  }
  print_chapters(context, clip.id, *chapters, {});
  return {};
}

Result<void> run_chapters(Context& context, const ChaptersOptions& options) {
  const auto found = find_clip_or_take(context, options.clip, Fresh::IfMissing);
  if (!found) return std::unexpected(found.error());
  return found->take ? run_on_take(context, *found->take, options)
                     : run_on_clip(context, *found->clip, options);
}

}  // namespace

void add_chapters_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("chapters", tr("Shows the chapters of a clip or draft, and changes them"));
  auto options = make_options<ChaptersOptions>();
  command->add_option("clip", options->clip, tr("The clip or draft"))->required();
  command
      ->add_option("--add", options->add, tr("Begins a chapter there, or gives the one there another name"))
      ->type_name("T NAME");
  command->add_option("--remove", options->remove, tr("Removes the chapter that begins there"))
      ->type_name("T")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_flag("--slides", options->add_slides,
                    tr("Of a draft: begins a chapter wherever the screen changed for good"));
  command->add_flag("--no-wait", options->no_wait,
                    tr("Don't wait until it is stored; the next start sends it"));
  run_on_parse(command, context, [options](Context& used) { return run_chapters(used, *options); });
}

}  // namespace meanwhile
