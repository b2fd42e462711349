// The whole way on a real Wayland desktop: compositor, portal and its back end for wlroots, PipeWire.
#include <gtest/gtest.h>

#include <functional>

#include "media/capture/source.h"
#include "media/capture/source_registry.h"
#include "tests/support/capture_sinks.h"
#include "tests/support/picture_colours.h"
#include "tests/support/wayland_session.h"

namespace meanwhile {
namespace {

constexpr std::uint32_t kBlue = 0x2040c0;
constexpr std::uint32_t kRed = 0xc04020;
constexpr std::uint32_t kGreen = 0x20c040;

class WaylandScreen : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto missing = WaylandSession::missing(); !missing.empty())
      GTEST_SKIP() << "this machine has no " << missing;
    auto session = WaylandSession::start({800, 600});
    ASSERT_TRUE(session) << session.error().message;
    session_ = std::move(*session);
    environment_ = std::make_unique<ScopedEnvironment>(session_->environment());
  }

  void record(const std::string& spec = "portal:") {
    auto source = open_screen(spec, 30, clock_);
    ASSERT_TRUE(source) << source.error().message;
    source_ = std::move(*source);
    ASSERT_TRUE(source_->start(frames_, nullptr));
  }

  // The portal's back end loses pictures while a size is agreed on, and gives a cast that is over what
  // changed first: then it needs more that changes.
  bool change_until(const std::function<bool(const KeepingFrameSink::State&)>& condition) {
    int changes = 0;
    return becomes_true([&] {
      return session_->show_corner(++changes % 2 == 0 ? kRed : kGreen) && frames_.is_now(condition);
    });
  }

  bool shows(int x, int y, std::uint32_t rgb) {
    return frames_.wait_for([=](const auto& state) {
      return !state.last_frames.empty() && has_colour(*state.last_frames.back(), x, y, rgb);
    });
  }

  const SteadyClock clock_;
  std::unique_ptr<WaylandSession> session_;
  std::unique_ptr<ScopedEnvironment> environment_;
  KeepingFrameSink frames_;
  std::unique_ptr<FrameSource> source_;  // last: stopped before its sink goes
};

TEST_F(WaylandScreen, DefaultScreenShowsWhatIsOnItAndWhereItChanges) {
  ASSERT_NO_FATAL_FAILURE(record("default"));

  ASSERT_TRUE(session_->show(kBlue));
  ASSERT_TRUE(shows(400, 300, kBlue));
  ASSERT_TRUE(session_->show_corner(kRed));
  ASSERT_TRUE(shows(8, 8, kRed));

  const FramePtr frame = frames_.newest();
  EXPECT_EQ(frame->width, 800);
  EXPECT_EQ(frame->height, 600);
  EXPECT_TRUE(has_colour(*frame, 790, 590, kBlue));
  EXPECT_TRUE(has_colour(*frame, 400, 300, kBlue));
}

TEST_F(WaylandScreen, SecondCastOfAScreenThatStandsStillIsNoFault) {
  ASSERT_TRUE(session_->show(kBlue));
  ASSERT_NO_FATAL_FAILURE(record());
  ASSERT_TRUE(change_until([](const auto& state) {
    return !state.last_frames.empty() && has_colour(*state.last_frames.back(), 400, 300, kBlue);
  }));
  source_.reset();

  ASSERT_NO_FATAL_FAILURE(record());
  ASSERT_TRUE(frames_.wait_for([](const auto& state) { return state.unchanged.size() >= 2; }));
  ASSERT_TRUE(change_until([](const auto& state) {
    return !state.last_frames.empty() && has_colour(*state.last_frames.back(), 8, 8, kGreen);
  }));

  EXPECT_TRUE(has_colour(*frames_.newest(), 400, 300, kBlue));
  EXPECT_FALSE(frames_.end());
}

TEST_F(WaylandScreen, ScreenThatGetsAnotherSizeGoesOnInTheFirstOne) {
  ASSERT_TRUE(session_->show(kBlue));
  ASSERT_NO_FATAL_FAILURE(record());
  ASSERT_TRUE(change_until([](const auto& state) {
    return !state.last_frames.empty() && has_colour(*state.last_frames.back(), 400, 300, kBlue);
  }));

  ASSERT_TRUE(session_->resize({1000, 600}));
  ASSERT_TRUE(session_->show(kGreen));
  ASSERT_TRUE(change_until(
      [](const auto& state) { return has_colour(*state.last_frames.back(), 400, 300, kGreen); }));

  // Fitted: black above and below.
  EXPECT_TRUE(shows(400, 4, 0x000000));
  const FramePtr frame = frames_.newest();
  EXPECT_EQ(frame->width, 800);
  EXPECT_EQ(frame->height, 600);
  EXPECT_TRUE(has_colour(*frame, 2, 300, kGreen));
  EXPECT_TRUE(has_colour(*frame, 797, 300, kGreen));
}

TEST_F(WaylandScreen, CompositorThatCrashesEndsWithASentence) {
  ASSERT_TRUE(session_->show(kBlue));
  ASSERT_NO_FATAL_FAILURE(record());
  ASSERT_TRUE(change_until([](const auto& state) {
    return !state.last_frames.empty() && has_colour(*state.last_frames.back(), 400, 300, kBlue);
  }));

  session_->kill_compositor();

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
}

}  // namespace
}  // namespace meanwhile
