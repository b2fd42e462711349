#include "media/record/load_governor.h"

#include "media/base/media_time.h"
#include "media/record/load_policy.h"

namespace meanwhile {
namespace {

const char* words_of(LoadLevel level) {
  switch (level) {
    case LoadLevel::Full:
      break;
    case LoadLevel::QuickEncoding:
      return "This machine is too busy to compress the pictures with full care, so the files grow faster for "
             "a "
             "while; closing other programs helps.";
    case LoadLevel::SlowCamera:
      return "This machine is too busy, so the camera is recorded with half of its pictures for a while; "
             "closing other programs helps.";
    case LoadLevel::SlowScreen:
      return "This machine is too busy, so the screen, too, is recorded with fewer pictures for a while; "
             "closing other programs helps. The sound is complete.";
    case LoadLevel::Least:
      return "This machine is far too busy: only seven pictures a second are recorded for a while; close "
             "other "
             "programs. The sound is complete.";
  }
  return "";
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
  if (after > before) notes_.warn_of_take(words_of(after));
  return limits_of(after);
}

}  // namespace meanwhile
