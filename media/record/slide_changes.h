// Where the screen shows something else from then on: the next slide, another program. Offered as chapters.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/base/media_time.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Compares pictures by how bright their parts are, which costs some microseconds a picture. What scrolls,
// plays or is typed isn't a change: only a picture that is very different and then stays. One thread at a
// time.
class SlideChanges {
 public:
  // A picture must stand so long, before and after.
  static constexpr MediaTime kStands = std::chrono::seconds(3);
  static constexpr std::size_t kMost = 100;

  // A picture that isn't like the one before; YUV 4:2:0, others are passed over. pts: rising, from 0.
  void offer(const AVFrame& frame, MediaTime pts);
  // Forgets what is at or after `end`.
  void cut(MediaTime end);
  // Moments, in order. end: of the take.
  [[nodiscard]] std::vector<MediaTime> found(MediaTime end) const;

 private:
  static constexpr std::size_t kColumns = 32;
  static constexpr std::size_t kRows = 18;
  using Look = std::array<std::uint8_t, kColumns * kRows>;

  static Look look_of(const AVFrame& frame);
  static bool is_other(const Look& a, const Look& b);
  [[nodiscard]] bool is_change(MediaTime until) const;

  std::optional<Look> standing_;  // the picture that stood last; it follows small changes
  std::optional<Look> newest_;
  MediaTime since_{};  // the newest has looked about so since then
  std::vector<MediaTime> changes_;
};

}  // namespace meanwhile
