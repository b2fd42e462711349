// Records microphones and system sound through libpulse.
#pragma once

#include <memory>
#include <string>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/source.h"

namespace meanwhile {

enum class SoundKind { Microphone, System };

// spec: "pulse:SOURCE", of which inputs may be chosen (sound_spec.h), or "default": the server's default
// source if that is a microphone, else its first microphone; or the monitor of its default loudspeaker. A
// default microphone is never a monitor, and a stream never moves to another device by itself: what a person
// plays must not get into what they say. Owns the thread "microphone" or "system sound", on which libpulse
// runs. Says when the server has the source muted or at volume 0. Ends (on_ended) with Unavailable: the
// device was unplugged, or the server went away. Errors: as open_microphone(); NotFound also where no sound
// server runs.
Result<std::unique_ptr<SampleSource>> open_pulse(const std::string& spec, SoundKind kind, const Clock& clock);

}  // namespace meanwhile
