#include "media/record/load_policy.h"

#include <algorithm>

#include "media/base/media_time.h"

namespace meanwhile {
namespace {

constexpr double kTooFull = 0.5;
// One picture of eight waits whenever two come close together: that is no load.
constexpr double kCalmShare = 0.25;

MediaTime interval_of(int pictures_per_second) {
  // A little less, for pictures come at times that shake.
  return MediaTime(1'000'000 / pictures_per_second - 10'000);
}

}  // namespace

WorkLimits limits_of(LoadLevel level) {
  switch (level) {
    case LoadLevel::Full:
      return {};
    case LoadLevel::QuickEncoding:
      return {.effort = Effort::Quick};
    case LoadLevel::SlowCamera:
      return {.effort = Effort::Quick, .camera_interval = interval_of(15)};
    case LoadLevel::SlowScreen:
      return {
          .effort = Effort::Quick, .camera_interval = interval_of(15), .screen_interval = interval_of(15)};
    case LoadLevel::Least:
      break;
  }
  return {.effort = Effort::Quick, .camera_interval = interval_of(7), .screen_interval = interval_of(7)};
}

LoadLevel LoadPolicy::observe(MediaTime now, LoadSigns signs) {
  const bool is_strained = signs.has_dropped || signs.queue_share >= kTooFull;
  if (is_strained) {
    calm_since_.reset();
    if (!changed_ || now - *changed_ >= kSettle) lower(now);
    return level_;
  }
  if (signs.queue_share > kCalmShare)
    calm_since_.reset();
  else if (!calm_since_)
    calm_since_ = now;
  if (level_ != LoadLevel::Full && calm_since_ && now - *calm_since_ >= needed_calm_) raise(now);
  return level_;
}

void LoadPolicy::lower(MediaTime now) {
  if (level_ == LoadLevel::Least) return;
  level_ = static_cast<LoadLevel>(static_cast<int>(level_) + 1);
  changed_ = now;
  if (!raised_) return;
  const bool was_too_early = now - *raised_ < needed_calm_;
  needed_calm_ = was_too_early ? std::min(2 * needed_calm_, kLongestCalm) : kCalm;
  raised_.reset();
}

void LoadPolicy::raise(MediaTime now) {
  level_ = static_cast<LoadLevel>(static_cast<int>(level_) - 1);
  if (raised_) needed_calm_ = kCalm;  // the step before has held
  changed_ = raised_ = calm_since_ = now;
}

}  // namespace meanwhile
