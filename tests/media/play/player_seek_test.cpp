// Seeking and stepping: the picture of that very moment.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/media/play/player_clips.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

// Whether every one of many random moments, and the borders of frames, shows its frame.
void expect_exact_seeks(const VideoSpec& screen, Bytes screen_bytes, const VideoSpec& camera,
                        Bytes camera_bytes) {
  PlayRig rig({.screen = memory(std::move(screen_bytes)),
               .camera = memory(std::move(camera_bytes)),
               .duration = screen.end},
              nullptr);
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    MediaTime moment(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(screen.end.count())));
    if (i % 4 == 0) moment = screen.times[random() % screen.times.size()];
    if (i % 4 == 1) moment = std::max(0us, screen.times[random() % screen.times.size()] - 1us);
    rig.player().seek(moment);
    ASSERT_TRUE(rig.settle());
    ASSERT_EQ(rig.shown(), frame_at(screen, moment)) << "at " << moment.count();
    ASSERT_EQ(rig.shown(PictureTrack::Camera), frame_at(camera, moment)) << "at " << moment.count();
    ASSERT_EQ(rig.player().status().position, moment);
  }
}

TEST(Player, SeeksExactlyInVariableRate) {
  const VideoSpec screen = variable_rate(400, 1);
  const VideoSpec camera = variable_rate(300, 2);
  expect_exact_seeks(screen, make_video_track(screen), camera, make_video_track(camera));
}

TEST(Player, SeeksExactlyWithReorderedFrames) {
  VideoSpec screen = constant_rate(600, 30);
  VideoSpec camera = variable_rate(300, 3);
  camera.keyframe_every = 37;
  const Bytes screen_bytes = make_reordered_track(screen);
  const Bytes camera_bytes = make_reordered_track(camera);
  expect_exact_seeks(screen, screen_bytes, camera, camera_bytes);
}

TEST(Player, ShowsTheFirstPictureWhenOpened) {
  PlayRig rig(clip_of(constant_rate(60, 30)), nullptr);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 0);
  EXPECT_FALSE(rig.player().status().is_playing);
  EXPECT_EQ(rig.player().next_change(), std::nullopt);
}

TEST(Player, SeekPastTheEndShowsTheLastPicture) {
  const VideoSpec screen = constant_rate(90, 30);
  PlayRig rig(clip_of(screen), nullptr);
  rig.player().seek(1h);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 89);
  EXPECT_EQ(rig.player().status().position, screen.end);
  EXPECT_TRUE(rig.player().status().is_ended);
  rig.player().seek(-1s);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 0);
}

TEST(Player, FindsTheDurationWhereNobodyKnowsIt) {
  ClipMedia media = clip_of(constant_rate(90, 30));
  media.duration = {};
  PlayRig rig(std::move(media), nullptr);
  ASSERT_TRUE(rig.settle());
  EXPECT_NEAR(to_seconds(rig.player().status().duration), 3, 0.001);
}

TEST(Player, NewestOfManySeeksWins) {
  const VideoSpec screen = constant_rate(600, 30);
  PlayRig rig(clip_of(screen), nullptr);
  for (int i = 0; i < 100; ++i) rig.player().seek(screen.times[static_cast<std::size_t>(i * 5)]);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 495);
}

// As a hand that drags does: each of its moves asks for a picture before it looks at what the last one found.
TEST(Player, WhatASeekFoundIsShownThoughTheNextOneCameFirst) {
  const VideoSpec screen = constant_rate(600, 30);
  const Bytes bytes = make_video_track(screen);
  const auto source = std::make_shared<FaultySource>(bytes, bytes.size() / 2, std::nullopt);
  PlayRig rig({.screen = source, .duration = screen.end}, nullptr);
  ASSERT_TRUE(rig.settle());
  ASSERT_EQ(rig.shown(), 0);
  rig.player().seek(5s);
  ASSERT_TRUE(rig.settle());
  rig.player().seek(19s);
  ASSERT_TRUE(source->wait_until_blocked());
  EXPECT_EQ(rig.shown(), 150);
}

TEST(Player, StepsFrameByFrameInBothDirections) {
  VideoSpec screen = variable_rate(200, 5);
  screen.keyframe_every = 20;
  const Bytes bytes = make_reordered_track(screen);
  PlayRig rig({.screen = memory(bytes), .duration = screen.end}, nullptr);
  rig.player().seek(screen.times[100]);
  ASSERT_TRUE(rig.settle());
  for (int i = 101; i < 130; ++i) {
    rig.player().step_frames(1);
    ASSERT_TRUE(rig.settle());
    ASSERT_EQ(rig.shown(), i);
    ASSERT_EQ(rig.player().status().position, screen.times[static_cast<std::size_t>(i)]);
  }
  for (int i = 128; i >= 60; --i) {
    rig.player().step_frames(-1);
    ASSERT_TRUE(rig.settle());
    ASSERT_EQ(rig.shown(), i);
    ASSERT_EQ(rig.player().status().position, screen.times[static_cast<std::size_t>(i)]);
  }
  rig.player().step_frames(-7);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 53);
}

TEST(Player, StepsForwardAgainFromFarBack) {
  VideoSpec screen = constant_rate(200, 30);
  screen.keyframe_every = 50;
  PlayRig rig(clip_of(screen), nullptr);
  rig.player().seek(screen.times[120]);
  ASSERT_TRUE(rig.settle());
  for (int i = 119; i >= 40; --i) {
    rig.player().step_frames(-1);
    ASSERT_TRUE(rig.settle());
    ASSERT_EQ(rig.shown(), i);
  }
  for (int i = 41; i <= 130; ++i) {
    rig.player().step_frames(1);
    ASSERT_TRUE(rig.settle());
    ASSERT_EQ(rig.shown(), i);
  }
}

TEST(Player, PlaysOnFromWhereStepsBackLedTo) {
  const VideoSpec screen = constant_rate(200, 30);
  PlayRig rig(clip_of(screen), nullptr);
  rig.player().seek(screen.times[120]);
  ASSERT_TRUE(rig.settle());
  for (int i = 0; i < 70; ++i) {
    rig.player().step_frames(-1);
    ASSERT_TRUE(rig.settle());
  }
  rig.player().play();
  for (int i = 51; i < 130; ++i) {
    ASSERT_TRUE(rig.pump_until([&] { return rig.player().next_change() > rig.clock().now(); }));
    rig.clock().advance(33'334us);
    ASSERT_TRUE(rig.pump_until([&] { return rig.shown() >= i; })) << i;
  }
}

TEST(Player, StepsThatComeTogetherAreAllMade) {
  const VideoSpec screen = constant_rate(200, 30);
  PlayRig rig(clip_of(screen), nullptr);
  rig.player().seek(screen.times[100]);
  ASSERT_TRUE(rig.settle());
  for (int i = 0; i < 40; ++i) rig.player().step_frames(-1);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 60);
  for (int i = 0; i < 10; ++i) rig.player().step_frames(1);
  for (int i = 0; i < 10; ++i) rig.player().step_frames(-1);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 60);
}

TEST(Player, StepsStopAtTheEnds) {
  PlayRig rig(clip_of(constant_rate(30, 30)), nullptr);
  ASSERT_TRUE(rig.settle());
  rig.player().step_frames(-1);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 0);
  rig.player().step_frames(1000);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 29);
  rig.player().step_frames(1);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 29);
}

TEST(Player, StepMovesTheCameraToTheScreensMoment) {
  const VideoSpec screen = constant_rate(90, 10);
  const VideoSpec camera = constant_rate(270, 30);
  ClipMedia media = clip_of(screen);
  media.camera = memory(make_video_track(camera));
  PlayRig rig(std::move(media), nullptr);
  rig.player().seek(4s);
  ASSERT_TRUE(rig.settle());
  rig.player().step_frames(1);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 41);
  EXPECT_EQ(rig.shown(PictureTrack::Camera), 123);
}

}  // namespace
}  // namespace meanwhile::test
