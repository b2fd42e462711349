// Voice and system sound as one.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/play/arranged_track.h"
#include "media/play/delayed_sound.h"
#include "media/play/limiter.h"
#include "media/play/sound_reader.h"
#include "media/play/voice_cleaner.h"

namespace meanwhile {

// Thread: one at a time.
class SoundMix {
 public:
  // A track that can't be opened is left out with a warning, one that is missing without. is_over: nobody
  // wants it any more (Interrupts); empty: never.
  void open(ArrangedTrack voice, ArrangedTrack system, const std::function<bool()>& is_over);
  // Of what is heard from the next seek on; one that does nothing costs nothing.
  void treat(const SoundTreatment& treatment);

  [[nodiscard]] bool has_tracks() const { return !inputs_.empty(); }
  // A track that fails from now on is over, with a warning, until the next seek.
  void seek(MediaTime time);
  // Fills interleaved stereo; what no track has is silent. Answers the number of frames up to the end of the
  // longest track; 0: all are over.
  std::size_t read(std::span<float> into);
  // Of the longest track.
  MediaTime end();

  // Whole sentences, each once.
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }
  [[nodiscard]] const std::vector<Error>& failures() const { return failures_; }

 private:
  struct Input {
    std::string name;
    std::unique_ptr<SoundReader> reader;
    bool is_over = false;
    std::unique_ptr<VoiceCleaner> cleaner = nullptr;  // nullptr: it stays as it is
    DelayedSound cleaned{};
  };
  void open_one(const std::string& name, ArrangedTrack track, const std::function<bool()>& is_over);
  std::size_t mix(std::span<float> into);
  std::size_t add(Input& input, std::span<float> into);
  std::size_t read_input(Input& input, std::span<float> into);
  void end_input(Input& input, const Error& error);
  void warn(const std::string& warning);

  std::vector<Input> inputs_;
  std::optional<Limiter> limiter_;  // nullopt: it is as loud as it was recorded
  DelayedSound limited_;
  std::vector<float> scratch_;
  std::vector<std::string> warnings_;
  std::vector<Error> failures_;  // of tracks that couldn't be opened
};

}  // namespace meanwhile
