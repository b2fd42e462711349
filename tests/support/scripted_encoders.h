// Encoders that fail or wait as a test wants.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

#include "media/record/picture_encoder.h"

namespace meanwhile {

// Stands in for hardware: other parameter sets than libx264's (no CABAC), in band, and it may hold a picture
// back. Fails when it is sent picture number `fails_at`, counted from 0; 0 fails at opening.
OpenEncoder failing_hardware(std::int64_t fails_at, int pictures_held = 0);

// libx264 that encodes a picture only when it is let: a machine as slow as a test wants. Any thread.
class SlowEncoder {
 public:
  OpenEncoder opener();
  // Pictures that may be encoded from now on.
  void allow(std::int64_t pictures);
  void allow_all() { allow(1ll << 40); }
  // Blocks until every allowed one was begun and another one waits.
  void wait_until_stuck();
  Effort effort() const { return effort_; }

 private:
  class Encoder;
  void pass();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t allowed_ = 0;
  bool is_stuck_ = false;
  std::atomic<Effort> effort_ = Effort::Full;
};

}  // namespace meanwhile
