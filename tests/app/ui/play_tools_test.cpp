#include <gtest/gtest.h>

#include "app/ui/captions.h"
#include "app/ui/leap.h"
#include "app/ui/thumbs.h"
#include "app/ui/zoom.h"
#include "media/base/pauses.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

// A voice that is silent from 4 s to 8 s of 12.
std::vector<float> some_speech() {
  std::vector<float> peaks(240, 0.5F);
  std::fill(peaks.begin() + 80, peaks.begin() + 160, 0.01F);
  return peaks;
}

TEST(Pauses, AreWhereNothingIsSaidAndNothingMoves) {
  std::vector<std::uint8_t> levels(48, 0);
  const auto pauses = find_pauses(some_speech(), levels, 12s);
  ASSERT_EQ(pauses.size(), 1U);
  EXPECT_GT(pauses[0].from, 4s);
  EXPECT_LT(pauses[0].to, 8s);
  EXPECT_GT(length_of(pauses), 3s);
}

TEST(Pauses, WhatMovesIsNoPause) {
  std::vector<std::uint8_t> levels(48, 200);
  EXPECT_TRUE(find_pauses(some_speech(), levels, 12s).empty());
  levels.assign(48, 0);
  levels[24] = 100;  // at 6 s: the silence is cut in two
  EXPECT_EQ(find_pauses(some_speech(), levels, 12s).size(), 2U);
}

TEST(Pauses, NeedsBoth) {
  EXPECT_TRUE(find_pauses(some_speech(), {}, 12s).empty());
  EXPECT_TRUE(find_pauses({}, std::vector<std::uint8_t>(48, 0), 12s).empty());
}

PlayTools tools_with_pause() {
  PlayTools tools;
  tools.pauses = std::make_shared<const std::vector<TimeRange>>(std::vector<TimeRange>{{4s, 8s}});
  tools.skips_pauses = true;
  return tools;
}

TEST(Leap, PassesOverAPauseThatPlayingCameTo) {
  const auto leap = leap_from(tools_with_pause(), 3990ms, 4020ms);
  ASSERT_TRUE(leap);
  EXPECT_EQ(leap->to, 8s);
  EXPECT_TRUE(leap->is_pause);
}

TEST(Leap, ComesNextAtAPauseOrAtTheEndOfTheLoop) {
  PlayTools tools = tools_with_pause();
  const TimeRange pause = tools.pauses->front();
  EXPECT_EQ(next_leap(tools, 0s), pause.from);
  EXPECT_EQ(next_leap(tools, pause.from), std::nullopt);
  tools.loop = {.from = 1s, .to = 2s};
  EXPECT_EQ(next_leap(tools, 1500ms), MediaTime(2s));
  tools.skips_pauses = false;
  EXPECT_EQ(next_leap(tools, 2s), std::nullopt);
}

TEST(Leap, LeavesAloneWhoWentThereByHandOrDoesNotWantIt) {
  PlayTools tools = tools_with_pause();
  EXPECT_FALSE(leap_from(tools, 1s, 5s));      // a seek
  EXPECT_FALSE(leap_from(tools, 5s, 5030ms));  // plays on after it
  EXPECT_FALSE(leap_from(tools, 7990ms, 8010ms));
  tools.skips_pauses = false;
  EXPECT_FALSE(leap_from(tools, 3990ms, 4020ms));
}

TEST(Leap, BeginsALoopAgainAtItsEnd) {
  PlayTools tools;
  tools.loop = {2s, 6s};
  EXPECT_EQ(leap_from(tools, 5990ms, 6020ms)->to, 2s);
  EXPECT_FALSE(leap_from(tools, 7s, 7030ms));
  tools.loop.to.reset();
  EXPECT_FALSE(leap_from(tools, 5990ms, 6020ms));
}

PicturePtr sheet() {
  auto picture = std::make_shared<Picture>();
  static const std::vector<std::uint8_t> pixels(320 * 180, 100);
  picture->width = 320;
  picture->height = 180;
  picture->planes = {pixels.data(), pixels.data(), pixels.data()};
  picture->strides = {320, 160, 160};
  return picture;
}

TEST(Thumbs, StandForTheirTimesAndNothingOutsideTheSheetIsTaken) {
  const auto thumbs = make_thumbs(sheet(),
                                  "WEBVTT\n\n00:00.000 --> 00:02.000\nthumbs.jpg#xywh=0,0,160,90\n\n"
                                  "00:02.000 --> 00:04.000\nthumbs.jpg#xywh=160,90,160,90\n\n"
                                  "00:04.000 --> 00:06.000\nthumbs.jpg#xywh=200,90,160,90\n\n"
                                  "00:06.000 --> 00:07.000\nthumbs.jpg#xywh=0,0,160\n");
  ASSERT_TRUE(thumbs);
  ASSERT_EQ(thumbs->tiles.size(), 2U);
  EXPECT_EQ(tile_at(*thumbs, 1s)->place.x, 0);
  EXPECT_EQ(tile_at(*thumbs, 3s)->place.x, 160);
  const PicturePtr part = part_of(thumbs->sheet, tile_at(*thumbs, 3s)->place);
  EXPECT_EQ(part->width, 160);
  EXPECT_EQ(part->planes[0] - thumbs->sheet->planes[0], 90 * 320 + 160);
}

TEST(Captions, AreShownWhileTheyLastAndFoundByTheirWords) {
  const std::vector<VttCue> cues{
      {1s, 3s, "The Freeze moves"}, {2s, 4s, "by two days"}, {9s, 10s, "freeze again"}};
  EXPECT_EQ(caption_at(cues, 500ms), "");
  EXPECT_EQ(caption_at(cues, 2500ms), "The Freeze moves\nby two days");
  EXPECT_EQ(find_captions(cues, "freeze", 8), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(find_captions(cues, "moves FREEZE", 8), (std::vector<std::size_t>{0}));
  EXPECT_EQ(find_captions(cues, "freeze", 1).size(), 1U);
  EXPECT_TRUE(find_captions(cues, "  ", 8).empty());
}

TEST(Zoom, KeepsWhatThePointerIsAtInItsPlace) {
  Zoom zoom;
  zoom.turn(4, 0.5F, 0.25F);
  const Rect shown = zoom.shown({1920, 1080});
  EXPECT_LT(shown.width, 1000);
  EXPECT_NEAR(shown.x + shown.width * 0.5, 960, 3);
  EXPECT_NEAR(shown.y + shown.height * 0.25, 270, 3);
}

TEST(Zoom, StaysInsideThePicture) {
  Zoom zoom;
  zoom.turn(3, 1, 1);
  zoom.drag(-5, -5);
  Rect shown = zoom.shown({1920, 1080});
  EXPECT_LE(shown.x + shown.width, 1920);
  EXPECT_LE(shown.y + shown.height, 1080);
  zoom.drag(9, 9);
  shown = zoom.shown({1920, 1080});
  EXPECT_EQ(shown.x, 0);
  zoom.turn(-50, 0.5F, 0.5F);
  EXPECT_FALSE(zoom.is_on());
  EXPECT_EQ(zoom.shown({1920, 1080}).width, 1920);
}

TEST(Zoom, MakesAPartOnceAPicture) {
  Zoom zoom;
  zoom.turn(4, 0.5F, 0.5F);
  ZoomedPicture zoomed;
  const PicturePtr whole = sheet();
  const PicturePtr part = zoomed.of(whole, zoom.shown({whole->width, whole->height}));
  EXPECT_LT(part->width, 320);
  EXPECT_EQ(zoomed.of(whole, zoom.shown({whole->width, whole->height})), part);
  zoom.reset();
  EXPECT_EQ(zoomed.of(whole, zoom.shown({whole->width, whole->height})), whole);
}

}  // namespace
}  // namespace meanwhile
