// Drawing over a real screen that is being recorded.
#include "app/platform/screen_pen.h"

#include <gtest/gtest.h>

#include "media/capture/source.h"
#include "media/capture/source_registry.h"
#include "tests/support/capture_sinks.h"
#include "tests/support/environment.h"
#include "tests/support/picture_colours.h"
#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

constexpr std::uint32_t kInk = 0xE5484D;
constexpr std::uint32_t kPaper = 0xffffff;
constexpr Rect kDesk{100, 100, 400, 300};
constexpr int kLeft = 1;
constexpr int kRight = 3;

class ScreenPens : public testing::Test {
 protected:
  void SetUp() override {
    auto server = XServer::start({1280, 720});
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
    auto hands = XHands::connect(server_->display());
    ASSERT_TRUE(hands) << hands.error().message;
    hands_ = std::move(*hands);
    hands_->open_window({0, 0, 1280, 720}, kPaper);
    surroundings_.emplace(Environment{{"DISPLAY", server_->display()}, {"WAYLAND_DISPLAY", ""}});
    auto source = open_screen("x11:" + server_->display(), 30, clock_);
    ASSERT_TRUE(source) << source.error().message;
    source_ = std::move(*source);
    ASSERT_TRUE(source_->start(frames_, &pointer_));
    auto pen = ScreenPen::create(kDesk);
    ASSERT_TRUE(pen) << pen.error().message;
    pen_ = std::move(*pen);
  }

  void drag(int from_x, int to_x, int y) {
    hands_->move_pointer(from_x, y);
    hands_->press(kLeft);
    for (int x = from_x; x <= to_x; x += 10) hands_->move_pointer(x, y);
    hands_->release(kLeft);
  }

  bool shows(int x, int y, std::uint32_t rgb) {
    return frames_.wait_for([=](const auto& state) {
      return !state.last_frames.empty() && has_colour(*state.last_frames.back(), x, y, rgb);
    });
  }

  const SteadyClock clock_;
  std::unique_ptr<XServer> server_;
  std::unique_ptr<XHands> hands_;
  std::optional<ScopedEnvironment> surroundings_;
  KeepingFrameSink frames_;
  KeepingPointerSink pointer_;
  std::unique_ptr<FrameSource> source_;
  std::unique_ptr<ScreenPen> pen_;
};

TEST_F(ScreenPens, StrokesAreInTheRecordingAndGoWithThePen) {
  drag(200, 300, 200);
  EXPECT_TRUE(shows(250, 200, kInk));
  EXPECT_TRUE(shows(250, 220, kPaper));
  pen_.reset();
  EXPECT_TRUE(shows(250, 200, kPaper));
}

TEST_F(ScreenPens, TheRightButtonTakesTheLastStrokeBack) {
  drag(200, 300, 200);
  drag(200, 300, 300);
  EXPECT_TRUE(shows(250, 300, kInk));
  hands_->press(kRight);
  hands_->release(kRight);
  EXPECT_TRUE(shows(250, 300, kPaper));
  EXPECT_TRUE(shows(250, 200, kInk));
}

TEST_F(ScreenPens, AClickIsADotAndOutsideOfTheAreaNothingIsDrawn) {
  drag(10, 60, 50);
  hands_->move_pointer(200, 200);
  hands_->press(kLeft);
  hands_->release(kLeft);
  EXPECT_TRUE(shows(200, 200, kInk));
  EXPECT_TRUE(shows(30, 50, kPaper));
}

TEST(ScreenPenAlone, SaysWhereItIsNotPossible) {
  const ScopedEnvironment wayland({{"DISPLAY", ":1"}, {"WAYLAND_DISPLAY", "wayland-0"}});
  EXPECT_FALSE(ScreenPen::is_possible());
  const auto pen = ScreenPen::create(kDesk);
  ASSERT_FALSE(pen);
  EXPECT_EQ(pen.error().code, ErrorCode::Unsupported);
}

}  // namespace
}  // namespace meanwhile
