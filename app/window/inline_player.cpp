#include "app/window/inline_player.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/watching.h"
#include "app/library/events.h"
#include "app/library/settings.h"
#include "app/ui/state.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/play/player.h"

namespace meanwhile {

void InlinePlayer::play_pause(OpenLibrary& library, const std::string& comment, const std::string& clip) {
  one_thread_.check();
  const bool is_open = view() && view()->comment == comment;
  if (!is_open || !player_) {
    if (is_open && view()->load == LoadState::Loading) return;
    close();
    library_ = &library;
    return open(comment, clip);
  }
  player_->status().is_playing ? player_->pause() : player_->play();
}

void InlinePlayer::open(const std::string& comment, const std::string& clip) {
  clip_ = clip;
  view() = PlayedAnswer{.comment = comment, .load = LoadState::Loading};
  const auto found = library_->session->index().clip(clip);
  if (!found) return fail_with(found.error());
  desk_.at_place(
      {"watching", library_->clips.get()}, alive_,
      [store = library_->clips, clip = *found](std::stop_token stop) {
        return store->open(clip, stop, PointerTime::Later);
      },
      [this](Result<OpenedClip> opened) { start(std::move(opened)); });
}

void InlinePlayer::start(Result<OpenedClip> opened) {
  if (!view()) return;
  if (!opened) return fail_with(opened.error());
  view()->load = LoadState::Ready;
  view()->has_pictures = opened->media.screen || opened->media.camera;
  const Settings& settings = desk_.application.settings();
  player_ = Player::create(opened->media, make_output_(), desk_.clock, wake_);
  player_->set_speed(settings.speed);
  player_->set_volume(desk_.state.watch.is_muted ? 0 : settings.volume);
  player_->play();
}

void InlinePlayer::fail_with(const Error& error) {
  view()->load = LoadState::Failed;
  view()->failure = error.message;
}

void InlinePlayer::seek(MediaTime moment) {
  if (!player_) return;
  played_.cut();
  player_->seek(moment);
}

void InlinePlayer::set_speed(double speed) {
  if (player_) player_->set_speed(speed);
}

void InlinePlayer::set_volume(double volume) {
  if (player_) player_->set_volume(volume);
}

void InlinePlayer::close() {
  one_thread_.check();
  alive_ = std::make_shared<int>();  // what is being opened is for nobody
  played_.cut();
  say_watched();
  player_.reset();
  view().reset();
}

void InlinePlayer::update(bool is_page_playing) {
  one_thread_.check();
  if (!player_ || !view()) return;
  if (is_page_playing && player_->status().is_playing) player_->pause();
  PlayedAnswer& shown = *view();
  shown.player = player_->status();
  shown.screen = player_->picture(PictureTrack::Screen);
  shown.camera = player_->picture(PictureTrack::Camera);
  if (shown.player.failure) fail_with(*shown.player.failure);
  if (played_.follow(shown.player.position, shown.player.is_playing)) say_watched();
}

std::optional<MonotonicTime> InlinePlayer::next_change() const {
  return player_ ? player_->next_change() : std::nullopt;
}

// Not worth a message if it fails: what others see of it is little.
void InlinePlayer::say_watched() {
  if (played_.empty() || !library_) return;
  const WatchedEvent watched{clip_, played_.all(), played_.position()};
  if (say_watching(*library_->session, watched, desk_.application.settings(),
                   desk_.state.watch.shares_watching))
    played_.clear();
}

}  // namespace meanwhile
