// From a recording to what was said in it: sound for the engine, the engine in its process, the words.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/speech/speech_engine.h"
#include "media/speech/transcript.h"

namespace meanwhile {

struct TranscriptionJob {
  std::shared_ptr<ByteSource> sound;  // the track that somebody speaks in
  SpeechEngine engine;
  std::string language = {};     // ISO 639-1; "": the engine finds out, if it can
  std::filesystem::path folder;  // for what is needed meanwhile (2 MB a minute); emptied again
};

// Blocks; nothing of it leaves this machine. progress: from 0 to 1, on the caller's thread, which must live
// as long as the call does. Errors: write_speech_sound's and hear_words's.
Result<Transcript> transcribe(const TranscriptionJob& job, const std::function<void(double)>& progress,
                              const std::stop_token& stop);

}  // namespace meanwhile
