// Reads an input to its end, or for ever.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <utility>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/base/thread_checker.h"
#include "media/capture/avdevice/input_spec.h"
#include "media/capture/avdevice/media_input.h"
#include "media/capture/waiting.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// One thread, but for abort().
class InputReader {
 public:
  // patience: how long a live input may send nothing.
  InputReader(InputSpec spec, std::unique_ptr<MediaInput> input, std::chrono::milliseconds patience,
              const Clock& clock)
      : spec_(std::move(spec)), input_(std::move(input)), patience_(patience), clock_(clock) {}

  // Waits for the next frame; begins again at the end of what is looped. Errors: Aborted (stop requested),
  // EndOfStream, Unavailable (a live input that is gone or sends nothing), Corrupt, Io.
  Result<FramePtr> next(const std::stop_token& stop);
  // How often it began again.
  int rounds() const { return rounds_; }
  void abort() { input_->abort(); }

  const MediaInput& input() const { return *input_; }
  const InputSpec& spec() const { return spec_; }

 private:
  Result<FramePtr> next_round();
  Error translated(Error error) const;
  Error silent() const;

  const InputSpec spec_;
  const std::unique_ptr<MediaInput> input_;
  const std::chrono::milliseconds patience_;
  const Clock& clock_;
  Alarm alarm_;
  int rounds_ = 0;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
