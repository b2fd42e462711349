// Parts of tracks, one after the other: cuts, another order, what is joined, nothing.
#include "media/play/arranged_track.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <memory>
#include <vector>

#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/play/clip_media.h"
#include "media/play/sound_reader.h"
#include "media/play/video_reader.h"
#include "tests/support/play_rig.h"
#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

ClipMedia arranged(const VideoSpec& spec, std::vector<TimeRange> parts) {
  return {.screen = memory(make_video_track(spec)),
          .duration = spec.end,
          .edits = std::make_shared<const EditList>(EditList::create(std::move(parts)).value())};
}

std::unique_ptr<VideoReader> video_of(const ClipMedia& media) {
  return open_arranged_video(arranged_track(media, &ClipMedia::screen), {}).value();
}

struct Shown {
  int number = 0;  // -2: nothing
  MediaTime at{};
  bool operator==(const Shown&) const = default;
};

Shown shown(const Picture& picture) {
  return {picture.width > 0 ? read_frame_number(picture) : -2, picture.at};
}

// Every picture from the beginning on.
std::vector<Shown> play_through(VideoReader& reader) {
  std::vector<Shown> all;
  for (auto picture = reader.next(MediaTime::min()); picture; picture = reader.next(MediaTime::min()))
    all.push_back(shown(**picture));
  return all;
}

// As it must be, by the specification alone.
std::vector<Shown> expected(const VideoSpec& spec, const std::vector<TimeRange>& parts) {
  std::vector<Shown> all;
  MediaTime start{};
  for (const TimeRange& part : parts) {
    all.push_back({frame_at(spec, part.from), start});
    for (std::size_t i = 0; i < spec.times.size(); ++i)
      if (spec.times[i] > part.from && spec.times[i] < part.to)
        all.push_back({static_cast<int>(i), start + (spec.times[i] - part.from)});
    start += part.duration();
  }
  return all;
}

TEST(ArrangedVideo, GivesThePicturesOfItsPartsAndNoOthers) {
  for (const VideoSpec& spec : {constant_rate(300, 30), variable_rate(200, 3)}) {
    for (const std::vector<TimeRange>& parts :
         std::vector<std::vector<TimeRange>>{{{0s, 1s}, {3s, 4s}},
                                             {{1010ms, 2020ms}, {2100ms, 2200ms}, {5s, 5040ms}},
                                             {{4s, 6s}, {1s, 2s}, {2500ms, 3s}}}) {
      const auto reader = video_of(arranged(spec, parts));
      EXPECT_EQ(play_through(*reader), expected(spec, parts));
      EXPECT_EQ(reader->end().value(), EditList::create(parts).value().duration());
    }
  }
}

TEST(ArrangedVideo, ShowsWhatIsOnAtAnyMoment) {
  const VideoSpec spec = variable_rate(250, 8);
  const std::vector<TimeRange> parts = {{6s, 8s}, {500ms, 1700ms}, {1750ms, 4s}, {9s, 12s}};
  const EditList edits = EditList::create(parts).value();
  const auto reader = video_of(arranged(spec, parts));
  PicturePtr picture;  // stays on show where the reader goes on from it
  for (const int milliseconds :
       {100, 7000, 0, 1999, 2000, 2001, 3190, 3200, 3210, 8000, 20, 5449, 5450, 8449}) {
    const MediaTime at = std::chrono::milliseconds(milliseconds);
    ASSERT_TRUE(reader->seek(at));
    if (!reader->last()) picture.reset();
    do {
      PicturePtr next = reader->next(at, 270ms).value();
      if (!picture || next->at <= at) picture = std::move(next);
    } while (!reader->is_on_show());
    EXPECT_EQ(shown(*picture).number, frame_at(spec, edits.recorded(at))) << milliseconds;
    EXPECT_LE(picture->at, at);
  }
}

TEST(ArrangedVideo, SkipsToALaterPartWhenItIsLate) {
  const VideoSpec spec = constant_rate(300, 30);
  const std::vector<TimeRange> parts = {{0s, 1s}, {3s, 4s}, {6s, 8s}};
  const auto reader = video_of(arranged(spec, parts));
  ASSERT_TRUE(reader->next(0s));
  const auto picture = reader->next(2500ms);
  ASSERT_TRUE(picture);
  EXPECT_EQ(shown(**picture), (Shown{frame_at(spec, 6500ms), 2500ms}));
  EXPECT_TRUE(reader->followed_gap());
}

TEST(ArrangedVideo, JoinsOtherClipsAndShowsNothingWhereThereIsNothing) {
  const VideoSpec own = constant_rate(150, 30);
  const VideoSpec other = constant_rate(90, 15);
  ClipMedia media = arranged(own, {{4s, 5s}, {11s, 12s}, {0s, 1s}, {20s, 21s}});
  media.duration = 5s;
  media.joined = {{{10s, 16s},
                   std::make_shared<const ClipMedia>(
                       ClipMedia{.screen = memory(make_video_track(other)), .duration = 6s})}};
  const auto reader = video_of(media);
  const auto all = play_through(*reader);
  ASSERT_EQ(all.size(), 30U + 15 + 30 + 1);
  EXPECT_EQ(all[0], (Shown{120, 0s}));
  EXPECT_EQ(all[30], (Shown{15, 1s}));
  EXPECT_EQ(all[45], (Shown{0, 2s}));
  EXPECT_EQ(all.back(), (Shown{-2, 3s})) << "a title card";
}

TEST(ArrangedVideo, WhatCannotBeOpenedIsNothing) {
  const VideoSpec own = constant_rate(60, 30);
  ClipMedia media = arranged(own, {{10s, 11s}, {0s, 2s}});
  media.joined = {
      {{10s, 12s},
       std::make_shared<const ClipMedia>(ClipMedia{.screen = memory(Bytes(1000)), .duration = 2s})}};
  const auto reader = video_of(media);
  EXPECT_EQ(shown(*reader->next(0s).value()).number, -2);
  EXPECT_TRUE(reader->is_damaged());
  EXPECT_EQ(shown(*reader->next(1s).value()), (Shown{0, 1s}));
}

ClipMedia tones() {
  ClipMedia media{.voice = memory(make_sound_track({.frequency = 440, .duration = 4s})), .duration = 4s};
  media.joined = {
      {{5s, 7s},
       std::make_shared<const ClipMedia>(ClipMedia{
           .voice = memory(make_sound_track({.frequency = 1000, .duration = 2s})), .duration = 2s})}};
  media.edits = std::make_shared<const EditList>(
      EditList::create({{1s, 2s}, {5s, 6s}, {9s, 9500ms}, {3s, 4s}}).value());
  return media;
}

std::vector<float> between(const std::vector<float>& samples, MediaTime from, MediaTime to) {
  return {samples.begin() + 2 * sound_frames(from), samples.begin() + 2 * sound_frames(to)};
}

std::vector<float> read_all(SoundReader& reader) {
  std::vector<float> all;
  std::vector<float> block(2 * 1001);
  for (std::size_t count = 1001; count == 1001;) {
    count = reader.read(block).value();
    all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(2 * count));
  }
  return all;
}

TEST(ArrangedSound, IsExactlyAsLongAsItsPartsAndSoundsAsThey) {
  const auto reader = open_arranged_sound(arranged_track(tones(), &ClipMedia::voice), {}).value();
  const auto all = read_all(*reader);
  ASSERT_EQ(all.size(), 2 * static_cast<std::size_t>(sound_frames(3500ms)));
  EXPECT_NEAR(measure_frequency(between(all, 50ms, 950ms)), 440, 2);
  EXPECT_NEAR(measure_frequency(between(all, 1050ms, 1950ms)), 1000, 4);
  EXPECT_EQ(measure_level(between(all, 2s, 2500ms)), 0);
  EXPECT_NEAR(measure_frequency(between(all, 2550ms, 3450ms)), 440, 2);
}

TEST(ArrangedSound, NothingClicksWherePartsMeet) {
  const auto reader = open_arranged_sound(arranged_track(tones(), &ClipMedia::voice), {}).value();
  const auto all = read_all(*reader);
  // The steepest step of a 1000 Hz tone of half of full scale, and a little.
  const double steepest = 0.5 * 2 * 3.1416 * 1000 / kSoundRate * 1.2;
  for (std::size_t i = 2 * 4800; i + 2 < all.size(); ++i)
    ASSERT_LT(std::abs(all[i + 2] - all[i]), steepest) << "at " << i / 2;
}

TEST(ArrangedSound, ASeekLeadsIntoTheRightPart) {
  const auto reader = open_arranged_sound(arranged_track(tones(), &ClipMedia::voice), {}).value();
  for (const auto& [at, tone] :
       std::vector<std::pair<MediaTime, double>>{{1200ms, 1000}, {100ms, 440}, {2600ms, 440}}) {
    ASSERT_TRUE(reader->seek(at));
    std::vector<float> block(static_cast<std::size_t>(2 * sound_frames(500ms)));
    ASSERT_EQ(reader->read(block).value(), block.size() / 2);
    EXPECT_NEAR(measure_frequency(block), tone, 5) << at.count();
  }
}

}  // namespace
}  // namespace meanwhile::test
