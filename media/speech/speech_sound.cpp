#include "media/speech/speech_sound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <numbers>
#include <numeric>
#include <span>
#include <stop_token>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/open_readers.h"
#include "media/play/sound_reader.h"

namespace meanwhile {
namespace {

constexpr std::size_t kStep = kSoundRate / kSpeechRate;
static_assert(kStep * kSpeechRate == kSoundRate);
constexpr std::size_t kHalf = 48;  // of the taps, beside the one in the middle
constexpr double kHighest = 7'000.0 / kSoundRate;
constexpr std::size_t kPieceFrames = kSoundRate;
// What a WAV file can say the length of.
constexpr std::int64_t kMostSamples = 36LL * 3'600 * kSpeechRate;

// A low pass with Blackman's window. Source: S. W. Smith, "The Scientist and Engineer's Guide to Digital
// Signal Processing", chapter 16.
std::vector<float> low_pass() {
  std::vector<float> taps;
  for (std::size_t i = 0; i <= 2 * kHalf; ++i) {
    const double x = static_cast<double>(i) - kHalf;
    const double turn = 2 * std::numbers::pi * static_cast<double>(i) / (2 * kHalf);
    const double window = 0.42 - 0.5 * std::cos(turn) + 0.08 * std::cos(2 * turn);
    const double sinc =
        x == 0 ? 2 * kHighest : std::sin(2 * std::numbers::pi * kHighest * x) / (std::numbers::pi * x);
    taps.push_back(static_cast<float>(sinc * window));
  }
  const float sum = std::accumulate(taps.begin(), taps.end(), 0.0f);
  for (float& tap : taps) tap /= sum;
  return taps;
}

void put_number(Bytes& bytes, std::uint32_t value, int octets) {
  for (int i = 0; i < octets; ++i) bytes.push_back(static_cast<std::byte>(value >> (8 * i) & 0xFF));
}

void put_name(Bytes& bytes, const char* name) {
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<std::byte>(name[i]));
}

// Source: Microsoft, "Multiple channel audio data and WAVE files"; format 1 is PCM.
Bytes wav_header(std::int64_t samples) {
  const auto data = static_cast<std::uint32_t>(samples * 2);
  Bytes bytes;
  put_name(bytes, "RIFF");
  put_number(bytes, data + 36, 4);
  put_name(bytes, "WAVE");
  put_name(bytes, "fmt ");
  put_number(bytes, 16, 4);
  put_number(bytes, 1, 2);
  put_number(bytes, 1, 2);
  put_number(bytes, kSpeechRate, 4);
  put_number(bytes, kSpeechRate * 2, 4);
  put_number(bytes, 2, 2);
  put_number(bytes, 16, 2);
  put_name(bytes, "data");
  put_number(bytes, data, 4);
  return bytes;
}

Bytes wav_samples(std::span<const float> samples) {
  Bytes bytes;
  bytes.reserve(samples.size() * 2);
  for (const float sample : samples) {
    const auto value = static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0f, 1.0f) * 32'767));
    put_number(bytes, static_cast<std::uint16_t>(value), 2);
  }
  return bytes;
}

// As many samples as the header says, whatever the track turns out to have.
class WavWriter {
 public:
  WavWriter(FileSink& file, std::int64_t samples) : file_(file), left_(samples) {}

  Result<void> append(std::vector<float>& samples) {
    samples.resize(static_cast<std::size_t>(std::min<std::int64_t>(left_, std::ssize(samples))));
    left_ -= std::ssize(samples);
    const Result<void> written = file_.append(wav_samples(samples));
    samples.clear();
    return written;
  }
  Result<void> fill() {
    std::vector<float> silence(kSpeechRate);
    while (left_ > 0) {
      silence.assign(kSpeechRate, 0);
      MEANWHILE_TRY(append(silence));
    }
    return {};
  }

 private:
  FileSink& file_;
  std::int64_t left_;
};

Result<void> copy_sound(SoundReader& reader, WavWriter& wav, MediaTime end,
                        const std::function<void(double)>& progress, const std::stop_token& stop) {
  SpeechResampler resampler;
  std::vector<float> stereo(kPieceFrames * kSoundChannels);
  std::vector<float> speech;
  std::int64_t done = 0;
  while (!stop.stop_requested()) {
    const auto frames = reader.read(stereo);
    if (!frames) return std::unexpected(frames.error());
    resampler.push(std::span(stereo).first(*frames * kSoundChannels), speech);
    MEANWHILE_TRY(wav.append(speech));
    done += static_cast<std::int64_t>(*frames);
    if (progress) progress(std::min(1.0, static_cast<double>(done) / static_cast<double>(sound_frames(end))));
    if (*frames == kPieceFrames) continue;
    resampler.finish(speech);
    MEANWHILE_TRY(wav.append(speech));
    return wav.fill();
  }
  return fail(ErrorCode::Aborted, tr("stopped"));
}

}  // namespace

Bytes speech_wav(std::span<const float> samples) {
  Bytes bytes = wav_header(std::ssize(samples));
  const Bytes data = wav_samples(samples);
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

SpeechResampler::SpeechResampler() : taps_(low_pass()), mono_(kHalf), next_(kHalf) {}

void SpeechResampler::push(std::span<const float> stereo, std::vector<float>& into) {
  for (std::size_t i = 0; i + 1 < stereo.size(); i += 2) mono_.push_back((stereo[i] + stereo[i + 1]) / 2);
  for (; next_ + kHalf < mono_.size(); next_ += kStep) {
    const auto first = mono_.begin() + static_cast<std::ptrdiff_t>(next_ - kHalf);
    into.push_back(std::inner_product(taps_.begin(), taps_.end(), first, 0.0f));
  }
  const std::size_t done = std::min(next_ - kHalf, mono_.size());
  mono_.erase(mono_.begin(), mono_.begin() + static_cast<std::ptrdiff_t>(done));
  next_ -= done;
}

void SpeechResampler::finish(std::vector<float>& into) {
  push(std::vector<float>(kHalf * kSoundChannels), into);
}

Result<MediaTime> write_speech_sound(std::shared_ptr<ByteSource> track, const std::filesystem::path& wav,
                                     const std::function<void(double)>& progress,
                                     const std::stop_token& stop) {
  const std::stop_callback abort(stop, [track] { track->abort(); });
  auto reader = open_sound(track, {.newer = nullptr, .is_over = [stop] { return stop.stop_requested(); }});
  if (!reader) return std::unexpected(reader.error());
  const auto end = (*reader)->end();
  if (!end) return end;
  const std::int64_t samples = end->count() * kSpeechRate / 1'000'000;
  if (samples > kMostSamples) return fail(ErrorCode::Unsupported, tr("the sound is longer than 36 hours"));
  auto file = FileSink::create(wav);
  if (!file) return std::unexpected(file.error());
  MEANWHILE_TRY((*file)->append(wav_header(samples)));
  WavWriter writer(**file, samples);
  MEANWHILE_TRY(copy_sound(**reader, writer, *end, progress, stop));
  return end;
}

}  // namespace meanwhile
