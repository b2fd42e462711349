#include "media/capture/pipewire/cast_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <future>

#include "media/capture/capture_options.h"
#include "tests/support/capture_sinks.h"
#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"
#include "tests/support/picture_colours.h"
#include "tests/support/picture_giver.h"

namespace meanwhile {
namespace {

constexpr std::uint32_t kBlue = 0x2040c0;
constexpr std::uint32_t kRed = 0xc04020;
constexpr std::uint32_t kGreen = 0x20c040;

class Cast : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto missing = DesktopServices::missing(); !missing.empty())
      GTEST_SKIP() << "this machine has no " << missing;
    auto services = DesktopServices::start();
    ASSERT_TRUE(services) << services.error().message;
    services_ = std::move(*services);
    environment_ = std::make_unique<ScopedEnvironment>(services_->environment());
  }

  void give_screen(PictureGiver::Options options) {
    auto giver = PictureGiver::start(std::move(options));
    ASSERT_TRUE(giver) << giver.error().message;
    giver_ = std::move(*giver);
  }

  Result<std::unique_ptr<FrameSource>> open(int frames_per_second) {
    auto connection = PipeWireConnection::open(PipeWireConnection::kOfSession);
    if (!connection) return std::unexpected(connection.error());
    auto stream = PipeWireStream::connect(std::move(*connection), {.node = giver_->node(),
                                                                   .serial = "",
                                                                   .use = StreamUse::Screen,
                                                                   .frames_per_second = frames_per_second});
    if (!stream) return std::unexpected(stream.error());
    return open_cast("Screen", std::move(*stream), nullptr, frames_per_second, kDefaultMostWidth, clock_, {});
  }

  // Opens it while `first` is given.
  void record(const GivenPicture& first, int frames_per_second = 30) {
    auto opening = std::async(std::launch::async, [&] { return open(frames_per_second); });
    const bool is_given = giver_->give(first);
    auto source = opening.get();
    ASSERT_TRUE(source) << source.error().message;
    ASSERT_TRUE(is_given);
    source_ = std::move(*source);
    ASSERT_TRUE(source_->start(frames_, &pointer_));
    ASSERT_TRUE(frames_.wait_for_frames(1));
  }

  void record(PictureGiver::Options options, std::uint32_t rgb) {
    const Size size = options.size;
    ASSERT_NO_FATAL_FAILURE(give_screen(std::move(options)));
    record(whole(size, rgb));
  }

  static GivenPicture whole(Size size, std::uint32_t rgb) {
    return {.paint =
                [=](std::uint8_t* bytes, int stride) {
                  fill_bgrx(bytes, stride, {0, 0, size.width, size.height}, rgb);
                  return static_cast<std::size_t>(stride) * static_cast<std::size_t>(size.height);
                },
            .damage = {{0, 0, size.width, size.height}}};
  }
  // All of the buffer has the colour, but only the area is said to have changed.
  static GivenPicture changed(Size size, std::uint32_t rgb, Rect area) {
    GivenPicture picture = whole(size, rgb);
    picture.damage = {area};
    return picture;
  }

  // What is given while both sides agree on something new is lost, as a compositor's pictures are; and the
  // last one of many at once waits for a next one.
  bool give_until_shown(int x, int y, std::uint32_t rgb) {
    return becomes_true(
        [=, this] { return giver_->give_colour(rgb) && has_colour(*frames_.newest(), x, y, rgb); });
  }

  bool shows(int x, int y, std::uint32_t rgb) {
    return frames_.wait_for(
        [=](const auto& state) { return has_colour(*state.last_frames.back(), x, y, rgb); });
  }

  const SteadyClock clock_;
  std::unique_ptr<DesktopServices> services_;
  std::unique_ptr<ScopedEnvironment> environment_;
  std::unique_ptr<PictureGiver> giver_;
  KeepingFrameSink frames_;
  KeepingPointerSink pointer_;
  std::unique_ptr<FrameSource> source_;  // last: stopped before its sinks go
};

TEST_F(Cast, FirstFrameIsWholeAndSaysItsColours) {
  record({}, kBlue);

  const FramePtr frame = frames_.newest();

  EXPECT_EQ(source_->info().name, "Screen, 640 x 480");
  EXPECT_EQ(frame->width, 640);
  EXPECT_EQ(frame->height, 480);
  EXPECT_EQ(frame->format, AV_PIX_FMT_YUV420P);
  EXPECT_EQ(frame->color_range, AVCOL_RANGE_MPEG);
  EXPECT_EQ(frame->colorspace, AVCOL_SPC_SMPTE170M);
  EXPECT_TRUE(has_colour(*frame, 0, 0, kBlue));
  EXPECT_TRUE(has_colour(*frame, 639, 479, kBlue));
}

TEST_F(Cast, OnlyWhatIsSaidToHaveChangedIsConverted) {
  record({}, kBlue);

  ASSERT_TRUE(giver_->give(changed({640, 480}, kRed, {101, 51, 21, 31})));
  ASSERT_TRUE(shows(110, 60, kRed));

  const FramePtr frame = frames_.newest();
  EXPECT_TRUE(has_colour(*frame, 90, 60, kBlue));
  EXPECT_TRUE(has_colour(*frame, 130, 60, kBlue));
  EXPECT_TRUE(has_colour(*frame, 320, 240, kBlue));
}

TEST_F(Cast, ChangesOfPicturesThatWereLeftOutAreNotLost) {
  ASSERT_NO_FATAL_FAILURE(give_screen({}));
  record(whole({640, 480}, kBlue), /*frames_per_second=*/2);
  ASSERT_TRUE(giver_->give(changed({640, 480}, kBlue, {0, 0, 2, 2})));

  ASSERT_TRUE(giver_->give(changed({640, 480}, kRed, {0, 0, 64, 64})));
  ASSERT_TRUE(giver_->give(changed({640, 480}, kRed, {576, 416, 64, 64})));
  ASSERT_TRUE(shows(600, 440, kRed));

  EXPECT_TRUE(has_colour(*frames_.newest(), 32, 32, kRed));
  EXPECT_LE(frames_.stamps().size(), 4U);
}

TEST_F(Cast, PicturesWithoutWordOfDamageAreConvertedWhole) {
  record({.offers_metadata = false}, kBlue);

  ASSERT_TRUE(giver_->give_colour(kGreen));

  EXPECT_TRUE(shows(320, 240, kGreen));
}

TEST_F(Cast, PixelsWithRedFirstHaveTheirColours) {
  // 0x2040c0 in memory is c0 40 20: with red first that is 0xc04020.
  record({.format = SPA_VIDEO_FORMAT_RGBx}, kBlue);

  EXPECT_TRUE(has_colour(*frames_.newest(), 320, 240, kRed));
}

TEST_F(Cast, OddSizeLosesItsLastRowAndColumn) {
  record({.size = {641, 479}}, kBlue);

  const FramePtr frame = frames_.newest();
  EXPECT_EQ(frame->width, 640);
  EXPECT_EQ(frame->height, 478);
  EXPECT_TRUE(has_colour(*frame, 639, 477, kBlue));
}

TEST_F(Cast, WindowIsThePartOfTheBufferThatCounts) {
  ASSERT_NO_FATAL_FAILURE(give_screen({}));
  GivenPicture window = whole({640, 480}, kRed);
  window.paint = [](std::uint8_t* bytes, int stride) {
    fill_bgrx(bytes, stride, {0, 0, 640, 480}, kRed);
    fill_bgrx(bytes, stride, {100, 50, 201, 101}, kGreen);
    return static_cast<std::size_t>(stride) * 480;
  };
  window.crop = Rect{100, 50, 201, 101};
  record(window);

  const FramePtr frame = frames_.newest();
  EXPECT_EQ(frame->width, 200);
  EXPECT_EQ(frame->height, 100);
  for (const int x : {0, 199}) {
    for (const int y : {0, 99}) EXPECT_TRUE(has_colour(*frame, x, y, kGreen)) << x << " " << y;
  }
}

TEST_F(Cast, ScreenOfAnotherSizeIsFittedIntoTheFirst) {
  record({}, kBlue);

  ASSERT_TRUE(giver_->resize({320, 480}));
  ASSERT_TRUE(give_until_shown(320, 240, kGreen));

  const FramePtr frame = frames_.newest();
  EXPECT_EQ(frame->width, 640);
  EXPECT_EQ(frame->height, 480);
  EXPECT_TRUE(has_colour(*frame, 162, 2, kGreen));
  EXPECT_TRUE(has_colour(*frame, 477, 477, kGreen));
  EXPECT_TRUE(has_colour(*frame, 100, 240, 0x000000));
  EXPECT_TRUE(has_colour(*frame, 540, 240, 0x000000));
}

TEST_F(Cast, ScreenThatGetsItsFirstSizeBackIsAsBefore) {
  record({}, kBlue);

  ASSERT_TRUE(giver_->resize({320, 240}));
  ASSERT_TRUE(give_until_shown(320, 240, kGreen));
  ASSERT_TRUE(giver_->resize({640, 480}));
  ASSERT_TRUE(give_until_shown(4, 4, kRed));

  EXPECT_TRUE(has_colour(*frames_.newest(), 639, 479, kRed));
}

TEST_F(Cast, DamagedPictureIsLeftOutAndTheNextOneIsWhole) {
  record({}, kBlue);

  GivenPicture damaged = whole({640, 480}, kRed);
  damaged.is_damaged = true;
  ASSERT_TRUE(giver_->give(damaged));
  ASSERT_TRUE(giver_->give(changed({640, 480}, kGreen, {0, 0, 64, 64})));

  EXPECT_TRUE(shows(320, 240, kGreen));
  EXPECT_EQ(frames_.stamps().size(), 2U);
}

TEST_F(Cast, ScreenThatStandsStillIsSaidToDoSo) {
  record({}, kBlue);

  EXPECT_TRUE(frames_.wait_for([](const auto& state) { return state.unchanged.size() >= 4; }));

  EXPECT_EQ(frames_.stamps().size(), 1U);
  EXPECT_FALSE(frames_.end());
}

TEST_F(Cast, PictureInWhichNothingChangedIsNotGivenAgain) {
  record({.offers_metadata = false}, kBlue);

  for (int i = 0; i < 5; ++i) ASSERT_TRUE(giver_->give_colour(kBlue));
  ASSERT_TRUE(give_until_shown(320, 240, kGreen));

  // The first one, the green one, and perhaps one more where the format was agreed on twice.
  EXPECT_LE(frames_.stamps().size(), 3U);
}

TEST_F(Cast, StampsRiseAndAreOfOurClock) {
  const MonotonicTime before = clock_.now();
  record({}, kBlue);
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(giver_->give_colour(i % 2 == 0 ? kRed : kGreen));
    ASSERT_TRUE(shows(1, 1, i % 2 == 0 ? kRed : kGreen));
  }

  const auto stamps = frames_.stamps();
  EXPECT_TRUE(std::ranges::is_sorted(stamps, std::less_equal<>()));
  EXPECT_GE(stamps.front(), before);
  EXPECT_LE(stamps.back(), clock_.now());
}

TEST_F(Cast, PointerIsToldWithItsShapeAndPlace) {
  record({}, kBlue);

  // Half see-through white, premultiplied.
  GivenPointer pointer{.x = 30, .y = 40, .hot_x = 1, .hot_y = 2, .size = {2, 3}, .bgra = {}};
  for (int i = 0; i < 6; ++i) pointer.bgra.insert(pointer.bgra.end(), {0x80, 0x80, 0x80, 0x80});
  ASSERT_TRUE(giver_->give({.paint = {}, .damage = {}, .crop = {}, .pointer = pointer}));
  ASSERT_TRUE(pointer_.wait_for([](const auto& state) { return state.samples.size() == 1; }));
  pointer.bgra.clear();
  pointer.x = 31;
  ASSERT_TRUE(giver_->give({.paint = {}, .damage = {}, .crop = {}, .pointer = pointer}));
  ASSERT_TRUE(pointer_.wait_for([](const auto& state) { return state.samples.size() == 2; }));

  const auto state = pointer_.state();
  ASSERT_EQ(state.shapes.size(), 1U);
  EXPECT_EQ(state.shapes[0].width, 2);
  EXPECT_EQ(state.shapes[0].height, 3);
  EXPECT_EQ(state.shapes[0].hot_x, 1);
  EXPECT_EQ(state.shapes[0].hot_y, 2);
  ASSERT_EQ(state.shapes[0].rgba.size(), 24U);
  EXPECT_EQ(state.shapes[0].rgba[0], 0xff);
  EXPECT_EQ(state.shapes[0].rgba[3], 0x80);
  EXPECT_EQ(state.samples[0].x, 30);
  EXPECT_EQ(state.samples[0].y, 40);
  EXPECT_EQ(state.samples[1].x, 31);
  EXPECT_EQ(state.samples[1].buttons, 0U);
  EXPECT_EQ(frames_.stamps().size(), 1U);
}

TEST_F(Cast, PointerOnAnotherScreenIsOutsideThePicture) {
  record({}, kBlue);
  GivenPointer pointer{.x = 30, .y = 40, .size = {1, 1}, .bgra = {1, 1, 1, 1}};
  ASSERT_TRUE(giver_->give({.paint = {}, .damage = {}, .crop = {}, .pointer = pointer}));
  ASSERT_TRUE(pointer_.wait_for([](const auto& state) { return state.samples.size() == 1; }));

  ASSERT_TRUE(giver_->give({.paint = {}, .damage = {}, .crop = {}, .pointer = GivenPointer{.id = 0}}));

  EXPECT_TRUE(pointer_.wait_for([](const auto& state) { return state.samples.back().x < -64; }));
}

TEST_F(Cast, ScreenThatGoesAwayEndsWithASentence) {
  record({}, kBlue);

  giver_.reset();

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
  EXPECT_FALSE(frames_.end()->message.empty());
}

TEST_F(Cast, PipeWireThatGoesAwayEndsWithASentence) {
  record({}, kBlue);

  services_->kill_pipewire();

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
  EXPECT_NE(frames_.end()->message.find("PipeWire"), std::string::npos) << frames_.end()->message;
}

TEST_F(Cast, PauseThatIsShortIsNoEnd) {
  record({}, kBlue);

  ASSERT_TRUE(giver_->pause(true));
  ASSERT_TRUE(giver_->pause(false));

  EXPECT_TRUE(give_until_shown(320, 240, kGreen));
  EXPECT_FALSE(frames_.end());
}

TEST_F(Cast, PauseThatStaysEndsWithASentence) {
  record({}, kBlue);

  ASSERT_TRUE(giver_->pause(true));

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
  EXPECT_NE(frames_.end()->message.find("paused"), std::string::npos) << frames_.end()->message;
}

TEST_F(Cast, StoppedSourceCallsNobody) {
  record({}, kBlue);

  source_->stop();
  giver_.reset();

  EXPECT_FALSE(frames_.end());
}

}  // namespace
}  // namespace meanwhile
