// A track's sound as speech engines want it: a WAV file of 16 kHz, mono, 16 bits.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

constexpr int kSpeechRate = 16'000;

// Writes it to a file that isn't there yet, piece by piece. progress: from 0 to 1, on the caller's thread.
// Blocks. Errors: Aborted (stop), open_sound's, FileSink's, Unsupported (longer than 36 hours).
Result<MediaTime> write_speech_sound(std::shared_ptr<ByteSource> track, const std::filesystem::path& wav,
                                     const std::function<void(double)>& progress,
                                     const std::stop_token& stop);

// Such a file's bytes. samples: 16 kHz, mono, from -1 to 1.
Bytes speech_wav(std::span<const float> samples);

// From 48 kHz stereo to 16 kHz mono: what lies above 7 kHz is taken away first. Its delay is made good:
// sample n of the result is of the same moment as frame 3 n that went in.
class SpeechResampler {
 public:
  SpeechResampler();
  // stereo: whole frames, interleaved.
  void push(std::span<const float> stereo, std::vector<float>& into);
  // What the end of the sound leaves.
  void finish(std::vector<float>& into);

 private:
  std::vector<float> taps_;
  std::vector<float> mono_;  // frames from next_ - half of the taps on
  std::size_t next_ = 0;     // in mono_: the middle of the next result
};

}  // namespace meanwhile
