// Signals as something to wait for.
#include "app/platform/stop_signal.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

TEST(StopSignal, WhatEndsTheThreadThatWaitsDoesNotEndTheProgram) {
  for (int i = 0; i < 2000; ++i) {
    StopSignal signal;
    const AtSignal at_signal(signal, [] { ADD_FAILURE() << "nobody sent one"; });
  }
}

}  // namespace
}  // namespace meanwhile
