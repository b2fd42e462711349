// What is said in a clip or draft, as captions.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/library/home.h"
#include "app/library/settings.h"
#include "media/base/result.h"
#include "media/speech/speech_engine.h"

namespace meanwhile {

// Where models lie.
std::filesystem::path speech_models_folder(const Home& home);
// The engines that there are for this person, as their settings say, in the order in which they are tried.
std::vector<SpeechEngine> engines_of(const Home& home, const Settings& settings);

struct TranscriptWish {
  SpeechEngine engine;
  std::string language = {};     // "": the engine finds out
  std::filesystem::path folder;  // for what is needed meanwhile
};

// Blocks, for about as long as the recording is. The captions lie on its whole timeline. Errors: NotFound
// (nobody speaks: it has no sound, or no word was heard), transcribe's.
Result<CaptionTrack> transcribe_clip(const OpenedClip& opened, const TranscriptWish& wish,
                                     const std::function<void(double)>& progress,
                                     const std::stop_token& stop);

}  // namespace meanwhile
