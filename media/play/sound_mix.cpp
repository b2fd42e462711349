#include "media/play/sound_mix.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/arranged_track.h"
#include "media/play/delayed_sound.h"
#include "media/play/limiter.h"
#include "media/play/sound_reader.h"
#include "media/play/voice_cleaner.h"

namespace meanwhile {
namespace {

constexpr const char* kVoice = "voice";

}  // namespace

void SoundMix::open(ArrangedTrack voice, ArrangedTrack system, const std::function<bool()>& is_over) {
  open_one(kVoice, std::move(voice), is_over);
  open_one("system sound", std::move(system), is_over);
}

void SoundMix::treat(const SoundTreatment& treatment) {
  limiter_.reset();
  if (treatment.gain_db != 0) limiter_.emplace(treatment.gain_db);
  for (Input& input : inputs_) {
    const bool is_cleaned = treatment.is_clean && input.name == kVoice;
    if (is_cleaned != (input.cleaner != nullptr))
      input.cleaner = is_cleaned ? std::make_unique<VoiceCleaner>() : nullptr;
  }
}

void SoundMix::open_one(const std::string& name, ArrangedTrack track, const std::function<bool()>& is_over) {
  if (track.is_missing()) return;
  auto reader = open_arranged_sound(std::move(track), {.is_over = is_over});
  if (reader) {
    inputs_.push_back({.name = name, .reader = std::move(*reader)});
    return;
  }
  failures_.push_back(reader.error());
  const std::string& why = reader.error().message;
  warn(name == kVoice ? tr_format("The voice can't be played: {}", why)
                      : tr_format("The system sound can't be played: {}", why));
}

void SoundMix::seek(MediaTime time) {
  limited_ = DelayedSound(Limiter::kDelay);
  if (limiter_) limiter_->reset();
  for (Input& input : inputs_) {
    input.is_over = false;
    input.cleaned = DelayedSound(VoiceCleaner::kDelay);
    if (input.cleaner) input.cleaner->reset();
    if (const auto sought = input.reader->seek(time); !sought) end_input(input, sought.error());
  }
}

std::size_t SoundMix::read(std::span<float> into) {
  if (limiter_)
    return limited_.read(
        into, [this](std::span<float> part) { return mix(part); },
        [this](std::span<float> part) { limiter_->process(part); });
  const std::size_t longest = mix(into);
  for (float& sample : into) sample = std::clamp(sample, -1.F, 1.F);
  return longest;
}

std::size_t SoundMix::mix(std::span<float> into) {
  std::ranges::fill(into, 0.F);
  std::size_t longest = 0;
  for (Input& input : inputs_) {
    if (!input.is_over) longest = std::max(longest, add(input, into));
  }
  return longest;
}

std::size_t SoundMix::add(Input& input, std::span<float> into) {
  scratch_.assign(into.size(), 0.F);
  const std::size_t count =
      input.cleaner ? input.cleaned.read(
                          scratch_, [&](std::span<float> part) { return read_input(input, part); },
                          [&](std::span<float> part) { input.cleaner->process(part); })
                    : read_input(input, scratch_);
  if (input.reader->is_damaged())
    warn(input.name == kVoice ? tr("The voice is damaged in places.")
                              : tr("The system sound is damaged in places."));
  input.is_over = count * kSoundChannels < into.size();
  std::ranges::transform(into, scratch_, into.begin(), std::plus<>());
  return count;
}

// 0: it can't be read any more, which was said.
std::size_t SoundMix::read_input(Input& input, std::span<float> into) {
  const auto count = input.reader->read(into);
  if (!count) {
    end_input(input, count.error());
    std::ranges::fill(into, 0.F);
  }
  return count.value_or(0);
}

void SoundMix::end_input(Input& input, const Error& error) {
  input.is_over = true;
  if (error.is_control()) return;
  warn(input.name == kVoice ? tr_format("The voice ends early: {}", error.message)
                            : tr_format("The system sound ends early: {}", error.message));
}

void SoundMix::warn(const std::string& warning) {
  if (std::ranges::find(warnings_, warning) == warnings_.end()) warnings_.push_back(warning);
}

MediaTime SoundMix::end() {
  MediaTime latest{};
  for (Input& input : inputs_) latest = std::max(latest, input.reader->end().value_or(MediaTime{}));
  return latest;
}

}  // namespace meanwhile
