#include "media/record/sample_edits.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "media/capture/sample_blocks.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

std::span<float> plane(const AVFrame& samples, int channel) {
  return {reinterpret_cast<float*>(samples.extended_data[channel]),
          static_cast<std::size_t>(samples.nb_samples)};
}

}  // namespace

void fade(AVFrame& samples, float from, float to) {
  const float step = (to - from) / static_cast<float>(samples.nb_samples);
  for (int channel = 0; channel < samples.ch_layout.nb_channels; ++channel) {
    float factor = from;
    // Assigned where it is silence: memory that was never written may hold anything, also no number.
    for (float& sample : plane(samples, channel)) {
      sample = factor == 0 ? 0 : sample * factor;
      factor += step;
    }
  }
}

FramePtr faded(const AVFrame& samples, float from, float to) {
  FramePtr copy = make_sample_block(samples.ch_layout.nb_channels, samples.nb_samples);
  for (int channel = 0; channel < samples.ch_layout.nb_channels; ++channel) {
    std::ranges::copy(plane(samples, channel), plane(*copy, channel).begin());
  }
  fade(*copy, from, to);
  return copy;
}

FramePtr part_of(const AVFrame& samples, std::int64_t first, std::int64_t count) {
  FramePtr part = reference(samples);
  const auto offset = first * static_cast<std::int64_t>(sizeof(float));
  for (int channel = 0; channel < part->ch_layout.nb_channels; ++channel)
    part->extended_data[channel] += offset;
  if (part->extended_data != part->data) std::copy_n(part->extended_data, std::size(part->data), part->data);
  part->nb_samples = static_cast<int>(count);
  return part;
}

FramePtr with_channels(const AVFrame& samples, int channels) {
  const int given = samples.ch_layout.nb_channels;
  if (given == channels) return reference(samples);
  FramePtr fitting = make_sample_block(channels, samples.nb_samples);
  for (int channel = 0; channel < channels; ++channel) {
    const auto into = plane(*fitting, channel);
    std::ranges::copy(plane(samples, 0), into.begin());
    if (given < 2) continue;
    const auto other = plane(samples, 1);
    for (std::size_t i = 0; i < into.size(); ++i) into[i] = (into[i] + other[i]) / 2;
  }
  return fitting;
}

}  // namespace meanwhile
