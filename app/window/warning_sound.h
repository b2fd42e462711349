// Two short tones: something is wrong with the recording.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <stop_token>

#include "media/play/audio_output.h"

namespace meanwhile {

constexpr std::chrono::milliseconds kWarningSoundLength{360};

// Samples of the tones from number `first` on, silence behind them. Interleaved stereo, 48 kHz.
void fill_warning_sound(std::span<float> samples, std::size_t first);

// Blocks until it was played, about half a second. Where there is no loudspeaker it is silent.
void play_warning_sound(AudioOutput& output, std::stop_token stop);

}  // namespace meanwhile
