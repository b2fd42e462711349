// What is played, for the desktop's media keys, lock screen and panels: MPRIS over D-Bus. Where there is no
// bus there is none, and that is no error.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "media/base/media_time.h"

namespace meanwhile {

// Times are of what is shown, from its beginning.
struct PlayedView {
  std::string id;  // of the update: another one is another track
  std::string title;
  std::string author;
  MediaTime length{};
  MediaTime position{};
  bool is_playing = false;
  double speed = 1;
  double volume = 1;  // 0 to 1
  bool has_next = false;

  bool operator==(const PlayedView&) const = default;
};

enum class MediaWishKind { Play, Pause, PlayPause, Next, SeekBy, SeekTo, SetVolume, SetSpeed, ShowWindow };

struct MediaWish {
  MediaWishKind kind = MediaWishKind::PlayPause;
  MediaTime time{};  // SeekBy, SeekTo
  double value = 0;  // SetVolume, SetSpeed

  bool operator==(const MediaWish&) const = default;
};

class MediaControls {
 public:
  virtual ~MediaControls() = default;
  // nullopt: nothing is open, and the keys are others'. Any thread; returns at once. A position that has gone
  // on by itself costs nothing.
  virtual void show(const std::optional<PlayedView>& view) = 0;
};

// Owns the thread "media-keys", which talks to the session bus and never waits for its answers. on_wish: on
// that thread; must return at once.
std::unique_ptr<MediaControls> make_media_controls(std::function<void(const MediaWish&)> on_wish);

}  // namespace meanwhile
