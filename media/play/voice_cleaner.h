// Takes hum and noise off a voice.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

struct SpeexPreprocessState_;

namespace meanwhile {

// What is steady is learnt within a second and taken out (speexdsp); keys that are struck stay. What comes
// out is kDelay frames late. Thread: one at a time.
class VoiceCleaner {
 public:
  static constexpr std::size_t kBlock = 960;  // 20 ms of stereo at 48 kHz
  static constexpr std::size_t kDelay = 2 * kBlock;

  VoiceCleaner();
  ~VoiceCleaner();
  // Forgets what it holds, not what it has learnt.
  void reset();
  // Interleaved stereo, in place: kDelay frames of what was given before, then the rest. Both ears get the
  // same where they were given the same, and are cleaned apart else.
  void process(std::span<float> samples);

 private:
  struct Ear;
  void clean_block();

  std::unique_ptr<Ear> left_;
  std::unique_ptr<Ear> right_;
  std::vector<float> block_;  // that fills, interleaved
  std::vector<float> ready_;  // cleaned, as long
  std::size_t filled_ = 0;    // frames
};

}  // namespace meanwhile
