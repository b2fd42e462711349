#include "tests/bench/clean_sound_bench.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <expected>
#include <filesystem>
#include <numbers>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/child_process.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/play/sound_reader.h"
#include "media/play/voice_cleaner.h"
#include "tests/bench/bench_files.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using Sound = std::vector<float>;  // mono, 48 kHz

constexpr double kNoiseBelowSpeech = 10;  // dB, where somebody speaks
constexpr float kSpoken = 0.003F;
constexpr std::size_t kLongestDelay = 4800;
constexpr std::uint64_t kLargestSound = 64u << 20;
constexpr const char* kWords =
    "The importer was slow because it read every file twice. We changed that last week, and now the whole "
    "run takes "
    "eleven minutes. What remains is the budget: we have to decide by Thursday whether we ship the old "
    "format or the "
    "new one. I would like to hear from each of you before that.";

Result<void> run(const std::vector<std::string>& words) {
  const auto status = run_program(words, {});
  if (!status) return std::unexpected(status.error());
  if (*status == 0) return {};
  return fail(ErrorCode::Io, words.front() + " failed");
}

Result<Sound> read_sound(const fs::path& file) {
  const auto bytes = read_file(file, kLargestSound);
  if (!bytes) return std::unexpected(bytes.error());
  Sound sound(bytes->size() / sizeof(float));
  std::copy_n(bytes->data(), sound.size() * sizeof(float), reinterpret_cast<std::byte*>(sound.data()));
  return sound;
}

Result<void> write_sound(const fs::path& file, const Sound& sound) {
  return write_file_durably(file, std::as_bytes(std::span(sound)));
}

// Two seconds of nothing, then the words with pauses of three quarters of a second.
Result<Sound> speech(const fs::path& cache) {
  const fs::path spoken = cache / "words.wav";
  const fs::path raw = cache / "words.f32";
  MEANWHILE_TRY(run({"espeak-ng", "-v", "en-gb", "-s", "150", "-w", spoken.string(), kWords}));
  MEANWHILE_TRY(run_ffmpeg({"-i", spoken.string(), "-ar", "48000", "-ac", "1", "-f", "f32le", raw.string()}));
  const auto words = read_sound(raw);
  if (!words) return words;
  constexpr std::size_t kParts = 6;
  Sound all(std::size_t{2} * kSoundRate);
  for (std::size_t part = 0; part < kParts; ++part) {
    const auto from = words->begin() + std::ptrdiff_t(words->size() * part / kParts);
    all.insert(all.end(), from, words->begin() + std::ptrdiff_t(words->size() * (part + 1) / kParts));
    all.resize(all.size() + kSoundRate * 3 / 4);
  }
  const float loudest = std::abs(*std::ranges::max_element(all, {}, [](float s) { return std::abs(s); }));
  for (float& sample : all) sample *= 0.5F / loudest;
  return all;
}

Sound fan(std::size_t length, std::mt19937& random) {
  std::normal_distribution<float> noise;
  Sound sound(length);
  float slow = 0;
  for (float& sample : sound)
    sample = slow += (noise(random) - slow) * 0.04F;  // 6 dB an octave from 300 Hz on
  return sound;
}

Sound hum(std::size_t length, std::mt19937&) {
  Sound sound(length);
  for (std::size_t i = 0; i < length; ++i)
    for (int k = 1; k < 12; ++k)
      sound[i] += static_cast<float>(
          std::sin(2 * std::numbers::pi * 50 * k * static_cast<double>(i) / kSoundRate + k) / k);
  return sound;
}

Sound keys(std::size_t length, std::mt19937& random) {
  std::normal_distribution<float> noise;
  std::uniform_real_distribution<float> pause(0.08F, 0.35F);
  Sound sound(length);
  for (std::size_t at = kSoundRate / 2; at + kSoundRate / 10 < length;
       at += static_cast<std::size_t>(pause(random) * kSoundRate))
    for (std::size_t i = 0; i < kSoundRate / 20; ++i)
      sound[at + i] += noise(random) * std::exp(-static_cast<float>(i) / 300);
  return sound;
}

struct Noise {
  const char* name;
  Sound (*make)(std::size_t length, std::mt19937& random);
};

double power(const Sound& sound, const std::vector<bool>& where) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < sound.size() && i < where.size(); ++i) {
    if (!where[i]) continue;
    sum += static_cast<double>(sound[i]) * sound[i];
    ++count;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

// Within a twentieth of a second of a word.
std::vector<bool> spoken_parts(const Sound& speech) {
  constexpr std::size_t kAround = kSoundRate / 20;
  std::vector<bool> spoken(speech.size());
  for (std::size_t i = 0; i < speech.size(); ++i) {
    if (std::abs(speech[i]) < kSpoken) continue;
    for (std::size_t k = i - std::min(i, kAround); k < std::min(speech.size(), i + kAround); ++k)
      spoken[k] = true;
  }
  return spoken;
}

Sound with_noise(const Sound& speech, const Sound& noise, const std::vector<bool>& spoken) {
  const std::vector<bool> always(noise.size(), true);
  const double factor =
      std::sqrt(power(speech, spoken) / power(noise, always) / std::pow(10, kNoiseBelowSpeech / 10));
  Sound sound = speech;
  for (std::size_t i = 0; i < sound.size(); ++i) sound[i] += static_cast<float>(factor) * noise[i];
  return sound;
}

// Scale-invariant signal to distortion. Source: Le Roux et al., "SDR: half-baked or well done?", 2019.
double si_sdr(const Sound& clean, const Sound& heard, std::size_t delay) {
  double dot = 0;
  double energy = 0;
  const std::size_t count = std::min(clean.size(), heard.size() - std::min(delay, heard.size()));
  for (std::size_t i = 0; i < count; ++i) {
    dot += static_cast<double>(clean[i]) * heard[i + delay];
    energy += static_cast<double>(clean[i]) * clean[i];
  }
  const double scale = dot / energy;
  double wrong = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double difference = heard[i + delay] - scale * clean[i];
    wrong += difference * difference;
  }
  return 10 * std::log10(scale * scale * energy / wrong);
}

// Whatever delay serves it best.
std::pair<double, std::size_t> best_si_sdr(const Sound& clean, const Sound& heard) {
  std::pair<double, std::size_t> best{-100, 0};
  for (std::size_t delay = 0; delay < kLongestDelay; delay += 8)
    best = std::max(best, {si_sdr(clean, heard, delay), delay});
  return best;
}

double processor_seconds(int who) {
  rusage usage{};
  ::getrusage(who, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
}

struct Cleaned {
  Sound sound;
  double cpu_seconds = 0;
};

Cleaned by_us(const Sound& sound) {
  Sound stereo(sound.size() * kSoundChannels);
  for (std::size_t i = 0; i < stereo.size(); ++i) stereo[i] = sound[i / kSoundChannels];
  VoiceCleaner cleaner;
  const double before = processor_seconds(RUSAGE_SELF);
  cleaner.process(stereo);
  Cleaned cleaned{.sound = Sound(sound.size()), .cpu_seconds = processor_seconds(RUSAGE_SELF) - before};
  for (std::size_t i = 0; i < sound.size(); ++i) cleaned.sound[i] = stereo[i * kSoundChannels];
  return cleaned;
}

Result<Cleaned> by_afftdn(const Sound& sound, const fs::path& cache) {
  const fs::path in = cache / "noisy.f32";
  const fs::path out = cache / "cleaned.f32";
  MEANWHILE_TRY(write_sound(in, sound));
  const double before = processor_seconds(RUSAGE_CHILDREN);
  MEANWHILE_TRY(run_ffmpeg({"-f", "f32le", "-ar", "48000", "-ac", "1", "-i", in.string(), "-af",
                            "afftdn=nr=25:nf=-25:tn=1", "-f", "f32le", out.string()}));
  const double cpu = processor_seconds(RUSAGE_CHILDREN) - before;
  auto cleaned = read_sound(out);
  if (!cleaned) return std::unexpected(cleaned.error());
  return Cleaned{std::move(*cleaned), cpu};
}

void print_row(const std::string& name, const Sound& clean, const std::vector<bool>& spoken,
               const Cleaned& heard) {
  const auto [distortion, delay] = best_si_sdr(clean, heard.sound);
  std::vector<bool> pauses(std::min(spoken.size(), heard.sound.size()));
  // What is learnt in the first second is no pause yet.
  for (std::size_t i = kSoundRate; i + delay < pauses.size(); ++i) pauses[i + delay] = !spoken[i];
  const double level = 10 * std::log10(power(heard.sound, pauses) + 1e-12);
  fmt::print("| {} | {:.1f} | {:.1f} | {:.2f} |\n", name, distortion, level,
             heard.cpu_seconds * 1000 * kSoundRate / static_cast<double>(clean.size()));
  std::fflush(stdout);
}

}  // namespace

Result<void> measure_clean_sound(const fs::path& cache) {
  MEANWHILE_TRY(make_folders(cache));
  const auto clean = speech(cache);
  if (!clean) return std::unexpected(clean.error());
  const std::vector<bool> spoken = spoken_parts(*clean);
  std::mt19937 random(1);
  fmt::print("| speech with, at {} dB | SI-SDR, dB | pauses, dBFS | CPU, ms a second |\n|---|---|---|---|\n",
             kNoiseBelowSpeech);
  for (const auto& [name, make] : {Noise{"fan", fan}, Noise{"hum", hum}, Noise{"keys", keys}}) {
    const Sound noisy = with_noise(*clean, make(clean->size(), random), spoken);
    print_row(fmt::format("{}: as it is", name), *clean, spoken, {noisy, 0});
    print_row(fmt::format("{}: Clean up sound", name), *clean, spoken, by_us(noisy));
    const auto other = by_afftdn(noisy, cache);
    if (!other) return std::unexpected(other.error());
    print_row(fmt::format("{}: afftdn", name), *clean, spoken, *other);
  }
  return {};
}

}  // namespace meanwhile
