// What WatchDesk shows of how an update's author arranged it.
#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/library/settings.h"
#include "app/ui/edited_time.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/edited_peaks.h"
#include "app/window/watch_desk.h"
#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/clip_media.h"
#include "media/play/player.h"
#include "upload/identity.h"

namespace meanwhile {
namespace {

// Not worth going on at: it starts from the beginning.
constexpr MediaTime kNearlyOver = std::chrono::seconds(8);

}  // namespace

// What was seen to its end starts from the beginning.
MediaTime WatchDesk::unless_nearly_over(MediaTime at) const {
  const WatchState& state = page();
  const MediaTime end = state.edits ? state.edits->duration() : media_.duration;
  return shown_time(state, at) > end - kNearlyOver ? MediaTime{} : at;
}

void WatchDesk::show_arrangement(const OpenedClip& opened) {
  media_ = opened.media;
  page().arrangement = opened.media.arrangement;
  page().edits = opened.media.edits;
  arranged_by_ = shown_version(opened.additions);
  if (!page().is_uncut)
    page().has_uncut = opened.media.edits && page().version == page().clip.version &&
                       (page().clip.is_mine || opened.media.arrangement->uncut_is_shown);
  if (page().arrangement && page().arrangement->chapters)
    page().clip.chapters = *page().arrangement->chapters;
  else if (page().version != page().clip.version)
    page().clip.chapters = opened.chapters;
  if (!opened.trouble.empty())
    desk_.notices.show(NoticeKind::Info, tr("Not all of this update can be shown as it was arranged"),
                       opened.trouble);
}

// A newer wish makes an older one's answer worthless.
void WatchDesk::reopen(std::function<Result<OpenedClip>(const ClipStore&, std::stop_token)> open,
                       std::function<void(Result<OpenedClip>)> take) {
  desk_.at_place(
      {"watching", library_->clips.get()}, alive_,
      [store = library_->clips, open = std::move(open)](std::stop_token stop) { return open(*store, stop); },
      [this, take = std::move(take), number = ++reopenings_](Result<OpenedClip> opened) {
        if (number == reopenings_) take(std::move(opened));
      });
}

void WatchDesk::follow_arrangement(const Clip& clip) {
  const std::string version = shown_version(clip.additions);
  // Nobody's recording is exchanged while they watch it.
  if (clip.version != page().version) return;
  if (live_ || !player_ || page().arrange || page().is_uncut || version == arranged_by_) return;
  arranged_by_ = version;
  reopen([clip](const ClipStore& store,
                std::stop_token stop) { return store.open(clip, std::move(stop), PointerTime::Later); },
         [this](Result<OpenedClip> opened) {
           if (opened) return rearrange(std::move(*opened));
           arranged_by_ = "?";  // the next look tries again
         });
}

Result<void> WatchDesk::open_draft(const std::string& id, OpenLibrary& library,
                                   const Arrangement& arrangement) {
  const auto take = desk_.application.take(id);
  if (!take) return std::unexpected(take.error());
  close();
  library_ = &library;
  const Identity& self = library.session->identity();
  draft_ = Clip{.id = id, .author = self.person(), .is_mine = true};
  opened_ = desk_.clock.now();
  const std::string name = desk_.application.person_name();
  page() = {.clip = {.id = id,
                     .title = take->title,
                     .author = {.id = self.person(), .name = name},
                     .is_mine = true,
                     .chapters = take->chapters},
            .layout = desk_.application.settings().layout,
            .load = LoadState::Loading};
  desk_.at_place(
      {"watching", library.clips.get()}, alive_,
      [store = library.clips, draft = *draft_, arrangement](std::stop_token stop) {
        return store->open_draft_as(draft, arrangement, stop);
      },
      [this](Result<OpenedClip> opened) { start_player(std::move(opened), {}); });
  return {};
}

void WatchDesk::preview(const std::optional<Arrangement>& arrangement) {
  if (!library_ || !player_) return;
  const auto clip = shown_clip();
  if (!clip) return;
  reopen(
      [clip = *clip, is_draft = draft_.has_value(), arrangement](const ClipStore& store,
                                                                 std::stop_token stop) {
        if (is_draft) return store.open_draft_as(clip, arrangement.value_or(Arrangement{}), std::move(stop));
        return arrangement ? store.open_as(clip, *arrangement, std::move(stop))
                           : store.open(clip, std::move(stop), PointerTime::Later);
      },
      [this](Result<OpenedClip> opened) {
        if (opened) return rearrange(std::move(*opened));
        desk_.notices.show(NoticeKind::Failure, tr("It can't be shown like this"), opened.error().message);
      });
}

void WatchDesk::show_uncut(bool uncut) {
  if (!library_ || !player_ || !page().has_uncut) return;
  const auto clip = library_->session->index().clip(page().clip.id);
  if (!clip) return;
  const AsArranged arranged = uncut ? AsArranged::No : AsArranged::Yes;
  page().is_uncut = uncut;
  reopen(
      [clip = *clip, arranged](const ClipStore& store, std::stop_token stop) {
        return store.open(clip, std::move(stop), PointerTime::Later, arranged);
      },
      [this, uncut](Result<OpenedClip> opened) {
        if (opened) return rearrange(std::move(*opened));
        page().is_uncut = !uncut;
        desk_.notices.show(NoticeKind::Failure, tr("It can't be shown now"), opened.error().message);
      });
}

void WatchDesk::show_version(int version, std::optional<MediaTime> at) {
  const std::string clip = page().clip.id;
  const auto opened = open_version(clip, at, version);
  if (!opened) desk_.notices.show(NoticeKind::Failure, tr("It can't be shown now"), opened.error().message);
}

// Goes on where it was.
void WatchDesk::rearrange(OpenedClip opened) {
  const PlayerStatus status = player_->status();
  played_.cut();
  show_arrangement(opened);
  show_waveform();
  plays_on_ = status.is_playing;
  play_media(media_, status.position);
}

// Also by the edited timeline, as the bar under it.
void WatchDesk::show_waveform() {
  page().waveform = peaks_;
  page().edited_waveform = peaks_;
  if (peaks_ && page().edits)
    page().edited_waveform =
        std::make_shared<const std::vector<float>>(edited_peaks(*peaks_, *page().edits, media_.duration));
}

// The author's, unless the viewer has a speed of their own.
double WatchDesk::first_speed() const {
  const double own = desk_.application.settings().speed;
  const auto& arrangement = page().arrangement;
  return own == 1 && arrangement && arrangement->speed ? *arrangement->speed : own;
}

// Of what is joined: its own.
std::optional<PointerView> WatchDesk::pointer_now() const {
  const MediaTime at = page().player.position;
  const Settings& settings = desk_.application.settings();
  if (!media_.edits || at < media_.duration) return pointer_view(pointer_.get(), at, settings);
  for (const JoinedMedia& joined : media_.joined) {
    if (joined.media && joined.place.from <= at && at < joined.place.to)
      return pointer_view(joined.media->pointer.get(), at - joined.place.from, settings);
  }
  return std::nullopt;
}

}  // namespace meanwhile
