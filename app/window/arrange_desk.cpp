#include "app/window/arrange_desk.h"

#include <cstddef>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/library_session.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/sending/clip_arranger.h"
#include "app/sending/clip_remover.h"
#include "app/ui/arrange_state.h"
#include "app/ui/play_tools.h"
#include "app/ui/state.h"
#include "media/base/arrangement.h"
#include "media/base/cue_words.h"
#include "media/base/offered_cuts.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/time_range.h"
#include "media/base/web_vtt.h"

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
  before_.clear();
  after_.clear();
  panel() = ArrangePanel{.clip = clip->id,
                         .duration = clip->recorded_duration,
                         .now = watch.arrangement ? *watch.arrangement : Arrangement{},
                         .others = join_choices(index, clip->id)};
  fill_offers();
}

// From what was written down of it, and where nothing is heard.
void ArrangeDesk::fill_offers() {
  const PlayTools& tools = desk_.state.watch.tools;
  const CueWords words = tools.captions ? words_of(*tools.captions) : CueWords{};
  const std::string language = tools.caption_language < tools.caption_languages.size()
                                   ? tools.caption_languages[tools.caption_language].tag
                                   : "";
  std::vector<OfferedCuts> offers = {{"Silences", {}}, {"Filler words", {}}, {"Repeated starts", {}}};
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
  calls_.show(arrangement);
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

void ArrangeDesk::save_arrangement() {
  if (!panel()) return;
  const auto library = desk_.application.library_of(panel()->clip);
  if (!library) return;
  const auto saved = [&]() -> Result<void> {
    LibrarySession& session = *(*library)->session;
    const auto clip = session.index().clip(panel()->clip);
    if (!clip) return std::unexpected(clip.error());
    const auto sign = arrange_clip(**library, *clip, panel()->now);
    if (!sign) return std::unexpected(sign.error());
    session.index_own_events();
    return {};
  }();
  if (!saved)
    return desk_.notices.show(NoticeKind::Failure, "The update could not be arranged", saved.error().message);
  const bool is_cut = !panel()->now.parts.empty();
  panel().reset();
  calls_.on_change();
  desk_.notices.show(NoticeKind::Success, "Everybody sees it like this from now on",
                     is_cut ? "What you cut is hidden, not gone: you can bring it back at any time." : "");
}

void ArrangeDesk::drop_arrangement() {
  if (!panel()) return;
  const bool is_changed = !before_.empty();
  panel().reset();
  if (is_changed) calls_.show_saved();
}

void ArrangeDesk::remove_for_good() {
  if (!panel()) return;
  const auto library = desk_.application.library_of(panel()->clip);
  const auto clip =
      library ? (*library)->session->index().clip(panel()->clip) : std::unexpected(library.error());
  if (!clip) return desk_.notices.show(NoticeKind::Failure, "It could not be removed", clip.error().message);
  panel().reset();
  calls_.on_change();
  desk_.notices.show(NoticeKind::Info, "It is being removed from the recording",
                     "You can go on; nothing changes until all of it is done.");
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
    return desk_.notices.show(NoticeKind::Failure, "It could not be removed", group.error().message);
  (*open)->session->index_own_events();
  calls_.on_change();
  desk_.notices.show(
      NoticeKind::Success, "It is taken out of the recording",
      "It leaves the library once this is uploaded. Whoever kept or exported the update before "
      "still has it.");
}

}  // namespace meanwhile
