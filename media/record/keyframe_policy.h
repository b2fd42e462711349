// When a video track gets a keyframe.
#pragma once

#include <optional>

#include "media/base/media_time.h"

namespace meanwhile {

enum class PictureChange { Changed, Repeated };

// A seek decodes every changed picture since the keyframe, so it is these that are counted: 57 of them are 2
// s of a film, but 7 s of a terminal, whose keyframes cost most of its bytes. A repeat costs next to nothing.
class KeyframePolicy {
 public:
  static constexpr int kMostChanges = 57;
  // A little under the promised 2 s and 10 s: the picture that makes them full may come late.
  static constexpr MediaTime kShortest = std::chrono::milliseconds(1900);
  static constexpr MediaTime kLongest = std::chrono::milliseconds(9500);

  // Asked once for each frame, in order. True: it must be a keyframe.
  bool is_due(MediaTime pts, PictureChange change) {
    if (change == PictureChange::Changed) ++changes_;
    const bool due = !last_keyframe_ || pts - *last_keyframe_ >= kLongest ||
                     (changes_ >= kMostChanges && pts - *last_keyframe_ >= kShortest);
    if (!due) return false;
    last_keyframe_ = pts;
    changes_ = 0;
    return true;
  }
  // The next frame must be one: it is the first of another encoder.
  void start_over() { last_keyframe_.reset(); }

 private:
  std::optional<MediaTime> last_keyframe_;
  int changes_ = 0;
};

}  // namespace meanwhile
