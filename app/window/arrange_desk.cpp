#include "app/window/arrange_desk.h"

#include <cstddef>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/unsaved_arrangements.h"
#include "app/sending/clip_arranger.h"
#include "app/sending/clip_remover.h"
#include "app/ui/arrange_state.h"
#include "app/ui/arrange_steps.h"
#include "app/ui/play_tools.h"
#include "app/ui/state.h"
#include "app/ui/trim_points.h"
#include "app/window/desk.h"
#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/cue_words.h"
#include "media/base/offered_cuts.h"
#include "media/base/offered_zooms.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"
#include "media/base/trim.h"
#include "media/base/web_vtt.h"
#include "media/record/take_arrangement.h"

namespace meanwhile {
namespace {

// More than anybody looks through in a menu.
constexpr int kMostJoinChoices = 30;

std::vector<JoinChoice> join_choices(Index& index, const std::string& clip) {
  std::vector<JoinChoice> choices;
  const auto own =
      index.clips({.filter = ClipFilter::Mine, .order = ClipOrder::NewestFirst, .limit = kMostJoinChoices});
  if (!own) return choices;
  for (const Clip& other : *own) {
    if (other.id != clip && !other.is_live)
      choices.push_back({other.id, display_line(title_or_untitled(other.title)), other.recorded_duration});
  }
  return choices;
}

}  // namespace

ArrangeDesk::ArrangeDesk(Desk& desk, Calls calls)
    : desk_(desk), calls_(std::move(calls)), unsaved_(desk.application.home().data() / "arranging") {}

void ArrangeDesk::begin_arranging() {
  WatchState& watch = desk_.state.watch;
  const auto library = desk_.application.library_of(watch.clip.id);
  if (!library) return;
  Index& index = (*library)->session->index();
  const auto clip = index.clip(watch.clip.id);
  // Only the last version is arranged.
  if (!clip || !clip->is_mine || watch.version != clip->version) return;
  watch.share.reset();
  watch.export_form.reset();
  watch.clip_edit.reset();
  open_panel({.clip = clip->id,
              .duration = clip->recorded_duration,
              .kept = {MediaTime{}, clip->recorded_duration},
              .now = watch.arrangement ? *watch.arrangement : Arrangement{},
              .others = join_choices(index, clip->id)});
}

void ArrangeDesk::begin_arranging_draft(const std::string& id) {
  const auto take = desk_.application.take(id);
  if (!take) return;
  const KeptRange kept = range_of(desk_.state.publish.review.trim, take->duration);
  // One that can't be read is replaced; its page has said so.
  const auto arranged = read_take_arrangement(take->folder).value_or(std::nullopt);
  ArrangePanel fresh{.clip = id,
                     .duration = take->duration,
                     .is_draft = true,
                     .kept = kept,
                     .now = arranged.value_or(Arrangement{})};
  if (const auto library = desk_.application.find_library(desk_.state.publish.library))
    fresh.others = join_choices((*library)->session->index(), id);
  if (calls_.open_draft(id, as_shown(fresh))) open_panel(std::move(fresh));
}

// What was left unsaved is there again.
void ArrangeDesk::open_panel(ArrangePanel fresh) {
  before_.clear();
  after_.clear();
  const std::string clip = fresh.clip;
  panel() = std::move(fresh);
  fill_offers();
  fill_offered_zooms();
  desk_.in_background(
      alive_, [store = unsaved_, clip](const std::stop_token&) { return store.load(clip); },
      [this, clip](const std::optional<Arrangement>& unsaved) {
        if (unsaved) bring_back(clip, *unsaved);
      });
}

void ArrangeDesk::bring_back(const std::string& clip, const Arrangement& unsaved) {
  if (!panel() || panel()->clip != clip || !before_.empty() || unsaved == panel()->now) return;
  if (!check_arrangement(unsaved, panel()->duration)) return;  // of another version
  before_.push_back(panel()->now);
  show(unsaved);
  desk_.notices.show(NoticeKind::Info, tr("Your unsaved changes are back"),
                     tr("Save them, or press Cancel to discard them."));
}

// It is there again, whatever happens to the window.
void ArrangeDesk::keep() {
  desk_.in_background(
      alive_,
      [store = unsaved_, clip = panel()->clip, now = panel()->now](const std::stop_token&) {
        return store.save(clip, now);
      },
      [this](const Result<void>& kept) {
        if (!kept)
          desk_.notices.show(NoticeKind::Warning, tr("Your changes can't be kept until you save them"),
                             kept.error().message);
      });
}

void ArrangeDesk::forget_kept() {
  desk_.in_background(
      alive_, [store = unsaved_, clip = panel()->clip](const std::stop_token&) { return store.remove(clip); },
      [](const Result<void>&) {});
}

void ArrangeDesk::update() {
  if (!panel()) return;
  const PlayTools& tools = desk_.state.watch.tools;
  const auto pointer = calls_.pointer ? calls_.pointer() : nullptr;
  if (tools.pauses != pauses_ || tools.captions != captions_) fill_offers();
  if (pointer != pointer_) fill_offered_zooms();
}

// Where the pointer's buttons went down, as shares of the screen.
void ArrangeDesk::fill_offered_zooms() {
  pointer_ = calls_.pointer ? calls_.pointer() : nullptr;
  panel()->offered_zooms.clear();
  const PicturePtr& screen = desk_.state.watch.screen;
  if (!pointer_ || !screen) return pointer_.reset();  // with its first picture
  panel()->offered_zooms =
      offered_zooms(pointer_->clicks({screen->width, screen->height}), panel()->now.zooms, panel()->duration);
}

// From what was written down of it, and where nothing is heard.
void ArrangeDesk::fill_offers() {
  const PlayTools& tools = desk_.state.watch.tools;
  pauses_ = tools.pauses;
  captions_ = tools.captions;
  const CueWords words = tools.captions ? words_of(*tools.captions) : CueWords{};
  const std::string language = tools.caption_language < tools.caption_languages.size()
                                   ? tools.caption_languages[tools.caption_language].tag
                                   : "";
  std::vector<OfferedCuts> offers = {
      {tr_later("Silences"), {}}, {tr_later("Filler words"), {}}, {tr_later("Repeated starts"), {}}};
  for (const OfferedCut& cut :
       offered_cuts(words, tools.pauses ? *tools.pauses : std::vector<TimeRange>{}, language))
    offers[static_cast<std::size_t>(cut.kind)].ranges.push_back(cut.range);
  std::erase_if(offers, [](const OfferedCuts& offer) { return offer.ranges.empty(); });
  panel()->offered = std::move(offers);
}

void ArrangeDesk::show(const Arrangement& arrangement) {
  panel()->now = arrangement;
  panel()->can_undo = !before_.empty();
  panel()->can_redo = !after_.empty();
  fill_offered_zooms();
  keep();
  calls_.show(as_shown(*panel()));
}

void ArrangeDesk::arrange(const Result<Arrangement>& arrangement) {
  if (!panel()) return;
  if (!arrangement) return desk_.notices.show(NoticeKind::Info, arrangement.error().message);
  if (*arrangement == panel()->now) return;
  before_.push_back(panel()->now);
  after_.clear();
  show(*arrangement);
}

void ArrangeDesk::undo_arranging() {
  if (!panel() || before_.empty()) return;
  after_.push_back(panel()->now);
  const Arrangement last = std::move(before_.back());
  before_.pop_back();
  show(last);
}

void ArrangeDesk::redo_arranging() {
  if (!panel() || after_.empty()) return;
  before_.push_back(panel()->now);
  const Arrangement next = std::move(after_.back());
  after_.pop_back();
  show(next);
}

void ArrangeDesk::choose_part(std::optional<TimeRange> part) {
  if (panel()) panel()->chosen = part;
}

void ArrangeDesk::type_card(const std::string& title) {
  if (panel()) panel()->card = title;
}

Result<void> ArrangeDesk::save() {
  if (panel()->is_draft) return desk_.application.arrange(panel()->clip, panel()->now);
  const auto library = desk_.application.library_of(panel()->clip);
  if (!library) return std::unexpected(library.error());
  LibrarySession& session = *(*library)->session;
  const auto clip = session.index().clip(panel()->clip);
  if (!clip) return std::unexpected(clip.error());
  const auto sign = arrange_clip(**library, *clip, panel()->now);
  if (!sign) return std::unexpected(sign.error());
  session.index_own_events();
  renew_poster(**library, *clip);
  return {};
}

// It follows the rest as soon as it is made.
void ArrangeDesk::renew_poster(OpenLibrary& library, const Clip& clip) {
  desk_.at_place(
      {"watching", library.clips.get()}, alive_,
      [store = library.clips, clip, now = panel()->now](const std::stop_token& stop) {
        return make_poster(*store, clip, now, stop);
      },
      [this, clip](Result<Bytes> poster) {
        const auto open = desk_.application.library_of(clip.id);
        if (!open) return;
        const auto given =
            poster ? give_poster(**open, clip, std::move(*poster)) : std::unexpected(poster.error());
        if (!given)
          return desk_.notices.show(NoticeKind::Warning, tr("Its picture in lists stays as it was"),
                                    given.error().message);
        (*open)->session->index_own_events();
        calls_.on_change();
      });
}

// Back where it was begun.
void ArrangeDesk::close_panel() {
  forget_kept();
  const ArrangePanel closed = *std::exchange(panel(), std::nullopt);
  if (closed.is_draft) calls_.close_draft(closed.clip);
}

void ArrangeDesk::save_arrangement() {
  if (!panel()) return;
  if (const auto saved = save(); !saved)
    return desk_.notices.show(NoticeKind::Failure, tr("What you changed could not be saved"),
                              saved.error().message);
  const bool is_cut = !panel()->now.parts.empty();
  const bool is_draft = panel()->is_draft;
  close_panel();
  if (is_draft) return;
  calls_.on_change();
  desk_.notices.show(
      NoticeKind::Success, tr("Everybody sees it like this from now on"),
      is_cut ? tr("What you cut is hidden, not gone: you can bring it back at any time.") : "");
}

void ArrangeDesk::drop_arrangement() {
  if (!panel()) return;
  const bool is_shown_otherwise = !before_.empty() && !panel()->is_draft;
  close_panel();
  if (is_shown_otherwise) calls_.show_saved();
}

void ArrangeDesk::remove_for_good() {
  if (!panel()) return;
  const auto library = desk_.application.library_of(panel()->clip);
  const auto clip =
      library ? (*library)->session->index().clip(panel()->clip) : std::unexpected(library.error());
  if (!clip)
    return desk_.notices.show(NoticeKind::Failure, tr("It could not be removed"), clip.error().message);
  panel().reset();
  calls_.on_change();
  desk_.notices.show(NoticeKind::Info, tr("It is being removed from the recording"),
                     tr("You can go on; nothing changes until all of it is done."));
  desk_.in_background(
      alive_,
      [open = *library, clip = *clip, takes = desk_.application.home().takes()](const std::stop_token& stop) {
        return prepare_removal(*open, clip, takes, stop);
      },
      [this, id = clip->id](Result<PreparedRemoval> prepared) { finish_removal(id, std::move(prepared)); });
}

void ArrangeDesk::finish_removal(const std::string& clip, Result<PreparedRemoval> prepared) {
  const auto open = desk_.application.library_of(clip);
  const auto group = [&]() -> Result<std::string> {
    if (!prepared) return std::unexpected(prepared.error());
    if (!open) return std::unexpected(open.error());
    return commit_removal(**open, std::move(*prepared));
  }();
  if (!group)
    return desk_.notices.show(NoticeKind::Failure, tr("It could not be removed"), group.error().message);
  (*open)->session->index_own_events();
  calls_.on_change();
  desk_.notices.show(
      NoticeKind::Success, tr("It is taken out of the recording"),
      tr("It leaves the library once this is uploaded. Whoever kept or exported the update before "
         "still has it."));
}

}  // namespace meanwhile
