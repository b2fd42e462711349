// The process that an engine works in: at idle priority, with bounded memory, ended at once when it isn't
// wanted. What crashes or hangs there loses nothing here.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "media/base/result.h"
#include "media/speech/speech_engine.h"
#include "media/speech/transcript.h"

namespace meanwhile {

// First in main(): whether this process was started to hear words. Its exit status then: there is nothing
// else to do.
std::optional<int> run_if_speech(int argc, char** argv);

// The program that calls run_if_speech() first: "/proc/self/exe" if nothing else is said. Before the first
// hear_words().
void hear_words_in(const std::string& program);

// Idle: everybody else goes first. Now: somebody waits for it.
enum class HearingPace { Idle, Now };

struct HearingJob {
  SpeechEngine engine;
  std::filesystem::path wav;  // of write_speech_sound, in a folder where it may write
  std::string language;       // ISO 639-1; "": the engine finds out, if it can
  HearingPace pace = HearingPace::Idle;
};

// Blocks. progress: from 0 to 1, on the caller's thread, which must live as long as the call does. Errors:
// Aborted (stop), Unavailable (it can't be started, crashed, hung, or ran out of memory: a sentence),
// parse_transcript's.
Result<Transcript> hear_words(const HearingJob& job, const std::function<void(double)>& progress,
                              const std::stop_token& stop);

// "whisper_print_progress_callback: progress =  35%": 0.35; nullopt: the line says something else.
std::optional<double> progress_in(std::string_view line);

}  // namespace meanwhile
