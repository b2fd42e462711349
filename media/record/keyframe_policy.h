// When a video track gets a keyframe.
#pragma once

#include <chrono>
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
  // Decoding a picture takes as long as its bytes and one more for each 160 pixels: 13 KB and 1 ms for 1080p
  // (measured, DECISIONS.md). 640 KB are 50 ms then.
  static constexpr std::int64_t kPixelsPerByte = 160;
  static constexpr std::int64_t kMostWork = 640'000;
  // Enough where a keyframe is small beside what stands on it.
  static constexpr std::int64_t kMostWorkIfCheap = 400'000;
  static constexpr std::int64_t kCheapShare = 4;
  // However much there is to decode.
  static constexpr MediaTime kShortestForWork = std::chrono::milliseconds(300);
  // A little under the promised 2 s and 10 s: the picture that makes them full may come late.
  static constexpr MediaTime kShortest = std::chrono::milliseconds(1900);
  static constexpr MediaTime kLongest = std::chrono::milliseconds(9500);

  // Asked once for each frame, in order. True: it must be a keyframe.
  bool is_due(MediaTime pts, PictureChange change) {
    if (change == PictureChange::Changed) ++changes_;
    const bool due = !last_keyframe_ || pts - *last_keyframe_ >= kLongest ||
                     (changes_ >= kMostChanges && pts - *last_keyframe_ >= kShortest) ||
                     (is_much_work() && pts - *last_keyframe_ >= kShortestForWork);
    if (!due) return false;
    last_keyframe_ = pts;
    changes_ = 0;
    return true;
  }
  // What became of a frame. The keyframe itself doesn't count: no other distance would make it cheaper.
  void note_encoded(std::int64_t pixels, std::int64_t bytes, bool is_keyframe) {
    if (is_keyframe) {
      keyframe_bytes_ = bytes;
      work_ = bytes_ = 0;
    } else {
      work_ += bytes + pixels / kPixelsPerByte;
      bytes_ += bytes;
    }
  }
  // The next frame must be one: it is the first of another encoder.
  void start_over() { last_keyframe_.reset(); }

 private:
  [[nodiscard]] bool is_much_work() const {
    return work_ >= kMostWork || (work_ >= kMostWorkIfCheap && keyframe_bytes_ <= bytes_ / kCheapShare);
  }

  std::optional<MediaTime> last_keyframe_;
  int changes_ = 0;
  // Since the last keyframe.
  std::int64_t work_ = 0;  // in bytes
  std::int64_t bytes_ = 0;
  std::int64_t keyframe_bytes_ = 0;
};

}  // namespace meanwhile
