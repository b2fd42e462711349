#include "media/record/voice_mixer.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "media/capture/sample_blocks.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

// Energies are mean squares of samples from -1 to 1: 1e-6 is -60 dB.
constexpr double kNothing = 1e-9;
constexpr double kAudible = 1e-6;
constexpr double kOnset = 0.02;
constexpr double kRelease = 0.2;
// A voice rises far above what is there all the time, and falls back to it at each pause.
constexpr double kActive = 6.3;        // 8 dB
constexpr double kHardlyActive = 2.5;  // 4 dB
constexpr double kFloorRise = 4;       // 6 dB a second
// A hum, a hiss or a tone stays within 4 dB for a second; no voice does.
constexpr double kWindow = 0.5;
constexpr int kWindows = 3;
constexpr double kNearly = 4;
constexpr double kSteady = 2.5;
constexpr double kVoiceSmoothing = 1;
constexpr double kForgetting = 5;
constexpr double kFarBelow = 1e-3;  // 30 dB
// Further apart than left and right of any pair of microphones: 18 dB.
constexpr double kOneSided = 63;
constexpr double kElsewhere = 4;
// The first judgement counts at once, a changed mind takes some seconds.
constexpr double kFirstLean = 0.4;
constexpr double kDecided = 0.3;
constexpr double kMostOfSound = 0.5;
constexpr double kLearning = 3;
constexpr double kSlowly = 0.25;
constexpr double kFade = 0.05;

double mean_square(const AVFrame& samples, std::size_t input) {
  const std::span plane(reinterpret_cast<const float*>(samples.extended_data[input]),
                        static_cast<std::size_t>(samples.nb_samples));
  double sum = 0;
  for (const float sample : plane) sum += std::isfinite(sample) ? static_cast<double>(sample) * sample : 0;
  return plane.empty() ? 0 : sum / static_cast<double>(plane.size());
}

double falling(double seconds, double time_constant) {
  return std::exp(-seconds / time_constant);
}

bool are_far_apart(double a, double b) {
  return std::max(a, b) > kOneSided * std::min(a, b);
}

// sound: of `from`, in shares that go evenly from `before` to `after`.
void add_share(std::span<const float> from, float before, float after, std::span<float> sound) {
  if (before == 0 && after == 0) return;
  const float step = (after - before) / static_cast<float>(sound.size());
  for (std::size_t i = 0; i < sound.size(); ++i)
    sound[i] += from[i] * (before + step * static_cast<float>(i + 1));
}

std::optional<StereoSides> sides_of(const SampleSourceInfo& source, int channels) {
  if (channels < 2) return std::nullopt;
  return source.channels == 2 ? std::optional(StereoSides{0, 1}) : source.sides;
}

}  // namespace

VoiceMixer::VoiceMixer(const SampleSourceInfo& source, int channels)
    : channels_(channels),
      sides_(sides_of(source, channels)),
      inputs_(static_cast<std::size_t>(std::clamp(source.channels, 1, kMostInputs))) {}

FramePtr VoiceMixer::mix(const AVFrame& samples) {
  if (inputs_.size() == 1 && channels_ == 1) return reference(samples);
  listen(samples);
  auto matrix = wanted_matrix();
  if (matrix_.empty()) matrix_ = matrix;
  const auto count = static_cast<std::size_t>(samples.nb_samples);
  FramePtr mixed = make_sample_block(channels_, samples.nb_samples);
  for (std::size_t channel = 0; channel < matrix.size(); ++channel) {
    const std::span sound(reinterpret_cast<float*>(mixed->extended_data[channel]), count);
    std::ranges::fill(sound, 0.0F);
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      add_share({reinterpret_cast<const float*>(samples.extended_data[i]), count}, matrix_[channel][i],
                matrix[channel][i], sound);
    }
  }
  matrix_ = std::move(matrix);
  return mixed;
}

void VoiceMixer::listen(const AVFrame& samples) {
  const double seconds = static_cast<double>(samples.nb_samples) / kSampleRate;
  const bool is_first = matrix_.empty();
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const double energy = mean_square(samples, i);
    if (is_first) inputs_[i].energy = inputs_[i].floor = std::max(energy, kNothing);
    follow(inputs_[i], energy, seconds);
  }
  if (is_first || (window_seconds_ += seconds) >= kWindow) begin_window();
  note_voices(seconds);
  if (sides_) judge_sides(seconds);
}

void VoiceMixer::follow(Input& input, double energy, double seconds) {
  input.energy = std::max(kNothing, energy + (input.energy - energy) * falling(seconds, kOnset));
  input.recent = std::max(input.energy, input.recent * falling(seconds, kRelease));
  input.floor = std::min(input.energy, input.floor * std::pow(kFloorRise, seconds));
  input.least[0] = std::min(input.least[0], input.energy);
  input.most[0] = std::max(input.most[0], input.energy);
  const double least = std::ranges::min(input.least);
  if (windows_ > kWindows && std::ranges::max(input.most) < kSteady * least) {
    input.floor = std::max(input.floor, least);
    // A hum that began a moment ago was taken for a voice.
    if (input.typical < kNearly * least) input.typical = 0;
  }
  input.is_active = input.energy > kActive * input.floor && input.energy > kAudible / 3;
}

void VoiceMixer::begin_window() {
  window_seconds_ = 0;
  ++windows_;
  for (Input& input : inputs_) {
    std::ranges::rotate(input.least, input.least.end() - 1);
    std::ranges::rotate(input.most, input.most.end() - 1);
    input.least[0] = input.most[0] = input.energy;
  }
}

void VoiceMixer::note_voices(double seconds) {
  if (std::ranges::none_of(inputs_, &Input::is_active)) return;
  for (Input& input : inputs_) {
    if (!input.is_active) {
      input.typical *= falling(seconds, kForgetting);
    } else if (input.typical == 0) {
      input.typical = input.energy;
    } else {
      input.typical += (input.energy - input.typical) * (1 - falling(seconds, kVoiceSmoothing));
    }
  }
}

void VoiceMixer::judge_sides(double seconds) {
  const Input& left = inputs_[static_cast<std::size_t>(sides_->left)];
  const Input& right = inputs_[static_cast<std::size_t>(sides_->right)];
  const bool is_voice = std::ranges::any_of(inputs_, &Input::is_active);
  const bool is_voice_known =
      std::ranges::any_of(inputs_, [](const Input& input) { return input.typical > 0; });
  const bool is_sound = std::max(left.energy, right.energy) > kAudible;
  if (is_voice) {
    const double evidence = side_evidence(left, right);
    if (!has_judged_voice_) balance_ = evidence * kFirstLean;
    has_judged_voice_ = true;
    judged_seconds_ += seconds;
    lean(evidence, judged_seconds_ < kLearning ? seconds : seconds * kSlowly);
  } else if (is_sound && !is_voice_known) {
    // A tone, or the room: it tells less.
    const double evidence = are_far_apart(left.energy, right.energy) ? -1 : 1;
    if (!has_judged_sound_) balance_ = evidence * kFirstLean;
    has_judged_sound_ = true;
    if (balance_ * evidence < kMostOfSound) lean(evidence, seconds * kSlowly);
  }
  const double target = is_stereo_ ? 1 : 0;
  stereo_share_ += std::clamp(target - stereo_share_, -seconds / kFade, seconds / kFade);
}

double VoiceMixer::side_evidence(const Input& left, const Input& right) const {
  const double loudest = std::max(left.energy, right.energy);
  const bool is_elsewhere = std::ranges::any_of(
      inputs_, [&](const Input& input) { return input.is_active && input.energy > kElsewhere * loudest; });
  const auto takes_part = [](const Input& input) { return input.energy > kHardlyActive * input.floor; };
  if (is_elsewhere || !takes_part(left) || !takes_part(right)) return -1;
  return are_far_apart(left.energy, right.energy) ? -1 : 1;
}

void VoiceMixer::lean(double evidence, double seconds) {
  balance_ = std::clamp(balance_ + evidence * seconds, -1.0, 1.0);
  if (balance_ > kDecided) is_stereo_ = true;
  if (balance_ < -kDecided) is_stereo_ = false;
}

Inputs VoiceMixer::voice() const {
  double loudest = 0;
  for (const Input& input : inputs_) loudest = std::max(loudest, input.typical);
  Inputs found;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    found[i] = loudest == 0 || inputs_[i].typical >= kFarBelow * loudest;
  }
  return found;
}

// Those, and whoever begins to speak right now.
Inputs VoiceMixer::heard() const {
  Inputs all = voice();
  double loudest = 0;
  for (const Input& input : inputs_) loudest = std::max(loudest, input.typical);
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (inputs_[i].is_active && inputs_[i].energy >= kFarBelow * loudest) all.set(i);
  }
  return all;
}

// Each input by its share of the energy: together they are never louder than one alone, and a pause belongs
// to whoever spoke last.
std::vector<std::vector<float>> VoiceMixer::wanted_matrix() const {
  const Inputs wanted = heard();
  std::vector<double> shares(inputs_.size());
  double sum = 0;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (wanted[i]) sum += shares[i] = inputs_[i].recent + kFarBelow * inputs_[i].typical;
  }
  std::vector<float> middle;
  for (const double share : shares) middle.push_back(static_cast<float>(share / sum));
  std::vector matrix(static_cast<std::size_t>(channels_), middle);
  if (!sides_) return matrix;
  const auto left = static_cast<std::size_t>(sides_->left);
  const auto right = static_cast<std::size_t>(sides_->right);
  const auto stereo = static_cast<float>(stereo_share_);
  const float both = middle[left] + middle[right];
  const auto place = [&](std::vector<float>& row, std::size_t own, std::size_t other) {
    row[own] = (1 - stereo) * middle[own] + stereo * both;
    row[other] = (1 - stereo) * middle[other];
  };
  place(matrix[0], left, right);
  place(matrix[1], right, left);
  return matrix;
}

}  // namespace meanwhile
