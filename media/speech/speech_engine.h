// What can hear words here: which programs and models there are, and which of them is taken.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/result.h"

namespace meanwhile {

enum class SpeechEngineKind {
  Whisper,       // whisper.cpp with a model: built in, or its program whisper-cli
  Pocketsphinx,  // built in, where the library was there; English
};

struct SpeechEngine {
  SpeechEngineKind kind = SpeechEngineKind::Whisper;
  std::filesystem::path program = {};  // of Whisper; empty: what is built in
  std::filesystem::path model = {};    // a file, of Pocketsphinx a folder
  bool is_draft = false;               // good enough to find a place by its words, not to be read
  std::string trouble = {};            // why it can't be used: a sentence; "": it can
};

// "whisper", "pocketsphinx".
std::string_view speech_engine_name(SpeechEngineKind kind);

struct SpeechTools {
  std::string program = {};          // a name in $PATH or a path; "": what is built in, else "whisper-cli"
  std::filesystem::path model = {};  // for it; "": none was chosen
};

// All that this program knows, in the order in which they are tried. Looks at a few files.
std::vector<SpeechEngine> speech_engines(const SpeechTools& tools);

// The first that can be used, or the one of that name ("": any). language: that it must know; "": any.
// Errors: Unsupported (there is none: a sentence that says what to do), InvalidArgument (no such name).
Result<SpeechEngine> choose_engine(const std::vector<SpeechEngine>& engines, std::string_view name,
                                   std::string_view language);

}  // namespace meanwhile
