// Playing what its author arranged: no picture, no sound and no moment of what was cut.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/play/clip_media.h"
#include "media/play/player.h"
#include "tests/media/play/player_clips.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

ClipMedia cut_clip(const VideoSpec& screen, std::vector<TimeRange> parts) {
  ClipMedia media = clip_with_sound(screen);
  media.edits = std::make_shared<const EditList>(EditList::create(std::move(parts)).value());
  return media;
}

TEST(PlayerEdits, SpeaksOfTheRecordedTimelineAndOfTheEditedOne) {
  const VideoSpec screen = constant_rate(300, 30);
  FakeSpeaker speaker;
  PlayRig rig(cut_clip(screen, {{1s, 2s}, {4s, 6s}}), &speaker);
  rig.player().seek(4500ms);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), frame_at(screen, 4500ms));
  EXPECT_EQ(rig.player().status().position, 4500ms);
  EXPECT_EQ(rig.player().status().edited_position, 1500ms);
  EXPECT_EQ(rig.player().status().duration, 10s);
  EXPECT_EQ(rig.player().status().edited_duration, 3s);
}

TEST(PlayerEdits, ASeekIntoACutLeadsBehindIt) {
  const VideoSpec screen = constant_rate(300, 30);
  FakeSpeaker speaker;
  PlayRig rig(cut_clip(screen, {{1s, 2s}, {4s, 6s}}), &speaker);
  for (const auto& [wanted, reached] :
       std::vector<std::pair<MediaTime, MediaTime>>{{3s, 4s}, {0s, 1s}, {9s, 6s}}) {
    rig.player().seek(wanted);
    ASSERT_TRUE(rig.settle());
    EXPECT_EQ(rig.player().status().position, reached);
  }
}

TEST(PlayerEdits, PlaysOverCutsInStepWithTheSoundToTheEnd) {
  const VideoSpec screen = constant_rate(300, 30);
  const std::vector<TimeRange> parts = {{1s, 2s}, {7s, 8s}, {4s, 5s}};
  const EditList edits = EditList::create(parts).value();
  FakeSpeaker speaker;
  PlayRig rig(cut_clip(screen, parts), &speaker);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.is_paused(); }));
  for (int i = 0; i < 295; ++i) {
    std::vector<float> samples;
    ASSERT_TRUE(rig.pump_until([&] {
      samples = speaker.pull(480);
      return measure_level(samples) > 0;
    })) << i;
    const PlayerStatus status = rig.player().status();
    ASSERT_NEAR(to_seconds(status.edited_position), i * 0.01, 0.001);
    ASSERT_EQ(status.position, edits.recorded(status.edited_position));
    ASSERT_TRUE(rig.pump_until([&] { return rig.shown() == frame_at(screen, status.position); })) << i;
    rig.clock().advance(10ms);
  }
  ASSERT_TRUE(rig.pump_until([&] {
    (void)speaker.pull(480);
    rig.clock().advance(10ms);
    return rig.player().status().is_ended;
  }));
  EXPECT_EQ(rig.player().status().position, 5s) << "the end of what is shown last";
}

TEST(PlayerEdits, StepsOverACutInBothDirections) {
  const VideoSpec screen = constant_rate(300, 30);
  FakeSpeaker speaker;
  PlayRig rig(cut_clip(screen, {{1s, 2s}, {4s, 6s}}), &speaker);
  rig.player().seek(4s);
  ASSERT_TRUE(rig.settle());
  rig.player().step_frames(-1);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), frame_at(screen, 1990ms));
  rig.player().step_frames(2);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), frame_at(screen, 4s) + 1);
}

TEST(PlayerEdits, WhatHasNoPictureShowsNone) {
  const VideoSpec screen = constant_rate(90, 30);
  FakeSpeaker speaker;
  PlayRig rig(cut_clip(screen, {{10s, 12s}, {0s, 3s}}), &speaker);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), -2);
  rig.player().seek(1s);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 30);
}

}  // namespace
}  // namespace meanwhile::test
