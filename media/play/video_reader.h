// The pictures of one track in order, from any exact moment on.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"

namespace meanwhile {

class NewerMark;

// What a reader's work may be broken off for.
struct Interrupts {
  // Something newer is wanted. Looked at between packets, in next() alone; nullptr: never.
  std::shared_ptr<NewerMark> newer = nullptr;
  // Nobody wants the reader any more. Asked on the reader's thread while a decoder gives no sign; empty:
  // never.
  std::function<bool()> is_over = {};
};

// Thread: one at a time.
class VideoReader {
 public:
  VideoReader() = default;
  VideoReader(const VideoReader&) = delete;
  VideoReader& operator=(const VideoReader&) = delete;
  virtual ~VideoReader() = default;

  // Moves to the last keyframe at or before time, unless going on decoding leads there no later.
  virtual Result<void> seek(MediaTime time) = 0;

  // The next picture, but none that another one has replaced by `moment`: after seek(moment), next(moment) is
  // what is on show then (the track's first picture, where it begins later). Frames that nobody will see and
  // that no other stands on aren't decoded. Errors: EndOfStream, Aborted (Interrupts, after which it goes on
  // where it was when it is called again; or the source), and the source's. Damage in the picture is passed
  // over: is_damaged().
  Result<PicturePtr> next(MediaTime moment) { return next(moment, MediaTime{}); }
  // The same, but with the pictures of the last `reach` before it, one a call: until is_on_show().
  virtual Result<PicturePtr> next(MediaTime moment, MediaTime reach) = 0;

  // The newest picture that next() passed over since the last move or picture: a glimpse of the way there.
  // nullptr: none.
  virtual PicturePtr take_passed() = 0;

  // The track's. Errors: the source's.
  virtual Result<MediaTime> end() = 0;

  // Nothing replaces the picture that next() gave last by the moment that it was called with.
  [[nodiscard]] bool is_on_show() const { return status_.is_on_show; }
  // So far behind `moment` with packets that are still to be decoded that a seek there is quicker. A picture
  // that simply lasts long is no delay.
  [[nodiscard]] bool is_hopelessly_late(MediaTime moment) const;
  // Time of the last picture that next() gave since the last move.
  [[nodiscard]] std::optional<MediaTime> last() const { return status_.last; }
  // Pictures were left out between that one and the one before it.
  [[nodiscard]] bool followed_gap() const { return status_.followed_gap; }
  [[nodiscard]] bool is_damaged() const { return status_.is_damaged; }

  // Where it stands.
  struct Status {
    std::optional<MediaTime> last;
    std::optional<MediaTime> last_read;  // decode time; nullopt: nothing yet, or the track is at its end
    bool is_on_show = false;
    bool followed_gap = false;
    bool is_damaged = false;
  };
  [[nodiscard]] const Status& status() const { return status_; }

 protected:
  Status status_;
};

}  // namespace meanwhile
