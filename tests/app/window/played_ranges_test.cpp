// What counts as played.
#include "app/window/played_ranges.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

void play(PlayedRanges& played, MediaTime from, MediaTime to) {
  for (MediaTime at = from; at <= to; at += milliseconds(500)) played.follow(at, true);
}

TEST(PlayedRanges, EndWherePlayingStops) {
  PlayedRanges played;
  play(played, seconds(2), seconds(5));
  EXPECT_TRUE(played.is_playing());
  EXPECT_TRUE(played.empty());
  EXPECT_TRUE(played.follow(seconds(5), false));
  EXPECT_FALSE(played.follow(seconds(5), false));
  EXPECT_EQ(played.all(), (std::vector<MomentRange>{{seconds(2), seconds(5)}}));
}

TEST(PlayedRanges, AJumpIsNotPlayed) {
  PlayedRanges played;
  play(played, seconds(0), seconds(2));
  play(played, seconds(60), seconds(62));
  played.add({seconds(10), seconds(11)});
  played.cut();
  EXPECT_EQ(played.all(),
            (std::vector<MomentRange>{
                {seconds(0), seconds(2)}, {seconds(10), seconds(11)}, {seconds(60), seconds(62)}}));
  EXPECT_EQ(played.position(), MediaTime(seconds(62)));
}

TEST(PlayedRanges, AGlanceIsNoWatching) {
  PlayedRanges played;
  played.follow(seconds(1), true);
  played.follow(milliseconds(1300), true);
  played.follow(milliseconds(1300), false);
  EXPECT_TRUE(played.empty());
}

}  // namespace
}  // namespace meanwhile
