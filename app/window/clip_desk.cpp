#include "app/window/clip_desk.h"

#include <utility>

#include "app/fetching/kept_clips.h"
#include "app/libraries/trash.h"
#include "app/link.h"
#include "app/window/exports.h"

namespace meanwhile {

void ClipDesk::copy_link(const std::string& clip) {
  const auto library = desk_.application.library_of(clip);
  if (!library) return;
  calls_.set_clipboard(to_text(ClipLink{.library = (*library)->session->id(), .clip = clip, .at = {}}));
  desk_.notices.show(NoticeKind::Success, "Link copied", "It opens for people who share this library.");
}

void ClipDesk::export_clip(const std::string& clip) {
  if (!desk_.state.watch.export_progress.empty()) return;
  export_ = start_export(desk_, clip, desk_.state.watch.layout);
}

void ClipDesk::keep_clip(const std::string& clip, bool kept) {
  const auto library = desk_.application.library_of(clip);
  if (!library) return;
  const auto changed = KeptClips((*library)->session->folder()).change([&](KeptRules& rules) {
    kept ? rules.keep_clip(clip) : rules.let_go_clip(clip);
  });
  if (!changed)
    desk_.notices.show(NoticeKind::Failure, "What is kept could not be changed", changed.error().message);
  calls_.on_kept();
  calls_.on_change();
}

void ClipDesk::delete_clip(const std::string& clip) {
  const auto library = desk_.application.library_of(clip);
  if (!library) return;
  if (auto said = (*library)->session->say(DeleteClipEvent{.clip = clip}); !said) {
    desk_.notices.show(NoticeKind::Failure, "The clip could not be deleted", said.error().message);
    return;
  }
  calls_.show_inbox();
  desk_.notices.show(NoticeKind::Info, "Deleted", "It can be brought back for 30 days: Inbox, Trash.", "Undo",
                     [this, clip] { restore_clip(clip); });
}

void ClipDesk::restore_clip(const std::string& clip) {
  const auto libraries = desk_.application.libraries();
  if (!libraries) return;
  std::optional<Error> failure;
  for (OpenLibrary* library : *libraries) {
    const auto restored = meanwhile::restore_clip(*library->session, clip);
    if (restored) {
      desk_.notices.show(NoticeKind::Success, "The clip is back");
      return calls_.on_change();
    }
    if (!failure || restored.error().code != ErrorCode::NotFound) failure = restored.error();
  }
  if (failure) desk_.notices.show(NoticeKind::Failure, "The clip can't be brought back", failure->message);
}

void ClipDesk::move_clip(const std::string& clip, const std::string& library) {
  calls_.show_inbox();
  calls_.move(clip, library);
}

}  // namespace meanwhile
