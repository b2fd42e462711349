#include <gtest/gtest.h>

#include <set>

#include "media/base/web_vtt.h"
#include "media/play/still_image.h"
#include "media/record/picture_outline.h"
#include "tests/support/scripted_sources.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

ThumbSheet sheet_of(ThumbStrip& thumbs, MediaTime end) {
  return thumbs.sheet(end, "thumbs.jpg").value();
}
std::vector<VttCue> cues_of(const ThumbSheet& sheet) {
  return parse_web_vtt(sheet.vtt).value();
}
void offer_film(ThumbStrip& thumbs, MediaTime from, MediaTime to) {
  for (MediaTime at = from; at < to; at += 100ms)
    thumbs.offer(*grey_frame(320, 180, 100, static_cast<int>(at / 100ms)), at);
}

TEST(ThumbStrip, CoversAllOfAFilmWithOneEachTwoSeconds) {
  ThumbStrip thumbs;
  offer_film(thumbs, 0s, 30s);
  const ThumbSheet sheet = sheet_of(thumbs, 30s);
  const auto cues = cues_of(sheet);
  EXPECT_NEAR(static_cast<double>(cues.size()), 15, 1);
  EXPECT_EQ(cues.front().from, 0s);
  EXPECT_GE(cues.back().to, 30s);
  for (std::size_t i = 1; i < cues.size(); ++i) EXPECT_EQ(cues[i].from, cues[i - 1].to);
  EXPECT_EQ(cues[11].text, "thumbs.jpg#xywh=160,90,160,90");
  const auto picture = decode_poster(sheet.jpeg);
  ASSERT_TRUE(picture);
  EXPECT_EQ((*picture)->width, 1600);
  EXPECT_EQ((*picture)->height, 180);
}

TEST(ThumbStrip, ALongClipHasNoMoreThanAHundred) {
  ThumbStrip thumbs;
  for (MediaTime at{}; at < 3h; at += 1s) thumbs.offer(*grey_frame(320, 180, 100, 1), at);
  const auto cues = cues_of(sheet_of(thumbs, 3h));
  EXPECT_LE(cues.size(), ThumbStrip::kMost + 1);
  EXPECT_GE(cues.size(), ThumbStrip::kMost / 3);
}

TEST(ThumbStrip, AStillPictureHasOneThatShowsHowItCameToRest) {
  ThumbStrip thumbs;
  thumbs.offer(*grey_frame(320, 180, 40, 1), 0s);
  thumbs.offer(*grey_frame(320, 180, 80, 1), 100ms);
  thumbs.offer(*grey_frame(320, 180, 200, 1), 200ms);
  EXPECT_EQ(cues_of(sheet_of(thumbs, 60s)).size(), 2U);
}

TEST(ThumbStrip, WhatWasTakenBackIsGone) {
  ThumbStrip thumbs;
  offer_film(thumbs, 0s, 20s);
  thumbs.cut(10s);
  offer_film(thumbs, 10s, 12s);
  const auto cues = cues_of(sheet_of(thumbs, 12s));
  EXPECT_NEAR(static_cast<double>(cues.size()), 6, 1);
}

TEST(Activity, SaysWhereThePictureStoodStill) {
  Activity activity;
  activity.note(100ms, 64);
  activity.note(200ms, 65);
  activity.note(1300ms, 1'000'000);
  EXPECT_EQ(activity.to_json(2s),
            R"({"format":1,"per_second":4,"unit_bytes":64,"levels":[2,0,0,0,0,255,0,0]})");
  activity.cut(1s);
  EXPECT_EQ(activity.to_json(1s), R"({"format":1,"per_second":4,"unit_bytes":64,"levels":[2,0,0,0]})");
}

}  // namespace
}  // namespace meanwhile
