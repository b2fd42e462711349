#include "app/speech/clip_transcriber.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/library/addition.h"
#include "app/library/home.h"
#include "app/library/settings.h"
#include "app/speech/speech_models.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/speech/speech_engine.h"
#include "media/speech/transcriber.h"
#include "media/speech/transcript.h"

namespace meanwhile {

std::filesystem::path speech_models_folder(const Home& home) {
  return home.data() / "speech";
}

std::vector<SpeechEngine> engines_of(const Home& home, const Settings& settings) {
  return speech_engines({.program = settings.speech_program,
                         .model = model_to_use(speech_models_folder(home), settings.speech_model)});
}

Result<CaptionTrack> transcribe_clip(const OpenedClip& opened, const TranscriptWish& wish,
                                     const std::function<void(double)>& progress,
                                     const std::stop_token& stop) {
  const auto sound = opened.media.voice ? opened.media.voice : opened.media.system;
  if (!sound) return fail(ErrorCode::NotFound, tr("it has no sound in which somebody could speak"));
  const auto heard =
      transcribe({.sound = sound, .engine = wish.engine, .language = wish.language, .folder = wish.folder},
                 progress, stop);
  if (!heard) return fail(tr("writing down what is said"), heard.error());
  if (heard->words.empty()) return fail(ErrorCode::NotFound, tr("not a word was heard in it"));
  std::string language = wish.language.empty() ? heard->language : wish.language;
  if (!is_language_tag(language)) language.clear();
  return CaptionTrack{std::move(language), cues_of(heard->words)};
}

}  // namespace meanwhile
