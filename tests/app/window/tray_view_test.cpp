// What the tray says of a take.
#include "app/window/tray_view.h"

#include <gtest/gtest.h>

#include <chrono>

namespace meanwhile {
namespace {

RecordPageState recording() {
  RecordPageState record;
  record.phase = RecordPhase::Recording;
  record.status.elapsed = std::chrono::seconds(83);
  record.status.tracks = {{.kind = TrackKind::Voice, .file = {}, .codec = {}, .device = "Blue Yeti"}};
  return record;
}

TEST(TrayView, SaysTimeAndState) {
  RecordPageState record = recording();
  EXPECT_EQ(tray_view(record).mood, TrayMood::Recording);
  EXPECT_EQ(tray_view(record).words, "Recording 1:23");
  EXPECT_TRUE(tray_view(record).has_microphone);
  record.status.is_muted = true;
  EXPECT_EQ(tray_view(record).mood, TrayMood::Muted);
  EXPECT_EQ(tray_view(record).words, "Recording 1:23, microphone off");
  record.phase = RecordPhase::Paused;
  EXPECT_EQ(tray_view(record).mood, TrayMood::Paused);
  EXPECT_EQ(tray_view(record).words, "Paused at 1:23, microphone off");
  record.phase = RecordPhase::Finishing;
  EXPECT_EQ(tray_view(record).mood, TrayMood::Busy);
  EXPECT_FALSE(tray_view(record).can_act);
}

TEST(TrayView, WantsAttentionWhereSomethingIsWrong) {
  RecordPageState record = recording();
  record.status.tracks.front().health = TrackHealth::Silent;
  EXPECT_EQ(tray_view(record).mood, TrayMood::Trouble);
  EXPECT_EQ(tray_view(record).words, "Recording 1:23. No sound from the microphone");
  record.status.tracks.front().health = TrackHealth::Muted;
  EXPECT_EQ(tray_view(record).mood, TrayMood::Recording) << "that was meant";
}

}  // namespace
}  // namespace meanwhile
