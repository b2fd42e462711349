#include "media/play/voice_cleaner.h"

#include <speex/speex_preprocess.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "media/play/sound_reader.h"

namespace meanwhile {
namespace {

// More takes off words too. Measured: tests/bench/FIGURES.md.
constexpr int kNoiseDecibels = -25;
constexpr float kFullScale = 32'767;

}  // namespace

struct VoiceCleaner::Ear {
  Ear() : state(speex_preprocess_state_init(kBlock, kSoundRate)), samples(kBlock) {
    int on = 1;  // speexdsp takes no const
    int noise_decibels = kNoiseDecibels;
    speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_DENOISE, &on);
    speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_NOISE_SUPPRESS, &noise_decibels);
  }
  ~Ear() { speex_preprocess_state_destroy(state); }
  Ear(const Ear&) = delete;
  Ear& operator=(const Ear&) = delete;

  void clean(std::span<const float> from, std::span<float> to, std::size_t ear) {
    for (std::size_t i = 0; i < kBlock; ++i)
      samples[i] = static_cast<spx_int16_t>(
          std::lround(std::clamp(from[i * kSoundChannels + ear], -1.F, 1.F) * kFullScale));
    speex_preprocess_run(state, samples.data());
    for (std::size_t i = 0; i < kBlock; ++i)
      to[i * kSoundChannels + ear] = static_cast<float>(samples[i]) / kFullScale;
  }

  SpeexPreprocessState* state;
  std::vector<spx_int16_t> samples;
};

VoiceCleaner::VoiceCleaner() : left_(std::make_unique<Ear>()) {
  reset();
}

VoiceCleaner::~VoiceCleaner() = default;

void VoiceCleaner::reset() {
  block_.assign(kBlock * kSoundChannels, 0.F);
  ready_.assign(kBlock * kSoundChannels, 0.F);
  filled_ = 0;
}

void VoiceCleaner::clean_block() {
  left_->clean(block_, ready_, 0);
  bool is_mono = true;
  for (std::size_t i = 0; i < kBlock && is_mono; ++i)
    is_mono = block_[i * kSoundChannels] == block_[i * kSoundChannels + 1];
  if (is_mono) {
    for (std::size_t i = 0; i < kBlock; ++i) ready_[i * kSoundChannels + 1] = ready_[i * kSoundChannels];
    return;
  }
  if (!right_) right_ = std::make_unique<Ear>();
  right_->clean(block_, ready_, 1);
}

void VoiceCleaner::process(std::span<float> samples) {
  for (std::size_t i = 0; i + 1 < samples.size(); i += kSoundChannels) {
    for (std::size_t ear = 0; ear < kSoundChannels; ++ear) {
      const std::size_t place = filled_ * kSoundChannels + ear;
      block_[place] = samples[i + ear];
      samples[i + ear] = ready_[place];
    }
    if (++filled_ < kBlock) continue;
    clean_block();
    filled_ = 0;
  }
}

}  // namespace meanwhile
