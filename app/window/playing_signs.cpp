#include "app/window/playing_signs.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "app/library/format.h"
#include "app/platform/keep_awake.h"
#include "app/platform/media_controls.h"
#include "app/ui/edited_time.h"
#include "app/ui/state.h"
#include "media/base/media_time.h"
#include "media/play/player.h"

namespace meanwhile {

std::optional<PlayedView> media_view(const UiState& state) {
  const WatchState& watch = state.watch;
  const bool is_open = state.page == PageId::Watch && watch.load == LoadState::Ready &&
                       watch.player.duration > MediaTime{} && !watch.player.failure;
  if (!is_open) return std::nullopt;
  return PlayedView{.id = watch.clip.id,
                    .title = title_or_untitled(watch.clip.title),
                    .author = watch.clip.author.name,
                    .length = shown_duration(watch),
                    .position = shown_position(watch),
                    .is_playing = watch.player.is_playing,
                    .speed = watch.player.speed,
                    .volume = watch.is_muted ? 0 : watch.player.volume,
                    .has_next = watch.queue.is_on};
}

Calm wanted_calm(const UiState& state) {
  const RecordPhase phase = state.record.phase;
  if (phase == RecordPhase::Recording || phase == RecordPhase::Countdown) return Calm::AwakeAndQuiet;
  const bool is_watching =
      state.page == PageId::Watch && state.watch.is_full_screen && state.watch.player.is_playing;
  return is_watching ? Calm::Awake : Calm::None;
}

void PlayingSigns::update() {
  awake_->ask(wanted_calm(desk_.state));
  const auto view = media_view(desk_.state);
  if (view && !controls_) {
    const std::weak_ptr<const void> alive = alive_;
    controls_ = make_media_controls([this, alive](const MediaWish& wish) {
      desk_.mailbox.post([this, alive, wish] {
        if (!alive.expired()) obey(wish);
      });
    });
  }
  if (controls_) controls_->show(view);
}

// Of the timeline that is shown.
void PlayingSigns::seek_to(MediaTime shown) {
  const WatchState& watch = desk_.state.watch;
  watch_.seek(recorded_time(watch, std::clamp(shown, MediaTime{}, shown_duration(watch))));
}

// Also while the window is minimised, and no frame is drawn.
void PlayingSigns::obey(const MediaWish& wish) {
  watch_.update();
  if (wish.kind == MediaWishKind::ShowWindow) return show_window_();
  if (!media_view(desk_.state)) return;  // it was closed meanwhile
  const WatchState& watch = desk_.state.watch;
  switch (wish.kind) {
    case MediaWishKind::Play:
      watch_.play();
      break;
    case MediaWishKind::Pause:
      watch_.pause();
      break;
    case MediaWishKind::PlayPause:
      watch_.play_pause();
      break;
    case MediaWishKind::Next:
      if (watch.queue.is_on) queue_.play_next();
      break;
    case MediaWishKind::SeekBy:
      seek_to(shown_position(watch) + wish.time);
      break;
    case MediaWishKind::SeekTo:
      seek_to(wish.time);
      break;
    case MediaWishKind::SetVolume:
      watch_.set_volume(wish.value);
      break;
    case MediaWishKind::SetSpeed:
      watch_.set_speed(wish.value);
      break;
    case MediaWishKind::ShowWindow:
      break;
  }
  watch_.update();
  update();
}

}  // namespace meanwhile
