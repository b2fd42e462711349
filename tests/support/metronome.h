// Flashes a screen and beeps into a microphone at the same instants: to measure how far apart a recording has
// them.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "media/base/result.h"

namespace meanwhile {

// At every whole second of the wall clock the screen is white for 100 ms, else black, and a beep of 1 kHz
// lasts as long; as FakeCamera::flash_every_second() does. Runs as long as the object lives. Owns the threads
// "flash" and "beep".
class Metronome {
 public:
  // display: of an X server; its whole screen is drawn on. pulse_server: as $PULSE_SERVER, sink: where to
  // play. Errors: Unavailable (either of them).
  static Result<std::unique_ptr<Metronome>> start(const std::string& display, const std::string& pulse_server,
                                                  const std::string& sink);
  ~Metronome();
  Metronome(const Metronome&) = delete;
  Metronome& operator=(const Metronome&) = delete;

  // How many beeps were begun since their place in the beat is known. Any thread.
  int beeps() const;

 private:
  class Beeper;
  Metronome();
  std::unique_ptr<Beeper> beeper_;
  std::jthread flash_;
  std::jthread beep_;  // last: both joined before what they use goes
};

}  // namespace meanwhile
