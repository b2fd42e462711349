// Reads as far ahead as what treats the sound holds back, so that what comes out is in its place.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "media/play/sound_reader.h"

namespace meanwhile {

// Thread: one at a time. A new one after each seek.
class DelayedSound {
 public:
  explicit DelayedSound(std::size_t delay_frames = 0) : delay_(delay_frames) {}

  // Fills interleaved stereo; answers the number of frames up to the source's end. read: fills and answers
  // so, treat: in place, the frames of delay_ before.
  template <typename Read, typename Treat>
  std::size_t read(std::span<float> into, const Read& read, const Treat& treat) {
    if (!is_ahead_) {
      std::vector<float> ahead(delay_ * kSoundChannels);
      pull(ahead, read);
      treat(std::span<float>(ahead));
      is_ahead_ = true;
    }
    pull(into, read);
    treat(into);
    const std::size_t frames = into.size() / kSoundChannels;
    const std::size_t given = is_over_ ? std::min(frames, taken_ - given_) : frames;
    std::ranges::fill(into.subspan(given * kSoundChannels), 0.F);
    given_ += given;
    return given;
  }

 private:
  template <typename Read>
  void pull(std::span<float> into, const Read& read) {
    const std::size_t frames = is_over_ ? 0 : read(into);
    std::ranges::fill(into.subspan(frames * kSoundChannels), 0.F);
    taken_ += frames;
    is_over_ = is_over_ || frames * kSoundChannels < into.size();
  }

  std::size_t delay_;
  bool is_ahead_ = false;
  bool is_over_ = false;
  std::size_t taken_ = 0;  // frames of the source
  std::size_t given_ = 0;
};

}  // namespace meanwhile
