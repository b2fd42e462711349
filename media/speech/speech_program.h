// The other end of speech_process.h: what happens in the process that was started to hear words.
#pragma once

#include <cstdint>

#include "media/speech/speech_engine.h"

namespace meanwhile {

// "meanwhile speech-process FD BYTES PACE own ENGINE WAV JSON MODEL LANGUAGE THREADS" or "... program PROGRAM
// ARGUMENTS...": what it says goes to FD, it may map so many bytes, and works at that pace (idle, now).
inline constexpr const char* kSpeechCommand = "speech-process";
inline constexpr const char* kOwnEngine = "own";
inline constexpr const char* kIdlePace = "idle";

// Of address space, for the engine with its model.
std::uint64_t memory_for(const SpeechEngine& engine);

}  // namespace meanwhile
