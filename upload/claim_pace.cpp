#include "upload/claim_pace.h"

#include <algorithm>
#include <chrono>

namespace meanwhile {
namespace {

// Somebody who waits for something small doesn't notice.
constexpr std::chrono::milliseconds kSoon{200};
constexpr int kMostForAThread = 8;

}  // namespace

int ClaimPace::next(std::chrono::steady_clock::time_point now) {
  const bool is_quick = last_ && now - *last_ < kSoon;
  count_ = is_quick ? std::min(count_ * 2, threads_ * kMostForAThread) : threads_;
  last_ = now;
  return count_;
}

}  // namespace meanwhile
