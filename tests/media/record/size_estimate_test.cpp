#include "media/record/size_estimate.h"

#include <gtest/gtest.h>

#include "media/record/take.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

TrackReport track(TrackKind kind, std::uint64_t bytes, MediaTime duration, int width = 1920,
                  int height = 1080) {
  TrackReport report{.kind = kind, .file = "", .codec = "", .device = ""};
  report.width = width;
  report.height = height;
  report.bytes = bytes;
  report.duration = duration;
  return report;
}

Take take_with(std::vector<TrackReport> tracks) {
  Take take;
  take.tracks = std::move(tracks);
  return take;
}

TEST(SizeEstimate, WithoutTakesItGoesByWhatWasMeasuredAndByTheSize) {
  const SizeRange full = expected_size({track(TrackKind::Screen, 0, {})}, {});
  EXPECT_EQ(full, (SizeRange{500'000, 6'000'000}));
  const SizeRange quarter = expected_size({track(TrackKind::Screen, 0, {}, 960, 540)}, {});
  EXPECT_EQ(quarter.most, full.most / 4);
  const SizeRange both =
      expected_size({track(TrackKind::Screen, 0, {}), track(TrackKind::Voice, 0, {}, 0, 0)}, {});
  EXPECT_GT(both.least, full.least);
  EXPECT_EQ(expected_size({}, {}), SizeRange{});
}

TEST(SizeEstimate, OwnTakesSayItBetter) {
  const UsualSizes usual = usual_sizes({take_with({track(TrackKind::Screen, 2'000'000, seconds(60))}),
                                        take_with({track(TrackKind::Screen, 3'000'000, seconds(30))})});
  EXPECT_EQ(usual.at(TrackKind::Screen), (SizeRange{2'000'000, 6'000'000}));
  EXPECT_FALSE(usual.contains(TrackKind::Camera));
  EXPECT_EQ(expected_size({track(TrackKind::Screen, 0, {})}, usual), (SizeRange{2'000'000, 6'000'000}));
}

TEST(SizeEstimate, OneTakeOrShortOnesSayNothing) {
  EXPECT_TRUE(usual_sizes({take_with({track(TrackKind::Screen, 2'000'000, seconds(60))})}).empty());
  EXPECT_TRUE(usual_sizes({take_with({track(TrackKind::Screen, 2'000'000, seconds(5))}),
                           take_with({track(TrackKind::Screen, 3'000'000, seconds(3))})})
                  .empty());
}

TEST(SizeEstimate, OnlyTheLastTakesCount) {
  std::vector<Take> takes{take_with({track(TrackKind::Voice, 90'000'000, seconds(60))})};
  for (int i = 0; i < 5; ++i) takes.push_back(take_with({track(TrackKind::Voice, 1'000'000, seconds(60))}));
  EXPECT_EQ(usual_sizes(takes).at(TrackKind::Voice), (SizeRange{1'000'000, 1'000'000}));
}

}  // namespace
}  // namespace meanwhile
