// cuts: what could be cut out of a draft or update, from what was written down and from its silences.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <expected>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.h"
#include "app/cli/caption_parts.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/usage.h"
#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_pauses.h"
#include "app/fetching/clip_store.h"
#include "app/library/home.h"
#include "app/speech/caption_target.h"
#include "media/base/cue_words.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/offered_cuts.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

constexpr std::array<std::string_view, 3> kKindNames{
    // TRANSLATORS: What could be cut out: a pause.
    tr_later("silence"),
    // TRANSLATORS: What could be cut out: an "um".
    tr_later("filler"),
    // TRANSLATORS: What could be cut out: a sentence that was begun twice.
    tr_later("repeat")};

struct CutsOptions {
  std::string clip;
  std::string language;
  std::vector<std::string> kinds;  // empty: all
};

std::string_view cut_word(CutKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

// What it has captions of, but without the times of words, tells nothing.
struct Heard {
  CueWords words;
  std::string language;
};

Result<Heard> words_heard(const Context& context, const CaptionTarget& target, const CutsOptions& options,
                          const std::stop_token& stop) {
  const auto captions = captions_of(target, stop);
  if (!captions) return std::unexpected(captions.error());
  if (!captions->trouble.empty()) say_line(captions->trouble);
  const std::string& wanted =
      options.language.empty() ? context.opened->settings().caption_language : options.language;
  const CaptionTrack* track = track_in(*captions, wanted);
  return track ? Heard{words_of(track->cues), track->language} : Heard{};
}

bool is_within(const OpenedClip& opened, const OfferedCut& cut) {
  return !opened.kept || (cut.range.from >= opened.kept->from && cut.range.to <= opened.kept->to);
}

std::vector<TimeRange> pauses_of_target(const Context& context, const CaptionTarget& target,
                                        const std::stop_token& stop) {
  if (target.library) return read_pauses(*target.library->clips, target.opened, stop);
  const Home& home = context.opened->home();
  return read_pauses(ClipStore(home.takes(), nullptr, home.cache()), target.opened, stop);
}

Json json_of_cut(const OfferedCut& cut) {
  return {{"kind", cut_word(cut.kind)},
          {"from_us", cut.range.from.count()},
          {"to_us", cut.range.to.count()},
          {"words", cut.words}};
}

void print_cuts(const Context& context, const CaptionTarget& target, const Heard& heard,
                const std::vector<OfferedCut>& cuts) {
  Json document = {{"clip", target.opened.clip},
                   {"language", heard.language},
                   {"has_words", !heard.words.empty()},
                   {"cuts", Json::array()}};
  std::string text;
  MediaTime saved{};
  for (const OfferedCut& cut : cuts) {
    document["cuts"].push_back(json_of_cut(cut));
    saved += cut.range.to - cut.range.from;
    // TRANSLATORS: two moments, such as 1:23.5.
    const std::string range = tr_format("{} to {}", fmt::format("{:>9}", format_exact_moment(cut.range.from)),
                                        fmt::format("{:>9}", format_exact_moment(cut.range.to)));
    text += fmt::format("{}  {:<7}  {}\n", range, tr(cut_word(cut.kind).data()), cut.words);
  }
  document["saves_us"] = saved.count();
  text += cuts.empty() ? tr("Nothing to cut.\n")
                       // TRANSLATORS: {0} is a number, {1} a length such as 1:23.5.
                       : tr_count(cuts.size(), "{0} cut, which would save {1}. Nothing was changed.\n",
                                  "{0} cuts, which would save {1}. Nothing was changed.\n", cuts.size(),
                                  format_exact_moment(saved));
  if (heard.words.empty())
    text += tr_format(
        "It isn't known which words are said when, so only silences are listed: `meanwhile captions {}` "
        "writes them down.\n",
        target.opened.clip);
  context.print(document, text);
}

Result<void> run_cuts(Context& context, const CutsOptions& options) {
  const EndAtSignal end(context.last_call);
  const auto target = find_caption_target(context, options.clip, end.token());
  if (!target) return std::unexpected(target.error());
  const auto heard = words_heard(context, *target, options, end.token());
  if (!heard) return std::unexpected(heard.error());
  auto cuts = offered_cuts(heard->words, pauses_of_target(context, *target, end.token()), heard->language);
  const auto is_unwanted = [&](const OfferedCut& cut) {
    const bool is_meant =
        options.kinds.empty() || std::ranges::find(options.kinds, cut_word(cut.kind)) != options.kinds.end();
    return !is_meant || !is_within(target->opened, cut);
  };
  std::erase_if(cuts, is_unwanted);
  print_cuts(context, *target, *heard, cuts);
  return {};
}

}  // namespace

void add_cuts_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "cuts",
      tr("Lists what could be cut out: silences, fillers like \"um\", sentences that were begun twice"));
  auto options = make_options<CutsOptions>();
  command->add_option("clip", options->clip, tr("The clip or draft, or \"latest\""))->required();
  command->add_option("--kind", options->kinds, tr("Only these: silence, filler, repeat"))
      ->delimiter(',')
      ->type_name("KINDS")
      ->check(one_of({kKindNames.begin(), kKindNames.end()}));
  command
      ->add_option("--language", options->language, tr("From the captions in this language: en, de, pt-BR"))
      ->type_name("TAG");
  run_on_parse(command, context, [options](Context& used) { return run_cuts(used, *options); });
}

}  // namespace meanwhile
