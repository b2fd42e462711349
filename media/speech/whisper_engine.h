// whisper.cpp as a library (libwhisper). Only where it was built in (MEANWHILE_WHISPER).
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "media/base/result.h"
#include "media/speech/transcript.h"

namespace meanwhile {

bool has_whisper_library();

struct WhisperJob {
  std::filesystem::path wav;    // of write_speech_sound
  std::filesystem::path model;  // a file
  std::string language;         // ISO 639-1; "auto": it finds out
  int threads = 1;
};

// For a process of its own: it takes as long, and as much memory, as the model does, and 4 bytes a sample.
// progress: from 0 to 1. Errors: Unsupported (not built in, no such model), FileSource's, Internal.
Result<Transcript> hear_with_whisper(const WhisperJob& job, const std::function<void(double)>& progress);

}  // namespace meanwhile
