// Time bases that several of our files count in.
#pragma once

extern "C" {
#include <libavutil/rational.h>
}

namespace meanwhile {

// MediaTime's.
inline constexpr AVRational kMicroseconds{1, 1'000'000};

// The samples in a packet of AAC-LC, whose time base is the sample.
inline constexpr int kAacSamples = 1024;

}  // namespace meanwhile
