// Finds the voice in what a microphone's inputs give, and mixes it for the track.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// By their places in the device.
using Inputs = std::bitset<kMostInputs>;

// A voice that comes in by one input, or by several at different times, goes to the middle at its own level;
// what comes in by left and right at once stays where it is. An input is heard from the first block on in
// which something is said there; what only hums or hisses is left out as soon as a voice is known elsewhere.
// One thread at a time.
class VoiceMixer {
 public:
  // channels: of the track, 1 or 2.
  VoiceMixer(const SampleSourceInfo& source, int channels);

  // samples: a block as the source gives it. Returns the block with the track's channels.
  FramePtr mix(const AVFrame& samples);
  // The inputs by which a voice came in; all of them before there was any.
  Inputs voice() const;
  bool is_stereo() const { return is_stereo_; }

 private:
  struct Input {
    double energy = 0;   // mean square, smoothed over a word's onset
    double floor = 0;    // of what is there all the time
    double typical = 0;  // of the voice that came in here; 0: none
    double recent = 0;   // energy that falls slowly
    bool is_active = false;
    // Over this half second and the two before it.
    std::array<double, 3> least{};
    std::array<double, 3> most{};
  };

  void listen(const AVFrame& samples);
  void follow(Input& input, double energy, double seconds);
  void begin_window();
  void note_voices(double seconds);
  void judge_sides(double seconds);
  double side_evidence(const Input& left, const Input& right) const;
  void lean(double evidence, double seconds);
  Inputs heard() const;
  // How much of each input goes into each channel: by channel, then by input.
  std::vector<std::vector<float>> wanted_matrix() const;

  const int channels_;
  const std::optional<StereoSides> sides_;
  std::vector<Input> inputs_;
  std::vector<std::vector<float>> matrix_;  // at the end of the block before
  double window_seconds_ = 0;
  int windows_ = 0;
  double balance_ = 0;  // -1: the voice is on one side; 1: it is stereo
  double judged_seconds_ = 0;
  bool has_judged_sound_ = false;
  bool has_judged_voice_ = false;
  bool is_stereo_ = false;
  double stereo_share_ = 0;  // of is_stereo_, faded
};

}  // namespace meanwhile
