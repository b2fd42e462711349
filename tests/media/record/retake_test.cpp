// "Say that again", beginning anew, and muting.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "media/base/files.h"
#include "media/base/track_index.h"
#include "media/record/take.h"
#include "tests/media/record/recorder_rig.h"
#include "tests/support/scripted_encoders.h"

namespace meanwhile {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

using RetakeTest = RecorderTest;

// Loudest sample of a stretch of the voice.
float loudest(const std::filesystem::path& track, MediaTime from, MediaTime to) {
  const SoundFacts sound = sound_of(track).value();
  const auto place = [&](MediaTime time) {
    const std::int64_t sample = time.count() * 48 / 1000 - sound.first_sample;
    return static_cast<std::size_t>(std::clamp<std::int64_t>(sample, 0, std::ssize(sound.samples)));
  };
  float most = 0;
  for (std::size_t i = place(from); i < place(to); ++i) most = std::max(most, std::abs(sound.samples[i]));
  return most;
}

void expect_contiguous(const std::filesystem::path& track) {
  const auto file = FileSource::open(track).value();
  const TrackIndex index = index_track(*file).value();
  EXPECT_EQ(index.whole_size_bytes, file->size().value()) << track;
  for (std::size_t i = 1; i < index.fragments.size(); ++i) {
    const Fragment& before = index.fragments[i - 1];
    EXPECT_NEAR(to_seconds(index.fragments[i].start), to_seconds(before.start + before.duration), 2e-6)
        << track << ", fragment " << i;
  }
}

TEST_F(RetakeTest, GoesBackToThePauseBeforeTheLastWordsAndOnFromThere) {
  start();
  speak(seconds(3));
  play(milliseconds(700));
  speak(seconds(2));
  play(milliseconds(500));
  const Retake retake = recorder_->retake().value();
  EXPECT_GT(retake.at, seconds(3));
  EXPECT_LT(retake.at, milliseconds(3700));
  EXPECT_EQ(retake.at + retake.dropped, milliseconds(6200));
  EXPECT_EQ(recorder_->status().state, RecordState::Paused);
  EXPECT_EQ(recorder_->status().elapsed, retake.at);

  clock_.advance(seconds(2));
  recorder_->resume();
  speak(seconds(2), clock_.now() + seconds(1));
  const TakeSummary take = finish();

  EXPECT_EQ(take.duration, retake.at + seconds(2));
  EXPECT_EQ(time_of_flash(take.folder / "screen.mp4"), retake.at + seconds(1));
  EXPECT_EQ(time_of_flash(take.folder / "camera.mp4"), retake.at + seconds(1));
  EXPECT_NEAR(to_seconds(time_of_click(take.folder / "voice.mp4")), to_seconds(retake.at) + 1, 0.005);
  for (const TrackReport& track : take.tracks) {
    EXPECT_NEAR(to_seconds(track.duration), to_seconds(take.duration), 0.05) << track.file;
    EXPECT_EQ(packets_of(take.folder / track.file)->size(), static_cast<std::size_t>(track.frames_encoded));
    expect_contiguous(take.folder / track.file);
  }
}

TEST_F(RetakeTest, WhatWasTakenBackIsGoneFromTheFilesBeforeItGoesOn) {
  start();
  speak(seconds(2));
  play(milliseconds(700));
  const MonotonicTime fumble = clock_.now();
  speak(seconds(1), fumble + milliseconds(500));
  const Retake retake = recorder_->retake().value();

  const std::filesystem::path folder = recorder_->status().folder;
  EXPECT_EQ(time_of_flash(folder / "screen.mp4"), MediaTime(-1));
  EXPECT_EQ(time_of_click(folder / "voice.mp4"), MediaTime(-1));
  EXPECT_LT(pictures_of(folder / "camera.mp4")->back().at, retake.at);
  EXPECT_GE(pictures_of(folder / "camera.mp4")->back().at, retake.at - milliseconds(50));
  EXPECT_GE(sound_of(folder / "voice.mp4")->samples.size(), retake.at.count() * 48 / 1000 - 1024);
}

TEST_F(RetakeTest, ChaptersOfWhatWasTakenBackGoAndTheOthersStay) {
  start();
  speak(seconds(1));
  ASSERT_TRUE(recorder_->mark_chapter());
  speak(seconds(2));
  play(milliseconds(700));
  ASSERT_TRUE(recorder_->mark_chapter());
  speak(seconds(1));
  EXPECT_EQ(recorder_->status().chapters.size(), 2U);
  ASSERT_TRUE(recorder_->retake());
  const TakeSummary take = finish();
  const Chapters chapters = read_take(take.folder)->chapters;
  ASSERT_EQ(chapters.size(), 1U);
  EXPECT_EQ(chapters[0].at, seconds(1));
  EXPECT_FALSE(recorder_->mark_chapter()) << "it is over";
}

TEST_F(RetakeTest, TwiceGoesBackTwoSentences) {
  start();
  for (int sentence = 0; sentence < 3; ++sentence) {
    speak(seconds(2));
    play(seconds(1));
  }
  const Retake once = recorder_->retake().value();
  const Retake twice = recorder_->retake().value();

  EXPECT_NEAR(to_seconds(once.at), 5.16, 0.1);
  EXPECT_NEAR(to_seconds(twice.at), 2.16, 0.1);
}

TEST_F(RetakeTest, TheFirstSentenceGoesBackToTheStart) {
  start();
  speak(seconds(2));
  EXPECT_EQ(recorder_->retake().value().at, MediaTime{});
  recorder_->resume();
  play(seconds(1), clock_.now() + milliseconds(500));
  const TakeSummary take = finish();

  EXPECT_EQ(take.duration, seconds(1));
  EXPECT_EQ(time_of_flash(take.folder / "screen.mp4"), milliseconds(500));
  EXPECT_NEAR(to_seconds(time_of_click(take.folder / "voice.mp4")), 0.5, 0.005);
}

TEST_F(RetakeTest, WithoutSpeechTenSeconds) {
  settings_.microphone = "none";
  start();
  play(seconds(12));
  const Retake retake = recorder_->retake().value();
  EXPECT_EQ(retake.at, seconds(2));
  EXPECT_EQ(retake.dropped, seconds(10));
}

TEST_F(RetakeTest, ACrashRightAfterwardsLeavesATakeThatPlays) {
  start();
  speak(seconds(3));
  play(milliseconds(700));
  speak(seconds(2));
  const Retake retake = recorder_->retake().value();
  const std::filesystem::path copy = folder_.path() / "crashed" / recorder_->status().clip;
  std::filesystem::create_directories(copy.parent_path());
  std::filesystem::copy(recorder_->status().folder, copy);
  const auto take = recover_take(copy);

  ASSERT_TRUE(take);
  ASSERT_EQ(take->tracks.size(), 3U);
  for (const TrackReport& track : take->tracks)
    EXPECT_NEAR(to_seconds(track.duration), to_seconds(retake.at), 0.03) << track.file;
}

TEST_F(RetakeTest, ThePointerGoesBackToo) {
  start();
  screen_.shape({.index = 0, .width = 1, .height = 1, .hot_x = 0, .hot_y = 0, .rgba = {1, 2, 3, 255}});
  for (int i = 0; i < 40; ++i) {
    screen_.pointer({clock_.now(), i, 0, 0, 0});
    speak(milliseconds(50));
    if (i == 19) play(seconds(1));
  }
  const Retake retake = recorder_->retake().value();
  ASSERT_GT(retake.at, seconds(1));
  recorder_->resume();
  play(milliseconds(100));
  const TakeSummary take = finish();

  const std::string lines = text_of(take.folder / "pointer.jsonl");
  EXPECT_THAT(lines, HasSubstr("\"t\":950000,\"x\":19"));
  EXPECT_THAT(lines, Not(HasSubstr("\"x\":20,")));
  EXPECT_THAT(lines, HasSubstr("{\"t\":" + std::to_string(retake.at.count()) + ",\"x\":39"));
}

TEST_F(RetakeTest, IsRefusedWhereNothingIsRecorded) {
  open();
  EXPECT_EQ(recorder_->retake().error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(recorder_->restart().error().code, ErrorCode::InvalidArgument);
}

TEST_F(RetakeTest, RestartDropsTheTakeAndBeginsAnother) {
  start();
  play(seconds(3), clock_.now() + seconds(1));
  const RecordStatus before = recorder_->status();
  ASSERT_TRUE(recorder_->restart());
  EXPECT_EQ(recorder_->status().state, RecordState::Recording);
  EXPECT_EQ(recorder_->status().elapsed, MediaTime{});
  EXPECT_NE(recorder_->status().clip, before.clip);
  EXPECT_FALSE(std::filesystem::exists(before.folder));
  play(seconds(2), clock_.now() + milliseconds(1500));
  const TakeSummary take = finish();

  EXPECT_EQ(take.duration, seconds(2));
  EXPECT_EQ(time_of_flash(take.folder / "screen.mp4"), milliseconds(1500));
  EXPECT_EQ(time_of_flash(take.folder / "camera.mp4"), milliseconds(1500));
  EXPECT_NEAR(to_seconds(time_of_click(take.folder / "voice.mp4")), 1.5, 0.005);
  EXPECT_EQ(list_takes(takes_).size(), 1U);
  EXPECT_EQ(read_take(take.folder)->title, "A title");
}

TEST_F(RetakeTest, RestartOfAPausedTakeRecordsAtOnce) {
  start();
  play(seconds(1));
  recorder_->pause();
  ASSERT_TRUE(recorder_->restart());
  play(seconds(1));
  EXPECT_EQ(finish().duration, seconds(1));
}

TEST_F(RetakeTest, RestartThatFailsLeavesTheTakeAsItWas) {
  std::atomic<bool> is_full = false;
  parts_.free_space = [&is_full](const std::filesystem::path&) -> Result<std::uint64_t> {
    return is_full ? 5 << 20 : 1 << 30;
  };
  start();
  play(seconds(1));
  is_full = true;
  EXPECT_EQ(recorder_->restart().error().code, ErrorCode::NoSpace);
  play(seconds(1));
  EXPECT_EQ(finish().duration, seconds(2));
}

TEST_F(RetakeTest, MutedTheVoiceGoesOnInSilenceAndItsLevelIsShown) {
  start();
  speak(seconds(2));
  recorder_->mute();
  speak(seconds(2));
  EXPECT_TRUE(recorder_->status().is_muted);
  EXPECT_GT(recorder_->status().voice_peak, 0.15);
  EXPECT_EQ(recorder_->status().tracks[2].health, TrackHealth::Muted);
  recorder_->unmute();
  EXPECT_FALSE(recorder_->status().is_muted);
  speak(seconds(2));
  const TakeSummary take = finish();

  const auto voice = take.folder / "voice.mp4";
  EXPECT_NEAR(to_seconds(take.tracks[2].duration), 6, 0.05);
  EXPECT_GT(loudest(voice, milliseconds(1000), milliseconds(1900)), 0.15F);
  EXPECT_LT(loudest(voice, milliseconds(2100), milliseconds(3900)), 0.01F);
  EXPECT_GT(loudest(voice, milliseconds(4100), milliseconds(5000)), 0.15F);
}

TEST_F(RetakeTest, WhatWasSaidBeforeUnmutingStaysSilentHoweverLateItComes) {
  start();
  recorder_->mute();
  clock_.advance(milliseconds(500));
  recorder_->unmute();
  loudness_ = 0.2F;
  for (int block = 0; block < 50; ++block)
    play_sound(clock_.now() - milliseconds(500) + block * milliseconds(10), {});
  play(seconds(1));
  const auto voice = finish().folder / "voice.mp4";

  EXPECT_LT(loudest(voice, milliseconds(50), milliseconds(480)), 0.01F);
  EXPECT_GT(loudest(voice, milliseconds(600), milliseconds(1400)), 0.15F);
}

TEST_F(RetakeTest, ATrackWhoseHardwareFailedBeforeGoesOnWithItsHeader) {
  parts_.hardware_encoder = failing_hardware(20);
  start();
  play(seconds(15));
  const Retake retake = recorder_->retake().value();
  ASSERT_GT(retake.at, seconds(1));
  recorder_->resume();
  play(seconds(5));
  const TakeSummary take = finish();

  for (const char* track : {"screen.mp4", "camera.mp4"}) {
    const std::filesystem::path file = take.folder / track;
    expect_contiguous(file);
    EXPECT_NEAR(to_seconds(pictures_of(file).value().back().at), to_seconds(retake.at) + 5, 0.2);
  }
  EXPECT_THAT(take.warnings, Contains(HasSubstr("The graphics hardware's encoder")));
  EXPECT_THAT(take.warnings, Not(Contains(HasSubstr("ended early"))));
  EXPECT_THAT(take.tracks.front().codec, ::testing::StartsWith("avc3."));
}

}  // namespace
}  // namespace meanwhile
