// When a video track gets a keyframe.
#pragma once

#include <cstdint>
#include <optional>

#include "media/base/media_time.h"

namespace meanwhile {

enum class PictureChange { Changed, Repeated };

// A seek decodes every changed picture since the keyframe, so it is these that are counted: 57 of them are 2
// s of a film, but 7 s of a terminal, whose keyframes cost most of its bytes. A repeat costs next to nothing.
// What is rich in detail takes longer: decoding goes by the pixels and by the bytes, and so its keyframes,
// which cost little there, come earlier.
class KeyframePolicy {
 public:
  static constexpr int kMostChanges = 57;
  // Decoding a picture takes as long as a KB of its bytes for each 160,000 pixels, and then as long as its
  // bytes: 1 ms and 13 KB for 1080p (measured, media/README.md). 640 KB are then 50 ms.
  static constexpr std::int64_t kPixelsPerByte = 160;
  static constexpr std::int64_t kMostWork = 640'000;
  // However much there is to decode.
  static constexpr MediaTime kShortestForWork = std::chrono::milliseconds(400);
  // A little under the promised 2 s and 10 s: the picture that makes them full may come late.
  static constexpr MediaTime kShortest = std::chrono::milliseconds(1900);
  static constexpr MediaTime kLongest = std::chrono::milliseconds(9500);

  // Asked once for each frame, in order. True: it must be a keyframe.
  bool is_due(MediaTime pts, PictureChange change) {
    if (change == PictureChange::Changed) ++changes_;
    const bool due = !last_keyframe_ || pts - *last_keyframe_ >= kLongest ||
                     (changes_ >= kMostChanges && pts - *last_keyframe_ >= kShortest) ||
                     (work_ >= kMostWork && pts - *last_keyframe_ >= kShortestForWork);
    if (!due) return false;
    last_keyframe_ = pts;
    changes_ = 0;
    work_ = 0;
    return true;
  }
  // What became of a frame. The keyframe itself doesn't count: no other distance would make it cheaper.
  void note_encoded(std::int64_t pixels, std::int64_t bytes, bool is_keyframe) {
    work_ = is_keyframe ? 0 : work_ + bytes + pixels / kPixelsPerByte;
  }
  // The next frame must be one: it is the first of another encoder.
  void start_over() { last_keyframe_.reset(); }

 private:
  std::optional<MediaTime> last_keyframe_;
  int changes_ = 0;
  std::int64_t work_ = 0;  // in bytes
};

}  // namespace meanwhile
