#include "media/play/local_video_reader.h"

#include <gtest/gtest.h>

#include "tests/support/play_rig.h"
#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

VideoSpec long_gap() {
  VideoSpec spec = constant_rate(120, 30);
  spec.keyframe_every = 60;
  return spec;
}

std::unique_ptr<LocalVideoReader> open(const VideoSpec& spec, std::function<bool()> is_newer_wanted = {}) {
  return LocalVideoReader::open(memory(make_video_track(spec)), std::move(is_newer_wanted)).value();
}

int number_of(const VideoSpec& spec, const PicturePtr& picture) {
  return frame_at(spec, picture->at);
}

TEST(LocalVideoReader, GivesThePicturesOfTheReachOneByOne) {
  const VideoSpec spec = long_gap();
  const auto reader = open(spec);
  const MediaTime moment = spec.times[50];
  ASSERT_TRUE(reader->seek(moment));
  std::vector<int> seen;
  do {
    seen.push_back(number_of(spec, reader->next(moment, 100ms).value()));
  } while (!reader->is_on_show());
  EXPECT_EQ(seen, (std::vector<int>{47, 48, 49, 50}));
}

TEST(LocalVideoReader, OpensNothingButWhatClipsAreMadeOf) {
  for (const char* encoder : {"mpeg4", "libvpx-vp9"}) {
    VideoSpec spec = constant_rate(30, 10);
    spec.encoder = encoder;
    const Bytes track = make_video_track(spec);
    ASSERT_GT(track.size(), 1000U) << encoder;
    const auto reader = LocalVideoReader::open(memory(track), {});
    ASSERT_FALSE(reader) << encoder;
    EXPECT_EQ(reader.error().code, ErrorCode::Unsupported) << encoder << ": " << reader.error().message;
  }
}

TEST(LocalVideoReader, ShowsHowFarItGotWhenItIsInterrupted) {
  const VideoSpec spec = long_gap();
  int asked = 0;
  const auto reader = open(spec, [&] { return ++asked > 30; });
  ASSERT_TRUE(reader->seek(spec.times[55]));
  EXPECT_EQ(reader->next(spec.times[55]).error().code, ErrorCode::Aborted);
  const PicturePtr passed = reader->take_passed();
  ASSERT_TRUE(passed);
  EXPECT_GT(number_of(spec, passed), 0);
  EXPECT_LT(number_of(spec, passed), 55);
  EXPECT_EQ(reader->take_passed(), nullptr);
}

// A machine that is slower than a hand that drags: it is interrupted before it has found anything.
TEST(LocalVideoReader, HasSomethingToShowHoweverSoonItIsInterrupted) {
  const VideoSpec spec = long_gap();
  const auto reader = open(spec, [] { return true; });
  for (const int sought : {20, 115, 40}) {
    ASSERT_TRUE(reader->seek(spec.times[static_cast<std::size_t>(sought)]));
    EXPECT_EQ(reader->next(spec.times[static_cast<std::size_t>(sought)]).error().code, ErrorCode::Aborted);
    const PicturePtr passed = reader->take_passed();
    ASSERT_TRUE(passed) << sought;
    EXPECT_EQ(number_of(spec, passed), sought == 115 ? 60 : 0);
  }
}

TEST(LocalVideoReader, GoesOnFromWhereItWasInterrupted) {
  const VideoSpec spec = long_gap();
  int asked = 0;
  const auto reader = open(spec, [&] { return ++asked == 30; });
  ASSERT_TRUE(reader->seek(spec.times[50]));
  ASSERT_FALSE(reader->next(spec.times[50]));
  asked = 100;
  ASSERT_TRUE(reader->seek(spec.times[55]));
  const int before = asked;
  EXPECT_EQ(number_of(spec, reader->next(spec.times[55]).value()), 55);
  EXPECT_LT(asked - before, 100);  // from the keyframe on it would have asked twice a picture
}

}  // namespace
}  // namespace meanwhile::test
