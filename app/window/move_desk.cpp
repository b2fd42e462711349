#include "app/window/move_desk.h"

#include <expected>
#include <stop_token>
#include <string>
#include <utility>

#include "app/moving/clip_move.h"
#include "app/moving/move_cargo.h"
#include "app/ui/state.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr const char* kPurpose = "moves";  // fetching a whole clip must not keep others waiting

}  // namespace

std::string MoveDesk::name_of(const std::string& library) const {
  const auto found = desk_.application.find_library(library);
  // TRANSLATORS: Stands for a library's name: "An update isn't moved to {} yet".
  return found ? (*found)->session->name() : tr("the other library");
}

void MoveDesk::begin(const std::string& clip, const std::string& library) {
  const auto from = desk_.application.library_of(clip);
  const auto to = desk_.application.find_library(library);
  const auto shown = from ? (*from)->session->index().clip(clip) : std::unexpected(from.error());
  const auto move = !shown ? Result<ClipMove>(std::unexpected(shown.error()))
                    : !to  ? Result<ClipMove>(std::unexpected(to.error()))
                           : begin_move(desk_.application.home(), *shown, **from, **to);
  if (!move) {
    desk_.notices.show(NoticeKind::Failure, tr("The update can't be moved"), move.error().message);
    return;
  }
  failed_.erase(clip);
  desk_.notices.show(NoticeKind::Info, tr_format("Moving to {}", (*to)->session->name()),
                     tr("It stays where it is until all of it is there."));
  take_step(*move);
}

void MoveDesk::go_on() {
  for (const ClipMove& move : moves_under_way(desk_.application.home())) {
    if (!failed_.contains(move.clip)) take_step(move);
  }
}

void MoveDesk::try_again() {
  failed_.clear();
  go_on();
}

void MoveDesk::take_step(const ClipMove& move) {
  if (busy_.contains(move.clip)) return;
  const auto step = next_step(desk_.application, move);
  if (!step) return note_failure(move, step.error());
  if (*step == MoveStep::Gather) gather(move);
  if (*step == MoveStep::Finish) finish(move);
}

void MoveDesk::gather(const ClipMove& move) {
  const auto clip = clip_to_gather(desk_.application, move);
  if (!clip) return note_failure(move, clip.error());
  const auto from = desk_.application.find_library(move.from);
  if (!from) return note_failure(move, from.error());
  busy_.insert(move.clip);
  desk_.at_place(
      {kPurpose, (*from)->clips.get()}, alive_,
      [folder = cargo_folder(desk_.application.home(), move.clip), clip = *clip, clips = (*from)->clips,
       storage = (*from)->session->shared_storage()](std::stop_token stop) {
        return gather_cargo(folder, clip, *clips, *storage, std::move(stop));
      },
      [this, move](Result<MoveCargo> cargo) {
        busy_.erase(move.clip);
        const auto sent = cargo ? send_cargo(desk_.application, move, std::move(*cargo))
                                : Result<void>(std::unexpected(cargo.error()));
        if (!sent) return note_failure(move, sent.error());
        // All of it may be there from before; then no outbox would tell.
        if (next_step(desk_.application, move) == MoveStep::Finish) finish(move);
      });
}

void MoveDesk::finish(const ClipMove& move) {
  const auto to = desk_.application.find_library(move.to);
  if (!to) return note_failure(move, to.error());
  const auto clip = (*to)->session->index().clip(move.clip);
  if (!clip) return note_failure(move, clip.error());
  busy_.insert(move.clip);
  desk_.at_place(
      {kPurpose, (*to)->clips.get()}, alive_,
      [storage = (*to)->session->shared_storage(), clip = *clip](std::stop_token stop) {
        return check_arrival(*storage, clip, std::move(stop));
      },
      [this, move, title = clip->title](Result<void> arrived) {
        busy_.erase(move.clip);
        if (!arrived) return note_failure(move, arrived.error());
        const auto finished = finish_move(desk_.application, move);
        if (!finished) return note_failure(move, finished.error());
        desk_.notices.show(NoticeKind::Success,
                           // TRANSLATORS: {0} is an update's title, {1} a library's name.
                           title.empty()
                               ? tr_format("The update is in {} now", name_of(move.to))
                               : tr_format("{} is in {} now", display_line(title), name_of(move.to)),
                           tr("The original is in the trash of the other library, for 30 days."));
        on_moved_();
      });
}

void MoveDesk::note_failure(const ClipMove& move, const Error& error) {
  if (error.is_control()) return;
  failed_.insert(move.clip);
  desk_.notices.show(NoticeKind::Warning, tr_format("An update isn't moved to {} yet", name_of(move.to)),
                     error.message, tr("Try again"), [this] { try_again(); });
}

}  // namespace meanwhile
