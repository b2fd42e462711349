#include "media/record/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using std::chrono::milliseconds;

MonotonicTime at(int ms) {
  return MonotonicTime(milliseconds(1'000'000 + ms));
}

TEST(Timeline, CountsFromTheTakesFirstInstant) {
  Timeline timeline;
  EXPECT_FALSE(timeline.at(at(0)));
  timeline.start(at(100));

  EXPECT_FALSE(timeline.at(at(99)));
  EXPECT_EQ(timeline.at(at(100)), MediaTime{});
  EXPECT_EQ(timeline.at(at(350)), milliseconds(250));
}

TEST(Timeline, TakesPausesOutAndLateFramesLandWhereTheyBelong) {
  Timeline timeline;
  timeline.start(at(0));
  timeline.pause(at(1000));
  timeline.resume(at(5000));

  EXPECT_EQ(timeline.at(at(999)), milliseconds(999));
  EXPECT_FALSE(timeline.at(at(1000)));
  EXPECT_FALSE(timeline.at(at(4999)));
  EXPECT_EQ(timeline.at(at(5000)), milliseconds(1000));
  EXPECT_EQ(timeline.elapsed(at(6000)), milliseconds(2000));
}

TEST(Timeline, WhatWasBeforeItOrInAPauseBelongsWhereItWentOn) {
  Timeline timeline;
  EXPECT_FALSE(timeline.at_or_after(at(0)));
  timeline.start(at(100));
  timeline.pause(at(1100));

  EXPECT_EQ(timeline.at_or_after(at(90)), MediaTime{});
  EXPECT_EQ(timeline.at_or_after(at(350)), milliseconds(250));
  EXPECT_FALSE(timeline.at_or_after(at(1100)));
  timeline.resume(at(5000));
  EXPECT_EQ(timeline.at_or_after(at(1100)), milliseconds(1000));
  EXPECT_EQ(timeline.at_or_after(at(5001)), milliseconds(1001));
}

TEST(Timeline, EndsWhereTheTakeWasFinished) {
  Timeline timeline;
  timeline.start(at(0));
  timeline.finish(at(700));

  EXPECT_FALSE(timeline.at(at(700)));
  EXPECT_EQ(timeline.elapsed(at(9000)), milliseconds(700));
}

TEST(Timeline, CutsABlockOfSamplesAtTheEdges) {
  Timeline timeline;
  timeline.start(at(10));
  timeline.pause(at(20));
  timeline.resume(at(30));

  const auto pieces = timeline.pieces(at(0), 48 * 40);

  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0].first_sample, 480);
  EXPECT_EQ(pieces[0].samples, 480);
  EXPECT_EQ(pieces[0].at, MediaTime{});
  EXPECT_EQ(pieces[1].first_sample, 1440);
  EXPECT_EQ(pieces[1].samples, 480);
  EXPECT_EQ(pieces[1].at, milliseconds(10));
}

TEST(Timeline, ABlockInsideAPauseHasNoPieces) {
  Timeline timeline;
  timeline.start(at(0));
  timeline.pause(at(100));

  EXPECT_TRUE(timeline.pieces(at(200), 480).empty());
}

}  // namespace
}  // namespace meanwhile
