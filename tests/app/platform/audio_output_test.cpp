// On a real sound server.
#include "app/platform/audio_output.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <span>
#include <thread>

#include "tests/support/environment.h"
#include "tests/support/pulse_server.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

bool wait_until(auto condition) {
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(5ms);
  }
  return true;
}

TEST(AudioOutput, WhoseServerEndsIsLostUntilItIsOpenedOnAnother) {
  std::atomic<int> asked = 0;
  const auto fill = [&](std::span<float> samples) {
    std::ranges::fill(samples, 0.F);
    ++asked;
  };
  const auto output = make_audio_output();
  {
    auto server = PulseServer::start();
    if (!server) GTEST_SKIP() << server.error().message;
    Environment variables = (*server)->environment();
    variables.emplace_back("SDL_AUDIODRIVER", "pulseaudio");
    const ScopedEnvironment environment(variables);
    ASSERT_TRUE(output->open(fill));
    output->set_paused(false);
    ASSERT_TRUE(wait_until([&] { return asked > 2; }));
    EXPECT_FALSE(output->is_lost());
    (*server)->kill();
    EXPECT_TRUE(wait_until([&] { return output->is_lost(); }));
    EXPECT_FALSE(output->open(fill));
    EXPECT_FALSE(output->is_lost());
  }
  auto server = PulseServer::start().value();
  Environment variables = server->environment();
  variables.emplace_back("SDL_AUDIODRIVER", "pulseaudio");
  const ScopedEnvironment environment(variables);
  ASSERT_TRUE(output->open(fill));
  asked = 0;
  output->set_paused(false);
  EXPECT_TRUE(wait_until([&] { return asked > 2; }));
  EXPECT_FALSE(output->is_lost());
}

}  // namespace
}  // namespace meanwhile::test
