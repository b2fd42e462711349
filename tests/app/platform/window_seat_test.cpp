// One window a home: the seat, calls to whoever has it, and what a killed one leaves.
#include "app/platform/window_seat.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <vector>

#include "media/base/guarded.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kPatience{20'000};

class WindowSeatTest : public testing::Test {
 protected:
  const std::filesystem::path& folder() const { return folder_.path(); }
  ScopedFolder folder_;
};

TEST_F(WindowSeatTest, ThereIsOneAndLaterStartsCallIt) {
  const auto seat = WindowSeat::take(folder()).value();
  ASSERT_TRUE(seat);
  Guarded<std::vector<std::string>> heard;
  seat->listen([&](const std::string& line, const std::function<void()>& taken_up) {
    heard.lock()->push_back(line);
    taken_up();
  });
  EXPECT_EQ(WindowSeat::take(folder()).value(), nullptr);
  EXPECT_TRUE(call_window(folder(), "a link", kPatience));
  EXPECT_TRUE(call_window(folder(), "another", kPatience));
  EXPECT_EQ(heard.copy(), (std::vector<std::string>{"a link", "another"}));
}

TEST_F(WindowSeatTest, AWindowThatHangsIsSaidAndNotWaitedFor) {
  const auto seat = WindowSeat::take(folder()).value();
  const auto called = call_window(folder(), "a link", milliseconds(50));
  ASSERT_FALSE(called);
  EXPECT_EQ(called.error().code, ErrorCode::Unavailable);
  EXPECT_NE(called.error().message.find(std::to_string(::getpid())), std::string::npos);
}

TEST_F(WindowSeatTest, OneThatGoesWithoutTakingTheCallUpIsTriedAgain) {
  const auto seat = WindowSeat::take(folder()).value();
  seat->listen([](const std::string&, const std::function<void()>&) {});
  const auto called = call_window(folder(), "a link", kPatience);
  ASSERT_FALSE(called);
  EXPECT_EQ(called.error().code, ErrorCode::TryAgain);
}

TEST_F(WindowSeatTest, WhatAKilledWindowLeftIsNoObstacle) {
  const pid_t child = ::fork();
  if (child == 0) {
    const auto seat = WindowSeat::take(folder());
    ::raise(SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  ASSERT_TRUE(std::filesystem::exists(folder() / "window.socket"));
  const auto called = call_window(folder(), "a link", kPatience);
  ASSERT_FALSE(called);
  EXPECT_EQ(called.error().code, ErrorCode::TryAgain);
  const auto seat = WindowSeat::take(folder()).value();
  ASSERT_TRUE(seat);
  seat->listen([](const std::string&, const std::function<void()>& taken_up) { taken_up(); });
  EXPECT_TRUE(call_window(folder(), "a link", kPatience));
}

TEST_F(WindowSeatTest, AHomeWithALongPathHasOneToo) {
  const auto deep = folder() / std::string(120, 'a') / std::string(120, 'b');
  std::filesystem::create_directories(deep);
  const auto seat = WindowSeat::take(deep).value();
  seat->listen([](const std::string&, const std::function<void()>& taken_up) { taken_up(); });
  EXPECT_TRUE(call_window(deep, "a link", kPatience));
}

TEST_F(WindowSeatTest, ATextWithoutAnEndIsPassedOver) {
  const auto seat = WindowSeat::take(folder()).value();
  int calls = 0;
  seat->listen([&](const std::string&, const std::function<void()>& taken_up) {
    ++calls;
    taken_up();
  });
  EXPECT_FALSE(call_window(folder(), std::string(2 * WindowSeat::kLongestCall, 'x'), kPatience));
  EXPECT_TRUE(call_window(folder(), "a link", kPatience));
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace meanwhile
