#include "app/window/replay.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "app/fetching/clip_store.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/play/audio_output.h"
#include "media/play/player.h"

namespace meanwhile {

Replay::Replay(const OpenedClip& take, MediaTime from, MediaTime end, std::unique_ptr<AudioOutput> output,
               const Clock& clock, std::function<void()> wake)
    : end_(end), player_(Player::create(take.media, std::move(output), clock, std::move(wake))) {
  player_->seek(std::max(MediaTime{}, from));
  player_->play();
}

bool Replay::is_over() {
  one_thread_.check();
  const PlayerStatus status = player_->status();
  if (status.failure || status.is_ended) return true;
  return status.is_playing && !status.is_seeking && status.position >= end_;
}

}  // namespace meanwhile
