#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "media/capture/devices.h"
#include "media/capture/source.h"
#include "media/capture/source_registry.h"
#include "tests/support/capture_sinks.h"
#include "tests/support/environment.h"
#include "tests/support/picture_colours.h"
#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

constexpr std::uint32_t kRed = 0xff0000;
constexpr std::uint32_t kGreen = 0x00ff00;
constexpr std::uint32_t kBlue = 0x0000ff;
constexpr std::uint32_t kBlack = 0x000000;

class X11Window : public testing::Test {
 protected:
  void SetUp() override { connect({}); }

  void connect(const std::vector<std::string>& options) {
    hands_.reset();
    auto server = XServer::start({1280, 720}, options);
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
    auto hands = XHands::connect(server_->display());
    ASSERT_TRUE(hands) << hands.error().message;
    hands_ = std::move(*hands);
  }

  std::string spec(std::uint32_t window) const {
    return fmt::format("x11:{}#{:#x}", server_->display(), window);
  }

  void record(std::uint32_t window) {
    auto source = open_screen(spec(window), 30, clock_);
    ASSERT_TRUE(source) << source.error().message;
    source_ = std::move(*source);
    ASSERT_TRUE(source_->start(frames_, &pointer_));
    ASSERT_TRUE(frames_.wait_for_frames(1));
  }

  Error error_of(const std::string& what) const {
    const auto source = open_screen(what, 30, clock_);
    return source ? Error{ErrorCode::Internal, "it was opened"} : source.error();
  }

  bool shows(int x, int y, std::uint32_t rgb) {
    return frames_.wait_for(
        [=](const auto& state) { return has_colour(*state.last_frames.back(), x, y, rgb); });
  }

  bool has_pointer_at(int x, int y) {
    return pointer_.wait_for([=](const auto& state) {
      return !state.samples.empty() && state.samples.back().x == x && state.samples.back().y == y;
    });
  }

  // Whatever happened before has been looked at.
  bool ticks() {
    const MonotonicTime from = clock_.now();
    return frames_.wait_for([=](const auto& state) {
      return state.end || std::ranges::count_if(state.unchanged, [=](auto at) { return at > from; }) >= 3;
    });
  }

  const SteadyClock clock_;
  std::unique_ptr<XServer> server_;
  std::unique_ptr<XHands> hands_;
  KeepingFrameSink frames_;
  KeepingPointerSink pointer_;
  std::unique_ptr<FrameSource> source_;  // last: stopped before its sinks go
};

TEST_F(X11Window, GivesItsOwnPixelsWhileAnotherCoversIt) {
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen, "Slides", "Impress");
  hands_->open_window({300, 200, 400, 300}, kRed);
  record(window);

  EXPECT_EQ(source_->info().name, "Slides (Impress), 400 x 300");
  EXPECT_TRUE(has_colour(*frames_.newest(), 398, 298, kGreen));

  hands_->fill_window(window, {350, 250, 20, 20}, kBlue);
  EXPECT_TRUE(shows(360, 260, kBlue));
  EXPECT_TRUE(has_colour(*frames_.newest(), 340, 260, kGreen));
  EXPECT_TRUE(has_colour(*frames_.newest(), 0, 0, kGreen));
}

TEST_F(X11Window, ThatStandsStillGivesTicksButNoFrames) {
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen);
  record(window);
  hands_->fill({600, 400, 100, 100}, kRed);  // elsewhere on the screen

  ASSERT_TRUE(frames_.wait_for([](const auto& state) { return state.unchanged.size() >= 20; }));

  EXPECT_LE(frames_.stamps().size(), 2U);
}

TEST_F(X11Window, IsFollowedWhenItMoves) {
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen);
  record(window);
  hands_->move_pointer(150, 120);
  ASSERT_TRUE(has_pointer_at(50, 20));

  hands_->move_window(window, 60, 90);
  EXPECT_TRUE(has_pointer_at(90, 30));
  hands_->move_window(window, 1200, 600);  // mostly off the screen

  hands_->fill_window(window, {300, 200, 50, 50}, kBlue);
  EXPECT_TRUE(shows(320, 220, kBlue));
}

TEST_F(X11Window, PointerOverAWindowThatCoversItIsElsewhere) {
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen);
  hands_->open_window({300, 100, 400, 300}, kRed);
  record(window);

  hands_->move_pointer(200, 200);
  ASSERT_TRUE(has_pointer_at(100, 100));
  hands_->move_pointer(350, 200);

  EXPECT_TRUE(pointer_.wait_for([](const auto& state) { return state.samples.back().x < -1000; }));
}

TEST_F(X11Window, MadeSmallerStandsInTheMiddleAsItIs) {
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen);
  record(window);

  hands_->resize_window(window, {200, 100});
  hands_->fill_window(window, {0, 0, 200, 100}, kBlue);
  ASSERT_TRUE(shows(200, 150, kBlue));

  const FramePtr frame = frames_.newest();
  EXPECT_EQ(frame->width, 400);
  EXPECT_EQ(frame->height, 300);
  EXPECT_TRUE(has_colour(*frame, 100, 100, kBlue));
  EXPECT_TRUE(has_colour(*frame, 299, 199, kBlue));
  EXPECT_TRUE(has_colour(*frame, 96, 150, kBlack));
  EXPECT_TRUE(has_colour(*frame, 200, 204, kBlack));
  hands_->move_pointer(110, 120);
  EXPECT_TRUE(has_pointer_at(110, 120));
}

TEST_F(X11Window, MadeLargerIsScaledDownInItsOwnShape) {
  const auto window = hands_->open_window({0, 0, 400, 300}, kGreen);
  record(window);

  hands_->resize_window(window, {1200, 300});
  hands_->fill_window(window, {0, 0, 1200, 300}, kBlue);
  hands_->fill_window(window, {600, 0, 600, 300}, kRed);
  ASSERT_TRUE(shows(300, 150, kRed));

  const FramePtr frame = frames_.newest();
  EXPECT_TRUE(has_colour(*frame, 190, 150, kBlue));
  EXPECT_TRUE(has_colour(*frame, 398, 150, kRed));
  EXPECT_TRUE(has_colour(*frame, 200, 90, kBlack));
  EXPECT_TRUE(has_colour(*frame, 200, 210, kBlack));
  hands_->move_pointer(600, 150);
  EXPECT_TRUE(has_pointer_at(200, 150));
}

TEST_F(X11Window, ResizedBackIsAsAtFirst) {
  const auto window = hands_->open_window({0, 0, 400, 300}, kGreen);
  record(window);

  for (const Size size : {Size{640, 480}, Size{33, 700}, Size{399, 299}, Size{400, 300}})
    hands_->resize_window(window, size);
  hands_->fill_window(window, {0, 0, 400, 300}, kRed);

  EXPECT_TRUE(frames_.wait_for([](const auto& state) {
    const AVFrame& frame = *state.last_frames.back();
    return has_colour(frame, 0, 0, kRed) && has_colour(frame, 399, 299, kRed);
  }));
}

TEST_F(X11Window, HiddenKeepsItsLastPictureAndGoesOnWhenShown) {
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen);
  record(window);
  hands_->fill_window(window, {0, 0, 400, 300}, kBlue);
  ASSERT_TRUE(shows(200, 150, kBlue));
  hands_->move_pointer(200, 200);

  hands_->hide_window(window);
  ASSERT_TRUE(ticks());
  EXPECT_TRUE(has_colour(*frames_.newest(), 200, 150, kBlue));
  EXPECT_FALSE(frames_.end());
  EXPECT_TRUE(pointer_.wait_for([](const auto& state) { return state.samples.back().x < -1000; }));

  hands_->show_window(window);
  hands_->fill_window(window, {0, 0, 400, 300}, kRed);
  EXPECT_TRUE(shows(200, 150, kRed));
  EXPECT_TRUE(has_pointer_at(100, 100));
}

TEST_F(X11Window, ClosedEndsTheSourceInWords) {
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen, "Slides");
  record(window);

  hands_->close_window(window);

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
  EXPECT_EQ(frames_.end()->message, "recording Slides: the window was closed");
}

TEST_F(X11Window, WhoseProgramDiesEndsTheSource) {
  auto program = XHands::connect(server_->display());
  ASSERT_TRUE(program);
  const auto window = (*program)->open_window({100, 100, 400, 300}, kGreen);
  record(window);

  program->reset();

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
}

TEST_F(X11Window, ServerThatDiesEndsTheSource) {
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen);
  record(window);

  server_->kill();

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_NE(frames_.end()->message.find("X server went away"), std::string::npos) << frames_.end()->message;
}

TEST_F(X11Window, OfOddSizeLosesItsLastRowAndColumn) {
  const auto window = hands_->open_window({100, 100, 365, 267}, kGreen);
  record(window);

  const FramePtr frame = frames_.newest();

  EXPECT_EQ(frame->width, 364);
  EXPECT_EQ(frame->height, 266);
  EXPECT_TRUE(has_colour(*frame, 363, 265, kGreen));
}

TEST_F(X11Window, ShrunkToOnePixelHoldsItsLastPicture) {
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen);
  record(window);

  hands_->resize_window(window, {1, 1});
  ASSERT_TRUE(ticks());
  EXPECT_TRUE(has_colour(*frames_.newest(), 200, 150, kGreen));
  EXPECT_FALSE(frames_.end());

  hands_->resize_window(window, {400, 300});
  hands_->fill_window(window, {0, 0, 400, 300}, kRed);
  EXPECT_TRUE(shows(200, 150, kRed));
}

TEST_F(X11Window, ThatCannotBeRecordedIsRefusedInWords) {
  const auto dot = hands_->open_window({100, 100, 1, 1}, kGreen, "Dot");
  const auto hidden = hands_->open_window({100, 100, 400, 300}, kGreen, "Gone");
  hands_->hide_window(hidden);

  const Error too_small = error_of(spec(dot));
  EXPECT_EQ(too_small.code, ErrorCode::Unsupported);
  EXPECT_NE(too_small.message.find("it is 1 x 1"), std::string::npos) << too_small.message;
  const Error minimised = error_of(spec(hidden));
  EXPECT_EQ(minimised.code, ErrorCode::Unavailable);
  EXPECT_NE(minimised.message.find("Gone: it is minimised"), std::string::npos) << minimised.message;
  EXPECT_EQ(error_of(spec(0x7654321)).code, ErrorCode::NotFound);
}

TEST_F(X11Window, WithoutTheCompositeExtensionIsUnsupported) {
  connect({"-extension", "Composite"});
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen);

  const Error error = error_of(spec(window));

  EXPECT_EQ(error.code, ErrorCode::Unsupported);
  EXPECT_NE(error.message.find("Composite"), std::string::npos) << error.message;
}

TEST_F(X11Window, ListHasThoseThatPeopleKnow) {
  const auto window = hands_->open_window({100, 100, 400, 300}, kGreen, "Slides", "Impress");
  hands_->open_window({0, 0, 20, 20}, kRed, "Tiny", "Tiny");
  hands_->open_window({0, 0, 400, 300}, kRed, "Recording", "meanwhile");
  hands_->open_window({0, 0, 400, 300}, kRed);
  hands_->hide_window(hands_->open_window({0, 0, 400, 300}, kRed, "Hidden", "Hidden"));
  const ScopedEnvironment environment(server_->environment());

  std::vector<Device> windows = list_devices();
  std::erase_if(windows, [](const Device& device) { return device.kind != DeviceKind::Window; });

  ASSERT_EQ(windows.size(), 1U);
  EXPECT_EQ(windows[0].name, "Slides (Impress)");
  EXPECT_EQ(windows[0].spec, spec(window));
  EXPECT_EQ(windows[0].details, "400 x 300");
}

// With a window manager: its frames aren't in the picture, and minimising is its business.
class ManagedX11Window : public X11Window {
 protected:
  void SetUp() override {
    X11Window::SetUp();
    auto manager = server_->launch({"openbox", "--sm-disable"});
    ASSERT_TRUE(manager) << manager.error().message;
    manager_ = std::move(*manager);
    ASSERT_EQ(
        server_->run(
            {"sh", "-c", "until xprop -root _NET_SUPPORTING_WM_CHECK | grep -q window; do sleep 0.05; done"}),
        0);
    window_ = hands_->open_window({100, 100, 400, 300}, kGreen, "Slides", "Impress");
    number_ = fmt::format("{}", window_);
    wait_until_visible();
  }

  // The window manager may still be telling what it can do.
  void activate() {
    const auto deadline = std::chrono::steady_clock::now() + kSourceDeadline;
    while (server_->run({"xdotool", "windowactivate", "--sync", number_}) != 0)
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "the window can't be activated";
  }

  // What is drawn before is lost. Openbox forgets a window that is shown while it comes up itself: shown
  // again, then.
  void wait_until_visible() {
    const auto deadline = std::chrono::steady_clock::now() + kSourceDeadline;
    while (server_->run({"xdotool", "search", "--onlyvisible", "--name", "Slides"}) != 0) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "the window isn't shown";
      hands_->show_window(window_);
    }
  }

  std::unique_ptr<ChildProcess> manager_;
  std::uint32_t window_ = 0;
  std::string number_;
};

TEST_F(ManagedX11Window, IsRecordedWithoutItsFrame) {
  record(window_);

  EXPECT_EQ(frames_.newest()->width, 400);
  EXPECT_EQ(frames_.newest()->height, 300);
  EXPECT_TRUE(has_colour(*frames_.newest(), 0, 0, kGreen));
  hands_->move_pointer_in(window_, 30, 40);
  EXPECT_TRUE(has_pointer_at(30, 40));
}

TEST_F(ManagedX11Window, MinimisedHoldsAndRestoredGoesOn) {
  record(window_);

  ASSERT_EQ(server_->run({"xdotool", "windowminimize", "--sync", number_}), 0);
  ASSERT_TRUE(ticks());
  EXPECT_FALSE(frames_.end());
  activate();
  wait_until_visible();
  hands_->fill_window(window_, {0, 0, 400, 300}, kBlue);

  EXPECT_TRUE(shows(200, 150, kBlue));
}

TEST_F(ManagedX11Window, KeepsTheKeyboardWhenRecordingBegins) {
  activate();

  record(window_);
  ASSERT_TRUE(ticks());

  EXPECT_EQ(server_->run({"sh", "-c", "test \"$(xdotool getwindowfocus)\" = " + number_}), 0);
}

TEST_F(ManagedX11Window, IsListedFromTheWindowManagersList) {
  const ScopedEnvironment environment(server_->environment());

  const auto devices = list_devices();

  EXPECT_TRUE(std::ranges::any_of(devices, [&](const Device& device) {
    return device.kind == DeviceKind::Window && device.spec == spec(window_);
  }));
}

}  // namespace
}  // namespace meanwhile
