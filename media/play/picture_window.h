// The decoded pictures around the one on show: some before it, to step back to, some after it, to come.
#pragma once

#include <deque>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/picture.h"

namespace meanwhile {

// Consecutive pictures of a track in order of time. Not thread-safe.
class PictureWindow {
 public:
  // after_gap: pictures of the track lie between it and the one before, so that what is before can't be
  // stepped to.
  void add(PicturePtr picture, bool after_gap);
  // In order of time; the last of them is followed by first(). As many of the latest are kept as there is
  // room for, and some of those to come are let go.
  void add_behind(const std::vector<PicturePtr>& pictures);
  void clear();

  // Moves to the picture on show at `moment`, forward only; answers how many pictures were passed.
  int advance(MediaTime moment);
  // Moves to the picture on show at `moment` if that is known to be here. is_at_end: the track has none after
  // these.
  bool find(MediaTime moment, bool is_at_end);
  // False: there is none here.
  bool step_forward();
  bool step_back();

  [[nodiscard]] PicturePtr shown() const { return behind_.empty() ? nullptr : behind_.back(); }
  [[nodiscard]] PicturePtr next() const { return ahead_.empty() ? nullptr : ahead_.front(); }
  // From which on none is missing.
  [[nodiscard]] PicturePtr first() const;
  [[nodiscard]] PicturePtr last() const { return ahead_.empty() ? shown() : ahead_.back(); }
  [[nodiscard]] bool has_room() const;
  // So few pictures lie ahead of the one on show that it is time for more.
  [[nodiscard]] bool lacks_ahead() const;
  // So few pictures lie behind the one on show that it is time for more.
  [[nodiscard]] bool lacks_behind() const;

 private:
  void move_on();

  std::deque<PicturePtr> behind_;  // the last one is on show
  std::deque<PicturePtr> ahead_;
  MediaTime gapless_from_{};
};

}  // namespace meanwhile
