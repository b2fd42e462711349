// The loudspeaker, through SDL.
#pragma once

#include <memory>

#include "media/play/audio_output.h"

namespace meanwhile {

// 48 kHz stereo float on SDL's default device; SDL_AUDIODRIVER and the desktop choose which.
std::unique_ptr<AudioOutput> make_audio_output();

}  // namespace meanwhile
