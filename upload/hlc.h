// Hybrid logical clocks: order that survives wrong clocks.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "media/base/identifier.h"

namespace meanwhile {

// Milliseconds of Unix time, pushed ahead by one where two events would be alike: compares as a plain
// integer.
using Hlc = std::int64_t;

// A clock further ahead than this is wrong, and is not taken over.
constexpr std::chrono::minutes kLargestClockLead{10};

constexpr Hlc hlc_of(WallTime time) {
  return static_cast<Hlc>(time.time_since_epoch().count());
}

// 2024-01-01, before this program was: a clock that stands there was never set, and can judge nobody's.
constexpr WallTime kEarliestSetClock{std::chrono::milliseconds(1'704'067'200'000)};
// 2100-01-01: what even such a clock takes for nonsense.
constexpr Hlc kNeverYet = 4'102'444'800'000;

// A clock that said so much more than it says now was wrong then: what is said from now on doesn't stand
// there too.
constexpr std::chrono::hours kLargestOwnLead{24};

// What a new event gets: later than everything seen, and not before now.
constexpr Hlc next_hlc(Hlc last_seen, WallTime now) {
  const bool was_wrong = now >= kEarliestSetClock && last_seen > hlc_of(now + kLargestOwnLead);
  return was_wrong ? hlc_of(now) : std::max(hlc_of(now), last_seen + 1);
}

// Where an event stands in everybody's order, whenever it reaches them: no time at all is before all others.
constexpr Hlc order_of(Hlc hlc) {
  return hlc < 0 || hlc >= kNeverYet ? 0 : hlc;
}

// More than 10 minutes ahead of now, or no time at all.
constexpr bool is_wrong_hlc(Hlc hlc, WallTime now) {
  if (now < kEarliestSetClock) return hlc < 0 || hlc >= kNeverYet;
  return hlc < 0 || hlc > hlc_of(now + kLargestClockLead);
}

}  // namespace meanwhile
