// Whether an engine works here: it is given a sentence that a machine says.
#pragma once

#include <cstddef>
#include <filesystem>
#include <stop_token>

#include "media/base/result.h"
#include "media/speech/speech_engine.h"

namespace meanwhile {

struct SpeechTrial {
  bool had_voice = false;  // espeak-ng is here; else it got a second of silence
  std::size_t words = 0;   // that it heard
};

// Blocks, for as long as the engine takes for two seconds. folder: for what is needed meanwhile; emptied
// again. Errors: hear_words's.
Result<SpeechTrial> try_speech_engine(const SpeechEngine& engine, const std::filesystem::path& folder,
                                      const std::stop_token& stop);

}  // namespace meanwhile
