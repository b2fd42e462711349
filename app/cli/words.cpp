#include "app/cli/words.h"

#include <algorithm>
#include <expected>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/libraries/find_clip.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {

WordCommand add_word(CLI::App& cli, const char* name, const char* help, const char* target,
                     const char* target_help) {
  WordCommand word{.command = cli.add_subcommand(name, help), .options = make_options<WordOptions>()};
  word.command->add_option(target, word.options->target, target_help)->required();
  word.command->add_flag("--no-wait", word.options->no_wait,
                         tr("Don't wait until it is stored; the next start sends it"));
  return word;
}

void add_moment(const WordCommand& word) {
  word.command->add_option("--at", word.options->at, tr("The moment: 83.5, 1:23.5; without it the link's"))
      ->type_name("T");
}

Result<void> say_word(Context& context, OpenLibrary& in, const EventBody& body, const WordOptions& options) {
  LibrarySession& library = *in.session;
  auto id = library.say(body);
  if (!id) return std::unexpected(id.error());
  StoredReport report{.stored = false, .reason = tr("not waited for")};
  if (!options.no_wait) {
    auto waited = wait_until_stored(library, *id);
    if (!waited) return std::unexpected(waited.error());
    report = *waited;
  }
  Json document = {{"id", to_text(*id)}, {"stored", report.stored}};
  if (!report.stored) document["waiting"] = report.reason;
  context.print(document, to_text(*id) + "\n");
  return {};
}

namespace {

// Joined parts of others lie behind its own end.
MediaTime end_of_timeline(const Clip& clip) {
  const bool is_open = clip.is_live || arrangement_in(clip.additions) != nullptr;
  return is_open ? MediaTime::max() : clip.recorded_duration;
}

}  // namespace

Result<MediaTime> moment_in(const Clip& clip, const std::string& text) {
  auto moment = parse_moment(text);
  if (moment && *moment > end_of_timeline(clip)) {
    return fail(ErrorCode::InvalidArgument, tr_format("{} is past the end of the clip, which is {} long",
                                                      text, format_exact_moment(clip.recorded_duration)));
  }
  return moment;
}

Result<MediaTime> moment_meant(const FoundClip& found, const std::string& at) {
  if (!at.empty()) return moment_in(found.clip, at);
  // Links round to tenths of a second.
  if (found.at) return std::min(*found.at, end_of_timeline(found.clip));
  return fail(ErrorCode::InvalidArgument,
              tr("say with --at where in the clip, or give a link with a moment"));
}

}  // namespace meanwhile
