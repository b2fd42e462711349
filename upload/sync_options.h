// How sync goes about its work.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "media/base/identifier.h"
#include "upload/speakers.h"

namespace meanwhile {

struct SyncOptions {
  int parallel = 16;                          // requests at a time
  std::chrono::minutes list_anyway_after{5};  // bells can get lost
  std::chrono::hours give_up_after{24 * 30};  // then a hole is tried once a day, when heads are listed anyway
  std::chrono::milliseconds first_retry{2000};  // of a hole: at the next poll, then this, doubled each time
  std::chrono::milliseconds longest_retry{3'600'000};
  std::function<WallTime()> now = wall_now;
  std::shared_ptr<Speakers> speakers = {};  // nullptr: everybody may speak
};

}  // namespace meanwhile
