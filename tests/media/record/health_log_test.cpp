// What ailed a track, and how it is said afterwards.
#include "media/record/health_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "media/record/health_words.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

// Looks each 200 ms, as a take does.
void look(HealthLog& log, TrackHealth health, MediaTime from, MediaTime to, MediaTime noticed_after = {}) {
  for (MediaTime now = from + noticed_after; now <= to; now += milliseconds(200)) log.note(health, from, now);
}

TrackReport report(TrackKind kind, const HealthLog& log) {
  TrackReport track{.kind = kind, .file = {}, .codec = {}, .device = "Blue Yeti"};
  track.ailed = log.stretches();
  return track;
}

TEST(HealthLog, KeepsFromWhenItWasAndNotFromWhenItWasNoticed) {
  HealthLog log;
  look(log, TrackHealth::Good, seconds(0), seconds(30));
  look(log, TrackHealth::Frozen, seconds(30), seconds(42), seconds(3));
  look(log, TrackHealth::Good, seconds(42), seconds(60));
  EXPECT_THAT(log.stretches(), ElementsAre(HealthStretch{TrackHealth::Frozen, seconds(30), seconds(42)}));
  const TrackReport track = report(TrackKind::Camera, log);
  EXPECT_EQ(health_of_take(track, seconds(60)), "Frozen 0:30–0:42");
  EXPECT_THAT(past_health_sentences(track, seconds(60)),
              ElementsAre("The camera (Blue Yeti) gave the same picture over and over from 0:30 to 0:42."));
}

TEST(HealthLog, ToTheEndFromTheBeginningAndAllTheTimeAreSaidSo) {
  HealthLog log;
  look(log, TrackHealth::Silent, seconds(70), seconds(120), seconds(4));
  EXPECT_EQ(health_of_take(report(TrackKind::Voice, log), seconds(120)), "Silent from 1:10");
  EXPECT_THAT(past_health_sentences(report(TrackKind::Voice, log), seconds(120)),
              ElementsAre("We couldn't hear anything from Blue Yeti from 1:10 on."));
  HealthLog early;
  look(early, TrackHealth::Black, seconds(0), seconds(12), seconds(3));
  EXPECT_EQ(health_of_take(report(TrackKind::Camera, early), seconds(120)), "Black until 0:12");
  EXPECT_EQ(health_of_take(report(TrackKind::Camera, early), seconds(12)), "Black");
}

TEST(HealthLog, SeveralTimesAreCountedAndAFlickerIsOne) {
  HealthLog log;
  look(log, TrackHealth::Muted, seconds(5), seconds(10));
  look(log, TrackHealth::Muted, seconds(10) + milliseconds(500), seconds(15));
  EXPECT_EQ(log.stretches().size(), 1U);
  look(log, TrackHealth::Muted, seconds(20), seconds(25));
  EXPECT_EQ(health_of_take(report(TrackKind::Voice, log), seconds(60)), "Muted 2 times, first at 0:05");
  EXPECT_THAT(past_health_sentences(report(TrackKind::Voice, log), seconds(60)), IsEmpty())
      << "that was meant";
}

TEST(HealthLog, WhatWasTakenBackAilsNothing) {
  HealthLog log;
  look(log, TrackHealth::Silent, seconds(5), seconds(20));
  look(log, TrackHealth::Clipped, seconds(30), seconds(35));
  log.cut_back(seconds(10));
  EXPECT_THAT(log.stretches(), ElementsAre(HealthStretch{TrackHealth::Silent, seconds(5), seconds(10)}));
  log.cut_back(seconds(5));
  EXPECT_THAT(log.stretches(), IsEmpty());
  EXPECT_EQ(health_of_take(report(TrackKind::Voice, log), seconds(60)), "Good");
}

TEST(HealthWords, TheGravestIsSaidWhereThereIsLittleRoom) {
  TrackReport voice{.kind = TrackKind::Voice, .file = {}, .codec = {}, .device = "A"};
  TrackReport camera{.kind = TrackKind::Camera, .file = {}, .codec = {}, .device = "B"};
  EXPECT_EQ(short_trouble({voice, camera}), "");
  voice.health = TrackHealth::Muted;
  EXPECT_EQ(short_trouble({voice, camera}), "") << "that was meant";
  voice.health = TrackHealth::Silent;
  camera.health = TrackHealth::Lost;
  EXPECT_EQ(short_trouble({voice, camera}), "The camera is unplugged");
  camera.health = TrackHealth::Good;
  EXPECT_EQ(short_trouble({voice, camera}), "No sound from the microphone");
}

TEST(HealthWords, ATrackThatEndedSaysWhen) {
  TrackReport screen{.kind = TrackKind::Screen, .file = {}, .codec = {}, .device = "A"};
  screen.is_over = true;
  screen.duration = seconds(125);
  EXPECT_EQ(health_of_take(screen, seconds(300)), "Ended at 2:05");
}

}  // namespace
}  // namespace meanwhile
