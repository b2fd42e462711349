// A private PulseAudio server with a make-believe microphone and loudspeaker.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "media/base/result.h"
#include "tests/support/environment.h"

namespace meanwhile {

// Runs as long as the object lives. Default source: kMicrophone (mono); default sink: kSpeaker (stereo).
class PulseServer {
 public:
  static constexpr const char* kMicrophone = "rig_mic";
  static constexpr const char* kSpeaker = "rig_speaker";
  static constexpr const char* kSpeakerMonitor = "rig_speaker.monitor";

  // Blocks until it takes connections. Errors: NotFound (no pulseaudio), Unavailable.
  static Result<std::unique_ptr<PulseServer>> start();

  // PULSE_SERVER and its like, for ScopedEnvironment or a child.
  Environment environment() const;

  // Sound into the microphone, or out of the loudspeaker: blocks until it was played, unless start_ is used.
  Result<void> beep_into_microphone(double hertz, std::chrono::milliseconds length);
  Result<void> beep_on_speaker(double hertz, std::chrono::milliseconds length);
  Result<void> play_into_microphone(const std::filesystem::path& wav);
  Result<std::unique_ptr<ChildProcess>> start_playing_into_microphone(const std::filesystem::path& wav);
  // espeak-ng's voice.
  Result<void> say(const std::string& text);

  // A further microphone, with these channels ("aux0,aux1").
  Result<void> add_microphone(const std::string& name, const std::string& map);
  // A tone of half the full level into one of its channels, from 0 on, for a minute at most.
  Result<std::unique_ptr<ChildProcess>> start_tone(const std::string& name, const std::string& map,
                                                   std::size_t channel, double hertz);

  // The microphone's plug.
  Result<void> unplug_microphone();
  Result<void> plug_microphone();
  // As a crash would.
  void kill();
  // pactl with these arguments. Errors: Io (it said no).
  Result<void> control(const std::vector<std::string>& arguments) const;

 private:
  PulseServer() = default;
  Result<void> set_up();
  Result<void> play(const std::filesystem::path& wav, const std::string& sink) const;

  ScopedFolder folder_;
  std::unique_ptr<ChildProcess> process_;  // ends before the folder goes
};

// A sine of half the full level, 16 bits, 48 kHz, mono.
Result<void> write_beep(const std::filesystem::path& wav, double hertz, std::chrono::milliseconds length);

}  // namespace meanwhile
