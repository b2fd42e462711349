#include "app/page/rendition.h"

#include <gtest/gtest.h>

#include "tests/support/environment.h"
#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;
using std::chrono::minutes;

ClipMedia lively_clip(int seconds) {
  return {
      .screen = std::make_shared<MemorySource>(make_video_track(constant_rate(30 * seconds, 30))),
      .voice = std::make_shared<MemorySource>(make_sound_track({.duration = std::chrono::seconds(seconds)})),
      .duration = std::chrono::seconds(seconds)};
}

TEST(Rendition, IsAsSmallAsItMayBe) {
  const ScopedFolder folder;
  constexpr std::uint64_t kLimit = 120'000;
  double last = 0;
  fs::path path;
  {
    const auto made = Rendition::make(lively_clip(6), std::chrono::seconds(6), folder.path(), kLimit,
                                      [&](double done) { last = done; }, {});
    ASSERT_TRUE(made) << made.error().message;
    path = (*made)->path();
    EXPECT_LE((*made)->size_bytes(), kLimit);
    EXPECT_EQ(fs::file_size(path), (*made)->size_bytes());
    EXPECT_EQ(last, 1);
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(Rendition, AStoppedOneLeavesNothing) {
  const ScopedFolder folder;
  std::stop_source stop;
  stop.request_stop();
  const auto made = Rendition::make(
      lively_clip(1), std::chrono::seconds(1), folder.path(), 1'000'000, [](double) {}, stop.get_token());
  EXPECT_EQ(made.error().code, ErrorCode::Aborted);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(RenditionPlan, MoreRoomGivesALargerPicture) {
  const auto small = plan_rendition(minutes(5), 5'000'000);
  const auto large = plan_rendition(minutes(5), 100'000'000);
  EXPECT_LT(small->max_width, large->max_width);
  EXPECT_LE((small->rate.picture_bps + small->rate.sound_bps) * 300 / 8, 5'000'000);
  EXPECT_GT(large->rate.picture_bps, small->rate.picture_bps);
}

TEST(RenditionPlan, TooLittleRoomIsSaid) {
  const auto plan = plan_rendition(minutes(60), 1'000'000);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, ErrorCode::InvalidArgument);
  EXPECT_TRUE(plan.error().message.contains("allow at least 34.")) << plan.error().message;
}

}  // namespace
}  // namespace meanwhile::test
