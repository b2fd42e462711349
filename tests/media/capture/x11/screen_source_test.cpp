#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>

#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/capture/source_registry.h"
#include "tests/support/capture_sinks.h"
#include "tests/support/environment.h"
#include "tests/support/picture_colours.h"
#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

class X11Screen : public testing::Test {
 protected:
  void SetUp() override { connect({640, 480}, {}); }

  void connect(Size size, const std::vector<std::string>& options) {
    hands_.reset();
    auto server = XServer::start(size, options);
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
    auto hands = XHands::connect(server_->display());
    ASSERT_TRUE(hands) << hands.error().message;
    hands_ = std::move(*hands);
  }

  std::string spec(const std::string& more = "") const { return "x11:" + server_->display() + more; }

  void record(const std::string& what) {
    auto source = open_screen(what, 30, clock_);
    ASSERT_TRUE(source) << source.error().message;
    source_ = std::move(*source);
    ASSERT_TRUE(source_->start(frames_, &pointer_));
    ASSERT_TRUE(frames_.wait_for_frames(1));
  }

  bool shows(int x, int y, std::uint32_t rgb) {
    return frames_.wait_for(
        [=](const auto& state) { return has_colour(*state.last_frames.back(), x, y, rgb); });
  }

  const SteadyClock clock_;
  std::unique_ptr<XServer> server_;
  std::unique_ptr<XHands> hands_;
  KeepingFrameSink frames_;
  KeepingPointerSink pointer_;
  std::unique_ptr<FrameSource> source_;  // last: stopped before its sinks go
};

TEST_F(X11Screen, FirstFrameIsWholeAndSaysItsColours) {
  hands_->fill({0, 0, 640, 480}, 0x204060);
  record(spec());

  const FramePtr frame = frames_.newest();

  EXPECT_EQ(frame->width, 640);
  EXPECT_EQ(frame->height, 480);
  EXPECT_EQ(frame->format, AV_PIX_FMT_YUV420P);
  EXPECT_EQ(frame->color_range, AVCOL_RANGE_MPEG);
  EXPECT_EQ(frame->colorspace, AVCOL_SPC_SMPTE170M);
  EXPECT_TRUE(has_colour(*frame, 0, 0, 0x204060));
  EXPECT_TRUE(has_colour(*frame, 639, 479, 0x204060));
}

TEST_F(X11Screen, DisplaysOfAnyDepthAreRecorded) {
  for (const int depth : {30, 16, 15, 8}) {
    source_.reset();
    connect({640, 480}, {"-screen", "0", "640x480x" + std::to_string(depth)});
    hands_->fill({0, 0, 640, 480}, 0x0000ff);
    record(spec());
    EXPECT_TRUE(shows(320, 240, 0x0000ff)) << depth;
    hands_->fill({101, 51, 21, 31}, 0xff0000);
    EXPECT_TRUE(shows(110, 60, 0xff0000)) << depth;
    EXPECT_TRUE(has_colour(*frames_.newest(), 400, 300, 0x0000ff)) << depth;
  }
}

TEST_F(X11Screen, AMinimisedWindowSaysThatThereIsNothingToSee) {
  const auto window = hands_->open_window({50, 50, 200, 100}, 0x00ff00);
  record(spec("#" + std::to_string(window)));
  hands_->hide_window(window);
  EXPECT_TRUE(
      frames_.wait_for([](const auto& state) { return state.states == std::vector{SourceState::Unseen}; }));
  hands_->show_window(window);
  EXPECT_TRUE(frames_.wait_for([](const auto& state) {
    return state.states == std::vector{SourceState::Unseen, SourceState::Delivering};
  }));
}

TEST_F(X11Screen, PartialChangesShowAndLeaveTheRestAsItWas) {
  hands_->fill({0, 0, 640, 480}, 0x0000ff);
  record(spec());

  hands_->fill({101, 51, 21, 31}, 0xff0000);
  ASSERT_TRUE(shows(110, 60, 0xff0000));
  hands_->fill({500, 400, 40, 40}, 0x00ff00);
  ASSERT_TRUE(shows(520, 420, 0x00ff00));

  const FramePtr frame = frames_.newest();
  EXPECT_TRUE(has_colour(*frame, 110, 60, 0xff0000));
  EXPECT_TRUE(has_colour(*frame, 96, 60, 0x0000ff));
  EXPECT_TRUE(has_colour(*frame, 126, 60, 0x0000ff));
  EXPECT_TRUE(has_colour(*frame, 320, 240, 0x0000ff));
}

TEST_F(X11Screen, FramesGivenAwayDontChangeAfterwards) {
  hands_->fill({0, 0, 640, 480}, 0x808080);
  record(spec());
  const FramePtr first = frames_.newest();

  hands_->fill({0, 0, 64, 64}, 0xffffff);
  ASSERT_TRUE(shows(32, 32, 0xffffff));

  EXPECT_TRUE(has_colour(*first, 32, 32, 0x808080));
}

TEST_F(X11Screen, ScreenThatStandsStillGivesTicksButNoFrames) {
  record(spec());
  ASSERT_TRUE(frames_.wait_for([](const auto& state) { return state.unchanged.size() >= 20; }));

  // What the server itself draws at its start may have come; a frame a tick may not.
  EXPECT_LE(frames_.stamps().size(), 3U);
}

TEST_F(X11Screen, ManyScatteredChangesInOneTickAllShow) {
  record(spec());

  for (int i = 0; i < 60; ++i) hands_->fill({(i % 10) * 64 + 2, (i / 10) * 80 + 2, 8, 8}, 0xffff00);

  for (int i = 0; i < 60; ++i) EXPECT_TRUE(shows((i % 10) * 64 + 6, (i / 10) * 80 + 6, 0xffff00)) << i;
}

TEST_F(X11Screen, AreaOfTheScreenIsRecordedByItself) {
  hands_->fill({0, 0, 640, 480}, 0xff0000);
  hands_->fill({101, 101, 64, 64}, 0x00ff00);
  record(spec("+101,101,65x65"));

  EXPECT_EQ(source_->info().width, 64);
  EXPECT_EQ(source_->info().height, 64);
  EXPECT_TRUE(has_colour(*frames_.newest(), 0, 0, 0x00ff00));
  EXPECT_TRUE(has_colour(*frames_.newest(), 63, 63, 0x00ff00));

  hands_->fill({101, 101, 10, 10}, 0x0000ff);
  EXPECT_TRUE(shows(2, 2, 0x0000ff));
}

TEST_F(X11Screen, MonitorIsRecordedByItsName) {
  ASSERT_EQ(server_->run({"xrandr", "--setmonitor", "left", "320/80x480/120+0+0", "screen"}), 0);
  ASSERT_EQ(server_->run({"xrandr", "--setmonitor", "right", "320/80x480/120+320+0", "none"}), 0);
  hands_->fill({0, 0, 320, 480}, 0xff0000);
  hands_->fill({320, 0, 320, 480}, 0x0000ff);
  record(spec("@right"));

  EXPECT_EQ(source_->info().width, 320);
  EXPECT_TRUE(has_colour(*frames_.newest(), 0, 0, 0x0000ff));
}

TEST_F(X11Screen, ServerWithoutSharedMemoryIsReadThroughTheConnection) {
  connect({640, 480}, {"-extension", "MIT-SHM"});
  hands_->fill({0, 0, 640, 480}, 0x123456);
  record(spec());
  EXPECT_TRUE(has_colour(*frames_.newest(), 320, 240, 0x123456));

  hands_->fill({10, 10, 30, 30}, 0xfedcba);
  EXPECT_TRUE(shows(20, 20, 0xfedcba));
}

TEST_F(X11Screen, PointerIsInItsOwnTrackAndNotInThePicture) {
  hands_->fill({0, 0, 640, 480}, 0x808080);
  hands_->move_pointer(600, 400);
  record(spec("+100,100,400x300"));
  ASSERT_TRUE(pointer_.wait_for([](const auto& state) { return !state.samples.empty(); }));
  EXPECT_EQ(pointer_.state().samples.back().x, 500);
  EXPECT_EQ(pointer_.state().samples.back().y, 300);

  hands_->move_pointer(150, 160);
  ASSERT_TRUE(
      pointer_.wait_for([](const auto& s) { return s.samples.back().x == 50 && s.samples.back().y == 60; }));
  hands_->press(1);
  ASSERT_TRUE(pointer_.wait_for([](const auto& s) { return s.samples.back().buttons == 1U; }));
  hands_->release(1);
  hands_->press(3);
  ASSERT_TRUE(pointer_.wait_for([](const auto& s) { return s.samples.back().buttons == 4U; }));
  hands_->release(3);

  hands_->fill({100, 100, 20, 20}, 0xffffff);
  ASSERT_TRUE(shows(10, 10, 0xffffff));
  EXPECT_TRUE(has_colour(*frames_.newest(), 50, 60, 0x808080));
}

TEST_F(X11Screen, PointerThatRestsIsToldOnce) {
  hands_->move_pointer(10, 10);
  record(spec());

  ASSERT_TRUE(frames_.wait_for([](const auto& state) { return state.unchanged.size() >= 10; }));

  EXPECT_EQ(pointer_.state().samples.size(), 1U);
}

TEST_F(X11Screen, ShapesOfThePointerAreGivenOnceEach) {
  constexpr int kArrow = 68;
  constexpr int kText = 152;
  hands_->set_pointer_shape(kArrow);
  record(spec());
  ASSERT_TRUE(pointer_.wait_for([](const auto& state) { return !state.samples.empty(); }));
  const int arrow = pointer_.state().samples.back().shape;

  hands_->set_pointer_shape(kText);
  ASSERT_TRUE(pointer_.wait_for([=](const auto& state) { return state.samples.back().shape != arrow; }));
  hands_->set_pointer_shape(kArrow);
  ASSERT_TRUE(pointer_.wait_for([=](const auto& state) { return state.samples.back().shape == arrow; }));

  const auto state = pointer_.state();
  EXPECT_EQ(state.shapes.size(), 2U);
  for (const PointerShape& shape : state.shapes) {
    EXPECT_EQ(shape.rgba.size(), static_cast<std::size_t>(shape.width) * shape.height * 4);
  }
}

TEST_F(X11Screen, MonitorOfALowerResolutionGoesOnInTheMiddle) {
  connect({1280, 720}, {});
  record(spec());

  ASSERT_TRUE(server_->resize({640, 480}));
  hands_->fill({0, 0, 640, 480}, 0x00ff00);
  ASSERT_TRUE(shows(640, 360, 0x00ff00));
  hands_->fill({600, 440, 40, 40}, 0xff0000);
  ASSERT_TRUE(shows(320 + 620, 120 + 460, 0xff0000));

  const FramePtr frame = frames_.newest();
  EXPECT_EQ(frame->width, 1280);
  EXPECT_EQ(frame->height, 720);
  EXPECT_TRUE(has_colour(*frame, 322, 122, 0x00ff00));
  EXPECT_TRUE(has_colour(*frame, 316, 360, 0x000000));
  EXPECT_TRUE(has_colour(*frame, 640, 604, 0x000000));
  EXPECT_FALSE(frames_.end());
}

TEST_F(X11Screen, MonitorOfAHigherResolutionIsScaledDown) {
  connect({1280, 960}, {});
  ASSERT_TRUE(server_->resize({640, 480}));
  record(spec());

  ASSERT_TRUE(server_->resize({1280, 960}));
  hands_->fill({0, 0, 1280, 960}, 0x0000ff);
  hands_->fill({1240, 920, 40, 40}, 0xffff00);
  hands_->move_pointer(1000, 200);
  ASSERT_TRUE(shows(630, 470, 0xffff00));

  EXPECT_TRUE(has_colour(*frames_.newest(), 616, 470, 0x0000ff));
  EXPECT_TRUE(has_colour(*frames_.newest(), 0, 0, 0x0000ff));
  EXPECT_TRUE(pointer_.wait_for([](const auto& state) {
    return !state.samples.empty() && state.samples.back().x == 500 && state.samples.back().y == 100;
  }));
}

TEST_F(X11Screen, AreaThatIsGoneEndsTheSource) {
  connect({1280, 720}, {});
  record(spec("+700,500,320x200"));

  ASSERT_TRUE(server_->resize({640, 480}));

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
  EXPECT_NE(frames_.end()->message.find("smaller"), std::string::npos) << frames_.end()->message;
}

TEST_F(X11Screen, HugeScreenIsScaledDownAndSaysSo) {
  connect({3000, 600}, {});
  auto source = open_screen(spec(), 30, clock_, {.state_folder = {}, .most_width = 1000, .stop = {}});
  ASSERT_TRUE(source) << source.error().message;
  source_ = std::move(*source);

  EXPECT_EQ(source_->info().width, 1000);
  EXPECT_EQ(source_->info().height, 200);
  EXPECT_NE(source_->info().note.find("recorded at 1000 x 200"), std::string::npos) << source_->info().note;

  ASSERT_TRUE(source_->start(frames_, &pointer_));
  ASSERT_TRUE(frames_.wait_for_frames(1));
  hands_->fill({0, 0, 3000, 600}, 0x0000ff);
  ASSERT_TRUE(shows(998, 198, 0x0000ff));
  hands_->fill({1500, 300, 60, 60}, 0xff0000);
  ASSERT_TRUE(shows(510, 110, 0xff0000));
  hands_->move_pointer(300, 90);

  EXPECT_TRUE(has_colour(*frames_.newest(), 496, 110, 0x0000ff));
  EXPECT_TRUE(pointer_.wait_for([](const auto& state) {
    return !state.samples.empty() && state.samples.back().x == 100 && state.samples.back().y == 30;
  }));
}

TEST_F(X11Screen, ScreenUpTo2560WideKeepsItsPixels) {
  connect({2560, 480}, {});
  const auto source = open_screen(spec(), 30, clock_);

  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ((*source)->info().width, 2560);
  EXPECT_EQ((*source)->info().note, "");
}

TEST_F(X11Screen, AreaThatStillFitsAfterAResizeGoesOn) {
  connect({1280, 720}, {});
  record(spec("+0,0,320x240"));

  ASSERT_TRUE(server_->resize({640, 480}));
  hands_->fill({0, 0, 320, 240}, 0x00ffff);

  EXPECT_TRUE(shows(160, 120, 0x00ffff));
  EXPECT_FALSE(frames_.end());
}

TEST_F(X11Screen, ServerThatDiesEndsTheSourceAndNothingElse) {
  record(spec());

  server_->kill();

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
  source_->stop();
  EXPECT_EQ(frames_.calls_after_end(), 0);
}

TEST_F(X11Screen, StopIsSilentAndFinal) {
  record(spec());

  source_->stop();
  const auto frames = frames_.stamps().size();
  hands_->fill({0, 0, 640, 480}, 0xffffff);
  source_->stop();

  EXPECT_FALSE(frames_.end());
  EXPECT_EQ(frames_.stamps().size(), frames);
}

TEST_F(X11Screen, DefaultIsTheScreenOfTheEnvironmentsDisplay) {
  const ScopedEnvironment environment(server_->environment());
  record("default");

  EXPECT_EQ(source_->info().width, 640);
}

TEST_F(X11Screen, ServerWithoutDamageIsUnsupported) {
  connect({640, 480}, {"-extension", "DAMAGE"});

  const auto source = open_screen(spec(), 30, clock_);

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::Unsupported);
  EXPECT_NE(source.error().message.find("DAMAGE"), std::string::npos);
}

TEST(OpenScreen, WithoutADisplayTheDefaultIsNotFound) {
  const ScopedEnvironment environment(Environment{{"DISPLAY", ""}});
  const SteadyClock clock;

  const auto source = open_screen("default", 30, clock);

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::NotFound);
}

TEST(OpenScreen, DisplayThatIsNotThereIsNotFound) {
  const SteadyClock clock;
  for (const char* spec : {"x11::4711", "x11:nonsense", "x11:::"}) {
    const auto source = open_screen(spec, 30, clock);
    ASSERT_FALSE(source) << spec;
    EXPECT_EQ(source.error().code, ErrorCode::NotFound) << spec;
  }
}

}  // namespace
}  // namespace meanwhile
