#include "app/window/clip_desk.h"

#include <algorithm>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "app/fetching/kept_clips.h"
#include "app/libraries/clip_change.h"
#include "app/libraries/library_session.h"
#include "app/libraries/trash.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/link.h"
#include "app/ui/state.h"
#include "app/window/exports.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {

void ClipDesk::copy_link(const std::string& clip) {
  copy(clip, std::nullopt);
}

void ClipDesk::copy_words(const std::string& words) {
  calls_.set_clipboard(words);
  desk_.notices.show(NoticeKind::Success, tr("Words copied"), tr("With the moment at which they are said."));
}

void ClipDesk::copy_link_at(const std::string& clip, MediaTime at) {
  copy(clip, at);
}

void ClipDesk::copy(const std::string& clip, std::optional<MediaTime> at) {
  const auto library = desk_.application.library_of(clip);
  if (!library) return;
  calls_.set_clipboard(to_text(ClipLink{.library = (*library)->session->id(), .clip = clip, .at = at}));
  // TRANSLATORS: {} is a moment such as 1:23.
  const std::string copied = at ? tr_format("Link to {} copied", format_moment(*at)) : tr("Link copied");
  desk_.notices.show(NoticeKind::Success, copied, tr("It opens for people who share this library."));
}

void ClipDesk::begin_export() {
  const WatchState& watch = desk_.state.watch;
  if (!watch.export_progress.empty())
    return desk_.notices.show(NoticeKind::Info, tr("An export is running"),
                              tr("Start the next one when it is done."));
  drop_edit();
  desk_.state.watch.share.reset();
  const bool has_captions = watch.tools.captions && !watch.tools.captions->empty();
  desk_.state.watch.export_form = ExportForm{
      .clip = watch.clip.id,
      .layout = watch.layout,
      .has_captions = has_captions,
      .captions = has_captions,
      .clean_sound = watch.is_sound_clean,
      .file = free_export_path(export_folder(desk_.application.home()), watch.clip.title, ".mp4").string()};
}

void ClipDesk::change_export(const ExportForm& form) {
  if (desk_.state.watch.export_form) desk_.state.watch.export_form = form;
}

void ClipDesk::choose_export_file() {
  if (!desk_.state.watch.export_form) return;
  const WantedFile begun{.typed = desk_.state.watch.export_form->file, .may_replace = true};
  const std::filesystem::path suggested = export_path(begun).value_or(
      free_export_path(export_folder(desk_.application.home()), desk_.state.watch.clip.title, ".mp4"));
  chooser_.ask(tr("Export as MP4"), suggested, [this](const std::filesystem::path& file) {
    if (!desk_.state.watch.export_form) return;
    desk_.state.watch.export_form->file = file.string();
    desk_.state.watch.export_form->may_replace = true;
  });
}

void ClipDesk::start_export() {
  if (!desk_.state.watch.export_form || !desk_.state.watch.export_progress.empty()) return;
  const ExportForm& form = *desk_.state.watch.export_form;
  const auto file = export_path({.typed = form.file, .may_replace = form.may_replace});
  if (!file)
    return desk_.notices.show(NoticeKind::Failure, tr("It can't be exported there"), file.error().message);
  export_ = meanwhile::start_export(desk_, *desk_.state.watch.export_form, *file);
  drop_export();
}

void ClipDesk::drop_export() {
  desk_.state.watch.export_form.reset();
}

void ClipDesk::keep_clip(const std::string& clip, bool kept) {
  const auto library = desk_.application.library_of(clip);
  if (!library) return;
  const auto changed = KeptClips((*library)->session->folder()).change([&](KeptRules& rules) {
    kept ? rules.keep_clip(clip) : rules.let_go_clip(clip);
  });
  if (!changed)
    desk_.notices.show(NoticeKind::Failure, tr("What is kept could not be changed"), changed.error().message);
  calls_.on_kept();
  calls_.on_change();
}

void ClipDesk::begin_edit() {
  drop_export();
  desk_.state.watch.share.reset();
  const std::string id = desk_.state.watch.clip.id;
  const auto library = desk_.application.library_of(id);
  if (!library) return;
  const auto clip = (*library)->session->index().clip(id);
  if (!clip) return;
  desk_.state.watch.clip_edit =
      ClipEdit{.clip = id,
               .title = clip->title,
               .channel = clip->channel_name.empty() ? clip->channel : clip->channel_name,
               .description = clip->description,
               .chapters = clip->chapters};
}

void ClipDesk::change_edit(const ClipEdit& edit) {
  if (desk_.state.watch.clip_edit) desk_.state.watch.clip_edit = edit;
}

// What can't be written down stays in the fields.
void ClipDesk::save_edit() {
  if (!desk_.state.watch.clip_edit) return;
  const ClipEdit edit = *desk_.state.watch.clip_edit;
  const auto library = desk_.application.library_of(edit.clip);
  if (!library) return;
  LibrarySession& session = *(*library)->session;
  const auto said = [&]() -> Result<void> {
    const auto clip = session.index().clip(edit.clip);
    if (!clip) return std::unexpected(clip.error());
    const auto event = changed_clip(session, *clip,
                                    {.title = edit.title,
                                     .channel = edit.channel,
                                     .description = edit.description,
                                     .chapters = edit.chapters});
    if (!event) return std::unexpected(event.error());
    const auto id = session.say(*event);
    if (!id) return std::unexpected(id.error());
    return {};
  }();
  if (!said)
    return desk_.notices.show(NoticeKind::Failure, tr("The update could not be changed"),
                              said.error().message);
  drop_edit();
  calls_.on_change();
}

void ClipDesk::drop_edit() {
  desk_.state.watch.clip_edit.reset();
}

void ClipDesk::delete_clip(const std::string& clip) {
  const auto library = desk_.application.library_of(clip);
  if (!library) return;
  if (auto said = (*library)->session->say(DeleteClipEvent{.clip = clip}); !said) {
    desk_.notices.show(NoticeKind::Failure, tr("The update could not be deleted"), said.error().message);
    return;
  }
  calls_.show_inbox();
  desk_.notices.show(NoticeKind::Info, tr_in("an update", "Deleted"),
                     tr("You can restore it for 30 days: Inbox, Trash."), tr("Undo"),
                     [this, clip] { restore_clip(clip); });
}

// The place may know that it is too late.
void ClipDesk::restore_clip(const std::string& clip) {
  const auto libraries = desk_.application.libraries();
  if (!libraries) return;
  const auto has_it = [&](const OpenLibrary* library) {
    const auto trash = trash_of(*library->session);
    return trash && std::ranges::find(*trash, clip, &DeletedClip::id) != trash->end();
  };
  const auto library = std::ranges::find_if(*libraries, has_it);
  if (library == libraries->end())
    return desk_.notices.show(NoticeKind::Failure, tr("The update can't be restored"),
                              tr("It isn't in the trash."));
  LibrarySession* session = (*library)->session.get();
  desk_.at_place(
      {"trash", (*library)->clips.get()}, alive_,
      [place = session->shared_storage(), clip](std::stop_token stop) {
        return find_trashed_bytes(*place, clip, std::move(stop));
      },
      [this, session, clip](const Result<void>& found) {
        const auto restored =
            found ? meanwhile::restore_clip(*session, clip) : std::unexpected(found.error());
        if (!restored)
          return desk_.notices.show(NoticeKind::Failure, tr("The update can't be restored"),
                                    restored.error().message);
        desk_.notices.show(NoticeKind::Success, tr("The update is back"));
        calls_.on_change();
      });
}

void ClipDesk::move_clip(const std::string& clip, const std::string& library) {
  calls_.show_inbox();
  calls_.move(clip, library);
}

}  // namespace meanwhile
