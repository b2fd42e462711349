#include "media/speech/speech_trial.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <stop_token>
#include <string>
#include <system_error>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/play/sound_reader.h"
#include "media/speech/speech_engine.h"
#include "media/speech/speech_process.h"
#include "media/speech/speech_sound.h"

namespace meanwhile {
namespace {

constexpr const char* kSaid = "we will publish on friday";
constexpr int kVoiceRate = 22'050;  // espeak-ng's
constexpr std::size_t kVoiceHeader = 44;
constexpr std::uint64_t kLargestVoice = 4u << 20;

// Its mono samples, as stereo at 48 kHz; empty: there is no such program.
std::vector<float> spoken(const std::filesystem::path& file) {
  std::vector<float> stereo;
  const auto status =
      run_program({"espeak-ng", "-v", "en+klatt2", "-s", "130", "-w", file.string(), kSaid}, {});
  const auto bytes = status == 0 ? read_file(file, kLargestVoice) : fail(ErrorCode::NotFound, "");
  if (!bytes || bytes->size() < kVoiceHeader) return stereo;
  const std::size_t samples = (bytes->size() - kVoiceHeader) / 2;
  const auto sample = [&](std::size_t i) {
    const std::size_t at = kVoiceHeader + 2 * std::min(i, samples - 1);
    const auto low = std::to_integer<unsigned>((*bytes)[at]);
    const auto high = std::to_integer<unsigned>((*bytes)[at + 1]);
    return static_cast<float>(static_cast<std::int16_t>(low | high << 8)) / 32'768;
  };
  for (double at = 0; samples > 0 && at < static_cast<double>(samples);
       at += double(kVoiceRate) / kSoundRate) {
    const auto before = static_cast<std::size_t>(at);
    const auto share = static_cast<float>(at - std::floor(at));
    const float value = sample(before) * (1 - share) + sample(before + 1) * share;
    stereo.insert(stereo.end(), {value, value});
  }
  return stereo;
}

}  // namespace

Result<SpeechTrial> try_speech_engine(const SpeechEngine& engine, const std::filesystem::path& folder,
                                      const std::stop_token& stop) {
  MEANWHILE_TRY(make_folders(folder));
  const std::filesystem::path wav = std::filesystem::absolute(folder) / "trial.wav";
  const std::filesystem::path voice = std::filesystem::absolute(folder) / "trial-voice.wav";
  SpeechTrial trial;
  std::vector<float> stereo = spoken(voice);
  trial.had_voice = !stereo.empty();
  stereo.resize(stereo.size() + std::size_t{kSoundRate} * kSoundChannels);  // and a pause
  std::vector<float> speech;
  SpeechResampler resampler;
  resampler.push(stereo, speech);
  resampler.finish(speech);
  const auto written = write_file_durably(wav, speech_wav(speech));
  const auto heard =
      written
          ? hear_words({.engine = engine, .wav = wav, .language = "en", .pace = HearingPace::Now}, {}, stop)
          : std::unexpected(written.error());
  std::error_code error;
  for (const char* name : {"trial.wav", "trial-voice.wav", "trial.json"})
    std::filesystem::remove(wav.parent_path() / name, error);
  if (!heard) return std::unexpected(heard.error());
  trial.words = heard->words.size();
  return trial;
}

}  // namespace meanwhile
