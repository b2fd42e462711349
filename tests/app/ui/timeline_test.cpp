#include "app/ui/widgets/timeline.h"

#include <gtest/gtest.h>

#include "app/ui/marker_clusters.h"
#include "app/ui/shortcuts.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

TEST(MarkerClusters, FarApartStayAlone) {
  const auto clusters = cluster_markers({seconds(10), seconds(50)}, seconds(100), 500, 20);
  ASSERT_EQ(clusters.size(), 2U);
  EXPECT_FLOAT_EQ(clusters[0].x, 50);
}

TEST(MarkerClusters, NeighboursBecomeOne) {
  const auto clusters = cluster_markers({seconds(10), seconds(11), seconds(90)}, seconds(100), 500, 20);
  ASSERT_EQ(clusters.size(), 2U);
  EXPECT_EQ(clusters[0].comments, (std::vector<std::size_t>{0, 1}));
}

TEST(MarkerClusters, MomentsPastTheEndLieAtTheEnd) {
  const auto clusters = cluster_markers({seconds(5000)}, seconds(100), 500, 20);
  EXPECT_FLOAT_EQ(clusters.at(0).x, 500);
}

TEST(MarkerClusters, AClipWithoutLengthHasNone) {
  EXPECT_TRUE(cluster_markers({seconds(1)}, MediaTime{}, 500, 20).empty());
}

TEST(Waveform, ABarShowsItsLoudestPeak) {
  EXPECT_FLOAT_EQ(loudest({0.1F, 0.9F, 0.2F, 0.3F}, 0, 0.5), 0.9F);
  EXPECT_FLOAT_EQ(loudest({0.1F, 0.9F, 0.2F, 0.3F}, 0.5, 1), 0.3F);
  EXPECT_FLOAT_EQ(loudest({}, 0, 1), 0);
  EXPECT_FLOAT_EQ(loudest({7.0F}, 0.99, 1), 1);
}

TEST(Speed, StepsThroughTheListAndStopsAtItsEnds) {
  EXPECT_DOUBLE_EQ(next_speed(1, 1), 1.25);
  EXPECT_DOUBLE_EQ(next_speed(1, -1), 0.75);
  EXPECT_DOUBLE_EQ(next_speed(1.1, -1), 1);
  EXPECT_DOUBLE_EQ(next_speed(3, 1), 3);
  EXPECT_DOUBLE_EQ(next_speed(0.5, -1), 0.5);
}

}  // namespace
}  // namespace meanwhile
