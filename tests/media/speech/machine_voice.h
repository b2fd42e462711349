// Speech that espeak-ng makes, in the voice that pocketsphinx understands best.
#pragma once

#include <string>
#include <vector>

namespace meanwhile {

constexpr int kVoiceRate = 16'000;

// Mono samples, from -1 to 1. A test fails without espeak-ng and ffmpeg.
std::vector<float> machine_voice(const std::string& text);

}  // namespace meanwhile
