// captions: what is said in a draft or update, written down here or taken from a file, given out in the usual
// forms.
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <expected>
#include <filesystem>
#include <stop_token>
#include <string>
#include <system_error>
#include <vector>

#include "app/application.h"
#include "app/cli/caption_parts.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/usage.h"
#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/sending/addition_sender.h"
#include "app/speech/caption_forms.h"
#include "app/speech/caption_target.h"
#include "app/speech/clip_transcriber.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"
#include "media/record/take_extras.h"
#include "media/speech/speech_engine.h"

namespace meanwhile {
namespace {

struct CaptionsOptions {
  std::string clip;
  std::string language;
  std::string engine;
  std::filesystem::path import;
  std::string form;  // to export in
  std::string by;
  std::string accept;
  bool force = false;
  bool remove = false;
  bool list = false;
  bool no_wait = false;
};

std::string preferred_language(const Context& context, const CaptionsOptions& options) {
  return options.language.empty() ? context.opened->settings().caption_language : options.language;
}

Result<CaptionTrack> track_to_show(const Context& context, const CaptionTarget& target,
                                   const CaptionsOptions& options, const std::stop_token& stop) {
  if (!options.by.empty()) return suggested_track(target, options.by, options.language, stop);
  const auto captions = captions_of(target, stop);
  if (!captions) return std::unexpected(captions.error());
  if (!captions->trouble.empty()) say_line(captions->trouble);
  const CaptionTrack* track = track_in(*captions, preferred_language(context, options));
  if (track == nullptr)
    return fail(ErrorCode::NotFound, tr("It has no captions yet: without --export they are made."));
  if (!options.language.empty() && track->language != options.language)
    say_line(track->language.empty()
                 ? tr_format("It has none in {}; these are in the language that is spoken", options.language)
                 : tr_format("It has none in {}; these are in {}", options.language, track->language));
  return *track;
}

Result<void> run_export(const Context& context, const CaptionTarget& target, const CaptionsOptions& options,
                        const std::stop_token& stop) {
  const auto form = parse_caption_form(options.form);
  if (!form)
    return fail(ErrorCode::InvalidArgument,
                tr_format("--export takes vtt, srt, txt or json, not '{}'", options.form));
  const auto track = track_to_show(context, target, options, stop);
  if (!track) return std::unexpected(track.error());
  const auto document = parse_json(captions_as(CaptionForm::Everything, *track));
  context.print(document.value_or(Json()), captions_as(*form, *track));
  return {};
}

// How it went, as far as others get it.
struct Given {
  bool is_stored = true;
  std::string reason;
};

// What was added is found by the search from now on.
void make_added_searchable(OpenLibrary& library, const std::string& id, const std::stop_token& stop) {
  LibrarySession& session = *library.session;
  session.index_own_events();
  const auto clip = session.index().clip(id);
  if (!clip) return;
  const auto captions = read_captions(*library.clips, *clip, stop);
  if (captions) make_searchable(session.index(), id, *captions);
}

Result<Given> give(const CaptionTarget& target, const CaptionTrack& track, bool waits,
                   const std::stop_token& stop) {
  const auto group = give_captions(target, track);
  if (!group) return std::unexpected(group.error());
  if (group->empty()) return Given{};
  if (!waits) return Given{.is_stored = false, .reason = tr("not waited for")};
  const auto report = wait_until_stored(*target.library->session, *group);
  if (!report) return std::unexpected(report.error());
  if (report->stored) make_added_searchable(*target.library, target.clip->id, stop);
  return Given{report->stored, report->reason};
}

std::size_t count_words(const CaptionTrack& track) {
  std::size_t count = 0;
  for (const VttCue& cue : track.cues) count += cue.words.size();
  return count;
}

// suggested_for: the update whose author they are suggested to; nullptr: they aren't.
std::string given_words(const CaptionTrack& track, const Clip* suggested_for) {
  const auto lines = track.cues.size();
  const std::string& language = track.language;
  if (!suggested_for && language.empty())
    return tr_count(lines, "{} line of captions.\n", "{} lines of captions.\n", lines);
  if (!suggested_for)
    // TRANSLATORS: {0} is a number, {1} a language's tag such as pt-BR.
    return tr_count(lines, "{0} line of captions in {1}.\n", "{0} lines of captions in {1}.\n", lines,
                    language);
  const std::string& author = suggested_for->author_name;
  if (language.empty())
    // TRANSLATORS: {0} is a number, {1} a person's name.
    return tr_count(lines, "{0} line of captions, suggested to {1}.\n",
                    "{0} lines of captions, suggested to {1}.\n", lines, author);
  // TRANSLATORS: {0} is a number, {1} a language's tag such as pt-BR, {2} a person's name.
  return tr_count(lines, "{0} line of captions in {1}, suggested to {2}.\n",
                  "{0} lines of captions in {1}, suggested to {2}.\n", lines, language, author);
}

Result<void> give_and_say(const Context& context, const CaptionTarget& target, const CaptionTrack& track,
                          const CaptionsOptions& options, const SpeechEngine* engine,
                          const std::stop_token& stop) {
  const auto given = give(target, track, !options.no_wait, stop);
  if (!given) return std::unexpected(given.error());
  const bool is_suggestion = target.clip && !target.clip->is_mine;
  Json document = {{"clip", target.opened.clip},    {"language", track.language},
                   {"captions", track.cues.size()}, {"words", count_words(track)},
                   {"suggestion", is_suggestion},   {"stored", given->is_stored}};
  if (engine != nullptr) document["engine"] = speech_engine_name(engine->kind);
  if (engine != nullptr) document["draft_quality"] = engine->is_draft;
  if (!given->reason.empty()) document["waiting"] = given->reason;
  std::string text = given_words(track, is_suggestion ? &*target.clip : nullptr);
  if (engine != nullptr && engine->is_draft)
    text +=
        tr("They are in draft quality: good to search, and to find a place again; look them over before "
           "others read them.\n");
  if (!given->is_stored)
    text += tr_format("They wait here until the library takes them: {}\n", given->reason);
  context.print(document, text);
  return {};
}

Result<void> run_import(const Context& context, const CaptionTarget& target, const CaptionsOptions& options,
                        const std::stop_token& stop) {
  auto track = captions_in_file(options.import);
  if (!track) return std::unexpected(track.error());
  if (!options.language.empty()) track->language = options.language;
  return give_and_say(context, target, *track, options, nullptr, stop);
}

Result<void> refuse_what_is_there(const CaptionTarget& target, const CaptionsOptions& options,
                                  const std::stop_token& stop) {
  const auto captions = captions_of(target, stop);
  if (!captions) return std::unexpected(captions.error());
  const bool is_there = std::ranges::any_of(captions->tracks, [&](const CaptionTrack& track) {
    return options.language.empty() || track.language == options.language;
  });
  if (!is_there || options.force) return {};
  return fail(ErrorCode::AlreadyExists,
              tr("It has captions already: --export txt shows them, --force makes others instead."));
}

Result<void> run_transcribe(const Context& context, const CaptionTarget& target,
                            const CaptionsOptions& options, const std::stop_token& stop) {
  MEANWHILE_TRY(refuse_what_is_there(target, options, stop));
  Application& application = *context.opened;
  const auto engine =
      choose_engine(engines_of(application.home(), application.settings()), options.engine, options.language);
  if (!engine) return std::unexpected(engine.error());
  const PercentLine percent(tr("writing down"));
  const auto track = transcribe_clip(
      target.opened,
      {.engine = *engine, .language = options.language, .folder = application.home().cache() / "speech"},
      [&](double done) { percent.show(done); }, stop);
  if (!track) return std::unexpected(track.error());
  return give_and_say(context, target, *track, options, &*engine, stop);
}

// Whether this person gave it captions in that language, which alone can be taken back.
bool has_own_captions(const CaptionTarget& target, const std::string& language) {
  if (!target.clip) return std::filesystem::exists(target.draft / kCaptionsFile);
  const std::string me = target.library->session->identity().person();
  return std::ranges::any_of(target.clip->additions, [&](const Addition& addition) {
    return addition.kind == AdditionKind::Captions && addition.language == language && addition.person == me;
  });
}

Result<void> run_remove(const Context& context, const CaptionTarget& target, const CaptionsOptions& options) {
  if (!has_own_captions(target, options.language))
    return fail(
        ErrorCode::NotFound,
        options.language.empty()
            ? tr("You gave it no captions without a language: --list shows what there is, --language says "
                 "which.")
            : tr_format("You gave it no captions in {}: --list shows what there is, --language says which.",
                        options.language));
  if (target.clip) {
    const auto said =
        take_back_addition(*target.library->session, *target.clip, AdditionKind::Captions, options.language);
    if (!said) return std::unexpected(said.error());
    if (!options.no_wait) {
      const auto report = wait_until_stored(*target.library->session, *said);
      if (!report) return std::unexpected(report.error());
    }
  } else {
    std::error_code error;
    std::filesystem::remove(target.draft / kCaptionsFile, error);
  }
  context.print({{"clip", target.opened.clip}, {"language", options.language}},
                tr("Those captions are gone. What the update was published with stays.\n"));
  return {};
}

Result<void> run_accept(const Context& context, const CaptionTarget& target, const CaptionsOptions& options,
                        const std::stop_token& stop) {
  if (!target.clip || !target.clip->is_mine)
    return fail(ErrorCode::PermissionDenied,
                tr("Only who made an update can accept what others suggest for it."));
  const auto track = suggested_track(target, options.accept, options.language, stop);
  if (!track) return std::unexpected(track.error());
  return give_and_say(context, target, *track, options, nullptr, stop);
}

Result<void> run_captions(Context& context, const CaptionsOptions& options) {
  const EndAtSignal end(context.last_call);
  if (options.clip.empty())
    return fail(
        ErrorCode::InvalidArgument,
        tr("captions needs a draft or update, \"engine\" or \"model\": see `meanwhile captions --help`"));
  if (!options.language.empty() && !is_language_tag(options.language))
    return fail(ErrorCode::InvalidArgument,
                tr_format("'{}' is no language's tag: write it like en, de or pt-BR", options.language));
  const auto target = find_caption_target(context, options.clip, end.token());
  if (!target) return std::unexpected(target.error());
  if (options.list) return list_captions(context, *target, end.token());
  if (options.remove) return run_remove(context, *target, options);
  if (!options.accept.empty()) return run_accept(context, *target, options, end.token());
  if (!options.form.empty()) return run_export(context, *target, options, end.token());
  if (!options.import.empty()) return run_import(context, *target, options, end.token());
  return run_transcribe(context, *target, options, end.token());
}

}  // namespace

void add_captions_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "captions",
      tr("Writes down what is said in a draft or update, on this machine; takes and gives out captions"));
  auto options = make_options<CaptionsOptions>();
  command->add_option("clip", options->clip, tr("The clip or draft, or \"latest\""));
  command->add_option("--language", options->language, tr("What is spoken, or which captions: en, de, pt-BR"))
      ->type_name("TAG");
  command->add_option("--engine", options->engine, tr("What hears the words: whisper or pocketsphinx"))
      ->type_name("NAME")
      ->check(such_as({"whisper", "pocketsphinx"}));
  command->add_option("--import", options->import, tr("Takes captions from a file (WebVTT or SRT) instead"))
      ->type_name("FILE");
  command->add_option("--export", options->form, tr("Prints the captions: vtt, srt, txt or json"))
      ->type_name("FORM")
      ->check(such_as({"vtt", "srt", "txt", "json"}));
  command->add_option("--by", options->by, tr("With --export: what this person suggests"))->type_name("NAME");
  command
      ->add_option("--accept", options->accept, tr("Takes what this person suggests for an update of yours"))
      ->type_name("NAME");
  command->add_flag("--force", options->force, tr("Makes captions although there are some"));
  command->add_flag("--remove", options->remove, tr("Takes back those that were added"));
  command->add_flag("--list", options->list, tr("Says which captions there are, and what others suggest"));
  command->add_flag("--no-wait", options->no_wait,
                    tr("Don't wait until they are stored; the next start sends them"));
  add_caption_engine_commands(*command, context);
  run_on_parse(command, context, [options](Context& used) { return run_captions(used, *options); });
}

}  // namespace meanwhile
