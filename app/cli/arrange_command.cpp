// arrange: how an update is shown after it was recorded: cuts, what is joined to it, layouts, what is
// covered.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/find_clip.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/removals.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/sending/clip_arranger.h"
#include "app/sending/clip_remover.h"
#include "media/base/arrangement.h"
#include "media/base/arrangement_edits.h"
#include "media/base/byte_stream.h"
#include "media/base/edit_list.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/offered_zooms.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"
#include "media/play/pointer_track.h"
#include "media/record/take.h"
#include "media/record/take_arrangement.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestArrangement = 8u << 20;
constexpr MediaTime kUsualCard = std::chrono::seconds(3);

struct ArrangeOptions {
  std::string clip;
  std::filesystem::path file;
  std::vector<std::string> cut;
  std::vector<std::string> restore;
  std::vector<std::pair<std::string, std::string>> join;  // clip, moment
  std::string card;
  bool zoom_clicks = false;
  std::string poster;
  bool undo = false;
  bool remove_for_good = false;
  bool no_wait = false;

  [[nodiscard]] bool changes() const {
    return undo || !file.empty() || !cut.empty() || !restore.empty() || !join.empty() || !card.empty() ||
           zoom_clicks || !poster.empty();
  }
};

// "1:00..1:20", on the recorded timeline; either side may be left out.
Result<TimeRange> range_from(const std::string& text, MediaTime end) {
  const auto dots = text.find("..");
  if (dots == std::string::npos)
    return fail(ErrorCode::InvalidArgument, tr_format("'{}' is no range: write it like 1:00..1:20", text));
  const std::string first = text.substr(0, dots);
  const std::string second = text.substr(dots + 2);
  const auto from = first.empty() ? Result<MediaTime>(MediaTime{}) : parse_moment(first);
  if (!from) return std::unexpected(from.error());
  const auto to = second.empty() ? Result<MediaTime>(end) : parse_moment(second);
  if (!to) return std::unexpected(to.error());
  if (*to <= *from) return fail(ErrorCode::InvalidArgument, tr_format("'{}' ends before it begins", text));
  return TimeRange{*from, *to};
}

// Of a take, or of what is published; 0 x 0: it has none.
Size screen_of(const OpenedClip& opened) {
  for (const TrackReport& track : opened.tracks)
    if (track.kind == TrackKind::Screen) return {track.width, track.height};
  if (!opened.manifest) return {};
  for (const ManifestTrack& track : opened.manifest->tracks)
    if (track.name == track_name(TrackKind::Screen)) return {track.width, track.height};
  return {};
}

// library: in which what is joined must be; nullptr: any.
class Arranging {
 public:
  Arranging(Context& context, const ArrangeOptions& options, MediaTime duration, const OpenLibrary* library)
      : context_(context), options_(options), duration_(duration), library_(library) {}

  // open: what was recorded, for its clicks.
  Result<Arrangement> run(Result<std::optional<Arrangement>> before,
                          const std::function<Result<OpenedClip>()>& open) {
    // What can't be read can be replaced all the same.
    if (!before && !(options_.undo || !options_.file.empty())) return std::unexpected(before.error());
    if (before && *before) arrangement_ = std::move(**before);
    if (options_.undo) arrangement_ = {};
    MEANWHILE_TRY(take_file());
    MEANWHILE_TRY(take_ranges());
    MEANWHILE_TRY(take_joined());
    if (options_.zoom_clicks) MEANWHILE_TRY(take_clicks(open()));
    if (!options_.poster.empty()) MEANWHILE_TRY(take_poster());
    if (!options_.card.empty())
      MEANWHILE_TRY(take(with_card(arrangement_, duration_, options_.card, "", kUsualCard, first_moment())));
    return std::move(arrangement_);
  }

 private:
  Result<void> take(Result<Arrangement> next) {
    if (!next) return std::unexpected(next.error());
    arrangement_ = std::move(*next);
    return {};
  }

  [[nodiscard]] MediaTime first_moment() const { return shown_parts(arrangement_, duration_).front().from; }

  Result<void> take_file() {
    if (options_.file.empty()) return {};
    const auto bytes = read_file(options_.file, kLargestArrangement);
    if (!bytes) return std::unexpected(bytes.error());
    auto arrangement = parse_arrangement(as_text(*bytes));
    if (!arrangement) return fail(options_.file.string(), arrangement.error());
    return take(std::move(arrangement));
  }

  Result<void> take_ranges() {
    for (const std::string& text : options_.cut) {
      const auto range = range_from(text, duration_);
      if (!range) return std::unexpected(range.error());
      MEANWHILE_TRY(take(with_cut(arrangement_, duration_, *range)));
    }
    for (const std::string& text : options_.restore) {
      const auto range = range_from(text, duration_);
      if (!range) return std::unexpected(range.error());
      MEANWHILE_TRY(take(with_restored(arrangement_, duration_, *range)));
    }
    return {};
  }

  Result<void> take_joined() {
    for (const auto& [reference, moment] : options_.join) {
      const auto other = find_clip(context_, reference, Fresh::IfMissing);
      if (!other) return std::unexpected(other.error());
      if (library_ != nullptr && other->library != library_)
        return fail(ErrorCode::InvalidArgument, tr("Only updates of the same library can be joined."));
      const auto at = moment == "end" ? Result<MediaTime>(MediaTime::max()) : parse_moment(moment);
      if (!at) return std::unexpected(at.error());
      MEANWHILE_TRY(
          take(with_joined(arrangement_, duration_, other->clip.id, other->clip.recorded_duration, *at)));
    }
    return {};
  }

  Result<void> take_poster() {
    const auto at = parse_moment(options_.poster);
    if (!at) return std::unexpected(at.error());
    arrangement_.poster = *at;
    return check_arrangement(arrangement_, duration_);
  }

  Result<void> take_clicks(const Result<OpenedClip>& opened) {
    if (!opened) return std::unexpected(opened.error());
    const Size screen = screen_of(*opened);
    const PointerTrack* pointer = opened->media.pointer.get();
    const auto clicks = pointer && screen.width > 0 ? pointer->clicks(screen) : std::vector<PointerClick>{};
    const auto zooms = offered_zooms(clicks, arrangement_.zooms, duration_);
    if (zooms.empty())
      return fail(ErrorCode::InvalidArgument, tr("Nothing was clicked that isn't zoomed in on already."));
    Arrangement next = arrangement_;
    next.zooms.insert(next.zooms.end(), zooms.begin(), zooms.end());
    std::ranges::sort(next.zooms, {}, [](const ScreenZoom& zoom) { return zoom.range.from; });
    return take(std::move(next));
  }

  Context& context_;
  const ArrangeOptions& options_;
  const MediaTime duration_;
  const OpenLibrary* const library_;
  Arrangement arrangement_;
};

std::string counts_in(const Arrangement& arrangement) {
  std::string text;
  const auto layouts = arrangement.layouts.size();
  const auto zooms = arrangement.zooms.size();
  const auto covered = arrangement.covered.size();
  if (layouts > 0) text += tr_count(layouts, "{} layout by time.\n", "{} layouts by time.\n", layouts);
  if (zooms > 0) text += tr_count(zooms, "{} zoom.\n", "{} zooms.\n", zooms);
  if (covered > 0)
    text +=
        tr_count(covered, "{} covered area: hidden from those who watch, not removed from the library.\n",
                 "{} covered areas: hidden from those who watch, not removed from the library.\n", covered);
  return text;
}

std::string words_of(const Arrangement& arrangement, MediaTime duration) {
  if (arrangement.is_nothing()) return tr("It is shown as it was recorded.\n");
  const auto edits = edits_of(arrangement, duration);
  if (!edits) return edits.error().message + "\n";
  // TRANSLATORS: two lengths, such as 1:23.5.
  std::string text = tr_format("{} to watch; {} were recorded. Shown, in this order:\n",
                               format_exact_moment(edits->duration()), format_exact_moment(duration));
  for (const TimeRange& part : edits->parts()) {
    // TRANSLATORS: two moments, such as 1:23.5.
    text += "  " + tr_format("{} to {}", format_exact_moment(part.from), format_exact_moment(part.to)) + "\n";
  }
  for (const JoinedClip& joined : arrangement.joined) {
    // TRANSLATORS: {0} is a moment such as 1:23.5, {1} another update's id.
    text += tr_format("From {} on it is {}.\n", format_exact_moment(joined.place.from), joined.clip);
  }
  for (const TitleCard& card : arrangement.cards) {
    // TRANSLATORS: {0} is a moment such as 1:23.5, {1} the card's title.
    text += tr_format("At {} it is the card \"{}\".\n", format_exact_moment(card.place.from), card.title);
  }
  return text + counts_in(arrangement);
}

Result<std::string> send(OpenLibrary& open, const Clip& clip, const Arrangement& arrangement, bool waits) {
  LibrarySession& library = *open.session;
  const auto poster = make_poster(*open.clips, clip, arrangement, {});
  const auto sign = arrange_clip(open, clip, arrangement);
  if (!sign) return std::unexpected(sign.error());
  const auto given = poster ? give_poster(open, clip, *poster) : std::unexpected(poster.error());
  if (!given) say_line(tr_format("Its picture in lists stays as it was: {}", given.error().message));
  if (waits && given && !given->empty()) (void)wait_until_stored(library, *given);
  if (!waits || (sign->group.empty() && !sign->event)) return std::string();
  const auto report =
      sign->event ? wait_until_stored(library, *sign->event) : wait_until_stored(library, sign->group);
  if (!report) return std::unexpected(report.error());
  return report->stored ? std::string() : report->reason;
}

Result<std::string> remove(Context& context, const FoundClip& found, bool waits,
                           const std::stop_token& stop) {
  OpenLibrary& open = *found.library;
  auto prepared = prepare_removal(open, found.clip, context.opened->home().takes(), stop);
  if (!prepared) return std::unexpected(prepared.error());
  const auto group = commit_removal(open, std::move(*prepared));
  if (!group) return group;
  if (!waits) return std::string(tr("the next sync goes on with it"));
  const auto report = wait_until_stored(*open.session, *group);
  if (!report) return std::unexpected(report.error());
  if (!report->stored) return report->reason;
  open.session->index_own_events();
  const auto settled = settle_removals(open, open.session->index(), stop);
  if (!settled) return std::unexpected(settled.error());
  if (settled->is_all) return std::string();
  return settled->troubles.empty() ? tr("the next sync goes on with it") : settled->troubles.front();
}

Result<void> run_removal(Context& context, const FoundClip& found, const ArrangeOptions& options,
                         const std::stop_token& stop) {
  if (options.changes())
    return fail(ErrorCode::InvalidArgument,
                tr("Arrange the update first, then remove for good what it cuts."));
  const auto waiting = remove(context, found, !options.no_wait, stop);
  if (!waiting) return std::unexpected(waiting.error());
  if (!waiting->empty()) say_line(tr_format("Not gone everywhere yet: {}", *waiting));
  std::string words =
      tr("What was cut and covered is taken out of the recording, and can't be brought back.");
  if (waiting->empty()) words += std::string(" ") + tr("It is gone from the library.");
  words += std::string(" ") + tr("Whoever kept or exported the update before still has it.") + "\n";
  context.print({{"clip", found.clip.id}, {"removed", true}, {"settled", waiting->empty()}}, words);
  return {};
}

Result<void> print_arrangement(Context& context, const Arrangement& arrangement, MediaTime duration) {
  auto document = parse_json(to_text(arrangement));
  if (!document) return std::unexpected(document.error());
  context.print(*document, words_of(arrangement, duration));
  return {};
}

Result<void> arrange_published(Context& context, const FoundClip& found, const ArrangeOptions& options,
                               const std::stop_token& stop) {
  if (options.remove_for_good) return run_removal(context, found, options, stop);
  const MediaTime duration = found.clip.recorded_duration;
  const auto arrangement =
      Arranging(context, options, duration, found.library)
          .run(found.library->clips->arrangement(found.clip, {}), [&found] {
            return found.library->clips->open(found.clip, {}, PointerTime::Now, AsArranged::No);
          });
  if (!arrangement) return std::unexpected(arrangement.error());
  if (options.changes()) {
    const auto waiting = send(*found.library, found.clip, *arrangement, !options.no_wait);
    if (!waiting) return std::unexpected(waiting.error());
    if (!waiting->empty()) say_line(tr_format("Not sent yet: {}", *waiting));
  }
  return print_arrangement(context, *arrangement, duration);
}

Result<void> arrange_draft(Context& context, const Take& take, const ArrangeOptions& options) {
  if (options.remove_for_good)
    return fail(ErrorCode::InvalidArgument,
                tr("Nobody has a draft yet: trim it, or publish it and then remove for good what is cut."));
  const auto arrangement =
      Arranging(context, options, take.duration, nullptr).run(read_take_arrangement(take.folder), [&take] {
        return Result<OpenedClip>(open_tracks(take.clip, take.folder, take.tracks, take.duration));
      });
  if (!arrangement) return std::unexpected(arrangement.error());
  if (options.changes()) {
    (void)context.libraries();  // one of them may have it already
    MEANWHILE_TRY(context.opened->arrange(take.clip, *arrangement));
  }
  return print_arrangement(context, *arrangement, take.duration);
}

Result<void> run_arrange(Context& context, const ArrangeOptions& options) {
  // Before any thread of a library's place: one that doesn't know of it would end the program.
  const EndAtSignal end(context.last_call);
  const auto found = find_clip_or_take(context, options.clip, Fresh::First);
  if (!found) return std::unexpected(found.error());
  return found->take ? arrange_draft(context, *found->take, options)
                     : arrange_published(context, *found->clip, options, end.token());
}

}  // namespace

void add_arrange_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "arrange", tr("Shows how an update or draft is arranged, and cuts, joins and arranges it anew"));
  auto options = make_options<ArrangeOptions>();
  command->add_option("clip", options->clip, tr("The clip or draft"))->required();
  command->add_option("file", options->file, tr("An arrangement, as --json prints it"))
      ->type_name("FILE.json");
  command
      ->add_option("--cut", options->cut, tr("Cuts that part out: moments of the recording, as 1:00..1:20"))
      ->type_name("FROM..TO")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--restore", options->restore, tr("Shows again what is cut there"))
      ->type_name("FROM..TO")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command
      ->add_option("--join", options->join,
                   tr("Puts another update of yours in at that moment, or at the \"end\""))
      ->type_name("CLIP T");
  command->add_option("--card", options->card, tr("Begins with a card of that title"))->type_name("TITLE");
  command
      ->add_option("--poster", options->poster,
                   tr("Its picture in lists: the one at that moment of the recording"))
      ->type_name("T");
  command->add_flag("--zoom-clicks", options->zoom_clicks, tr("Zooms in gently where you clicked"));
  command->add_flag("--undo", options->undo, tr("Shows it as it was recorded"));
  command->add_flag("--remove-for-good", options->remove_for_good,
                    tr("Takes what is cut or covered out of the recording itself: it can't be brought back"));
  command->add_flag("--no-wait", options->no_wait,
                    tr("Don't wait until it is stored; the next start sends it"));
  run_on_parse(command, context, [options](Context& used) { return run_arrange(used, *options); });
}

}  // namespace meanwhile
