#include "media/play/sound_mix.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/play/open_readers.h"
#include "media/play/sound_reader.h"

namespace meanwhile {

void SoundMix::open(std::shared_ptr<ByteSource> voice, std::shared_ptr<ByteSource> system,
                    const std::function<bool()>& is_over) {
  open_one("voice", std::move(voice), is_over);
  open_one("system sound", std::move(system), is_over);
}

void SoundMix::open_one(const std::string& name, std::shared_ptr<ByteSource> track,
                        const std::function<bool()>& is_over) {
  if (!track) return;
  auto reader = open_sound(std::move(track), {.is_over = is_over});
  if (reader) {
    inputs_.push_back({.name = name, .reader = std::move(*reader)});
    return;
  }
  failures_.push_back(reader.error());
  warn("The " + name + " can't be played: " + reader.error().message);
}

void SoundMix::seek(MediaTime time) {
  for (Input& input : inputs_) {
    input.is_over = false;
    if (const auto sought = input.reader->seek(time); !sought) end_input(input, sought.error());
  }
}

std::size_t SoundMix::read(std::span<float> into) {
  std::ranges::fill(into, 0.F);
  std::size_t longest = 0;
  for (Input& input : inputs_) {
    if (!input.is_over) longest = std::max(longest, add(input, into));
  }
  for (float& sample : into) sample = std::clamp(sample, -1.F, 1.F);
  return longest;
}

std::size_t SoundMix::add(Input& input, std::span<float> into) {
  scratch_.assign(into.size(), 0.F);
  const auto count = input.reader->read(scratch_);
  if (!count) {
    end_input(input, count.error());
    return 0;
  }
  if (input.reader->is_damaged()) warn("The " + input.name + " is damaged in places.");
  input.is_over = *count * kSoundChannels < into.size();
  std::ranges::transform(into, scratch_, into.begin(), std::plus<>());
  return *count;
}

void SoundMix::end_input(Input& input, const Error& error) {
  input.is_over = true;
  if (!error.is_control()) warn("The " + input.name + " ends early: " + error.message);
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
