#include "media/speech/transcriber.h"

#include <unistd.h>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>

#include "media/base/files.h"
#include "media/base/result.h"
#include "media/speech/speech_process.h"
#include "media/speech/speech_sound.h"
#include "media/speech/transcript.h"

namespace meanwhile {
namespace {

// Of the whole: reading the sound is quick.
constexpr double kSoundShare = 0.05;

// Files of one job. A file's name has the process and this object in it: several may work in one folder.
class Scratch {
 public:
  explicit Scratch(const std::filesystem::path& folder)
      : stem_(folder / ("speech-" + std::to_string(::getpid()) + "-" +
                        std::to_string(reinterpret_cast<std::uintptr_t>(this)))) {
    remove();
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { remove(); }

  std::filesystem::path wav() const { return stem_.string() + ".wav"; }

 private:
  void remove() const {
    std::error_code error;
    for (const char* ending : {".wav", ".json"}) std::filesystem::remove(stem_.string() + ending, error);
  }
  const std::filesystem::path stem_;
};

}  // namespace

Result<Transcript> transcribe(const TranscriptionJob& job, const std::function<void(double)>& progress,
                              const std::stop_token& stop) {
  MEANWHILE_TRY(make_folders(job.folder));
  const Scratch scratch(std::filesystem::absolute(job.folder));
  const auto tell = [&](double done) {
    if (progress) progress(done);
  };
  const auto length =
      write_speech_sound(job.sound, scratch.wav(), [&](double done) { tell(done * kSoundShare); }, stop);
  if (!length) return std::unexpected(length.error());
  auto transcript = hear_words(
      {.engine = job.engine, .wav = scratch.wav(), .language = job.language},
      [&](double done) { tell(kSoundShare + done * (1 - kSoundShare)); }, stop);
  if (transcript) tell(1);
  return transcript;
}

}  // namespace meanwhile
