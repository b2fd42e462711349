// What the desktop's list of windows says of this one.
#include "app/window/window_title.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

TEST(WindowTitle, SaysThatItRecordsAndHow) {
  UiState state;
  state.inbox.waiting = 3;
  state.record.phase = RecordPhase::Recording;
  EXPECT_EQ(window_title(state, true), "● Recording · Meanwhile");
  state.record.status.is_muted = true;
  EXPECT_EQ(window_title(state, true), "● Recording, microphone off · Meanwhile");
  EXPECT_EQ(window_badge(state.record), WindowBadge::Recording);
  state.record.phase = RecordPhase::Paused;
  EXPECT_EQ(window_title(state, true), "Paused, microphone off · Meanwhile");
  EXPECT_EQ(window_badge(state.record), WindowBadge::Paused);
}

TEST(WindowTitle, SaysWhatIsWrongNowAndNotWhatWas) {
  UiState state;
  state.record.phase = RecordPhase::Recording;
  state.record.status.warnings = {"We can't hear anything."};
  EXPECT_EQ(window_title(state, true), "● Recording · Meanwhile");
  state.record.status.tracks = {{.kind = TrackKind::Camera, .file = {}, .codec = {}, .device = "C"}};
  state.record.status.tracks.front().health = TrackHealth::Frozen;
  EXPECT_EQ(window_title(state, true), "⚠ The camera is frozen · Recording · Meanwhile");
  EXPECT_EQ(window_badge(state.record), WindowBadge::Trouble);
}

TEST(WindowTitle, CountsWhatWaitsWhereThatIsWanted) {
  UiState state;
  EXPECT_EQ(window_title(state, true), "Meanwhile");
  state.inbox.waiting = 3;
  EXPECT_EQ(window_title(state, true), "(3) Meanwhile");
  EXPECT_EQ(window_title(state, false), "Meanwhile");
}

}  // namespace
}  // namespace meanwhile
