#include "media/record/load_governor.h"

#include "media/base/media_time.h"
#include "media/base/translation.h"
#include "media/record/load_policy.h"

namespace meanwhile {
namespace {

struct LoadWords {
  const char* now;
  const char* afterwards;
};

LoadWords words_of(LoadLevel level) {
  switch (level) {
    case LoadLevel::Full:
      break;
    case LoadLevel::QuickEncoding:
      return {tr("This computer is busy; the recording will be larger for a while."),
              tr("This computer was busy; the recording is larger than usual.")};
    case LoadLevel::SlowCamera:
      return {tr("This computer is busy; the camera is recorded at half the frame rate for a while. Closing "
                 "other programs helps."),
              tr("The camera was recorded at half the frame rate for a while: this computer was busy.")};
    case LoadLevel::SlowScreen:
      return {
          tr("This computer is busy; the screen, too, is recorded at half the frame rate for a while. "
             "Closing other programs helps. The sound is complete."),
          tr("The screen, too, was recorded at half the frame rate for a while: this computer was busy.")};
    case LoadLevel::Least:
      return {
          tr("This computer is far too busy: only seven pictures a second are recorded for a while. Close "
             "other programs. The sound is complete."),
          tr("Only seven pictures a second were recorded for a while: this computer was far too busy.")};
  }
  return {"", ""};
}

}  // namespace

WorkLimits LoadGovernor::report(MediaTime now, LoadSigns signs) {
  LoadLevel before{};
  LoadLevel after{};
  {
    auto policy = policy_.lock();
    before = policy->level();
    after = policy->observe(now, signs);
  }
  if (after > before) {
    const LoadWords words = words_of(after);
    notes_.warn_of_take(words.now, words.afterwards);
  }
  return limits_of(after);
}

}  // namespace meanwhile
