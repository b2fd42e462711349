// Small track files as the recorder writes them, with contents that a test can read back.
#pragma once

#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile::test {

struct VideoSpec {
  int width = 320;
  int height = 180;
  std::vector<MediaTime> times;     // of each frame, rising
  MediaTime end{};                  // of the last frame
  int keyframe_every = 60;          // frames
  const char* encoder = "libx264";  // another: a file as the recorder never makes one
  const char* more_options = "";    // of libx264, such as ":ref=2"
  bool full_range = false;
};

// count frames at a constant rate.
VideoSpec constant_rate(int count, int frames_per_second);
// Like a screen: bursts of motion, and frames that stand for seconds.
VideoSpec variable_rate(int count, unsigned seed);

// Fragments of about a second. Each frame shows its index (below 65536) as a row of black and white
// blocks.
Bytes make_video_track(const VideoSpec& spec);
// The same with B-frames. Decoding then runs ahead of showing: spec's times are moved by what the file says.
Bytes make_reordered_track(VideoSpec& spec);

// Such a frame by itself.
FramePtr numbered_frame(int width, int height, int number);

// Index of the frame; -1: can't be read. Works for scaled pictures too; x, y, width, height: where in the
// picture it is.
int read_frame_number(const Picture& picture);
int read_frame_number(const Picture& picture, int x, int y, int width, int height);

// Index of the frame on show at moment.
int frame_at(const VideoSpec& spec, MediaTime moment);

struct SoundSpec {
  double frequency = 440;
  double amplitude = 0.5;
  MediaTime start{};     // silence before
  MediaTime duration{};  // with the silence
};

// AAC, mono, 48 kHz.
Bytes make_sound_track(const SoundSpec& spec);

// Of a tone in interleaved stereo at 48 kHz, by its zero crossings.
double measure_frequency(const std::vector<float>& samples);
double measure_level(const std::vector<float>& samples);  // root mean square

}  // namespace meanwhile::test
