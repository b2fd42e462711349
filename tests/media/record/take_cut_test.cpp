// The cut that is made of a take's in and out points: what is in it, and what isn't.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "media/base/track_index.h"
#include "media/ffmpeg/pictures.h"
#include "media/record/pointer_cut.h"
#include "media/record/track_cut.h"
#include "media/record/track_reader.h"
#include "tests/media/record/take_cut_rig.h"
#include "tests/support/scripted_encoders.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;
using ::testing::HasSubstr;

struct Numbered {
  MediaTime at{};
  int number = -1;
  bool operator==(const Numbered&) const = default;
};

void PrintTo(const Numbered& picture, std::ostream* out) {
  *out << picture.number << " at " << picture.at.count() << " us";
}

std::vector<Numbered> numbers_of(const fs::path& track) {
  std::vector<Numbered> numbers;
  const auto file = FileSource::open(track).value();
  const auto reader = TrackReader::open(*file).value();
  for (auto frame = reader->read_frame(); frame; frame = reader->read_frame()) {
    EXPECT_EQ((*frame)->decode_error_flags, 0);
    const MediaTime at = reader->time_of(**frame);
    const auto picture = to_picture(std::move(*frame), at);
    numbers.push_back({at, test::read_frame_number(*picture)});
  }
  return numbers;
}

TrackIndex index_of(const fs::path& track) {
  return index_track(*FileSource::open(track).value()).value();
}

MediaTime longest_fragment(const fs::path& track) {
  const TrackIndex index = index_of(track);
  return std::ranges::max_element(index.fragments, {}, &Fragment::duration)->duration;
}

std::string init_of(const fs::path& track) {
  return text_of(track).substr(0, index_of(track).init_size_bytes);
}

// What a player shows of `whole` in the range.
std::vector<Numbered> shown_in(const std::vector<Numbered>& whole, const KeptRange& range) {
  std::vector<Numbered> shown;
  for (const Numbered& picture : whole) {
    if (picture.at >= range.to) break;
    if (picture.at <= range.from) shown.clear();
    shown.push_back({std::max(MediaTime{}, picture.at - range.from), picture.number});
  }
  return shown;
}

class TakeCutTest : public TakeCutRig {
 protected:
  // Cuts one track and holds every picture against the original.
  void expect_exact(const fs::path& track, const KeptRange& range, TrackKind kind = TrackKind::Screen) {
    const fs::path out = folder_.path() / "part.mp4";
    fs::remove(out);
    const auto outcome = cut_track(track, out, kind, range);
    ASSERT_TRUE(outcome) << outcome.error().message;
    ASSERT_TRUE(*outcome) << "from " << range.from.count() << " to " << range.to.count();
    const std::vector<Numbered> expected = shown_in(numbers_of(track), range);
    EXPECT_EQ(numbers_of(out), expected) << "from " << range.from.count() << " to " << range.to.count();
    const TrackIndex index = index_of(out);
    EXPECT_EQ(index.whole_size_bytes, fs::file_size(out));
    EXPECT_EQ((*outcome)->bytes, fs::file_size(out));
    EXPECT_EQ((*outcome)->packets, std::ssize(expected));
    EXPECT_TRUE(index.fragments.front().starts_with_keyframe);
    EXPECT_EQ(index.end(), std::min(range.to, index_of(track).end()) - range.from);
    EXPECT_LE(longest_fragment(out),
              longest_fragment(track) + milliseconds(50));  // its first begins anywhere
  }
};

TEST_F(TakeCutTest, ShowsExactlyThePicturesOfTheRangeWhereverItBegins) {
  start();
  play_numbered(seconds(9));
  const fs::path folder = stop();
  MediaTime keyframe{};
  const auto packets = packets_of(folder / "screen.mp4").value();
  for (const PacketFacts& packet : packets)
    if (packet.is_keyframe && keyframe == MediaTime{}) keyframe = packet.at;
  ASSERT_GT(keyframe, seconds(1));
  for (const char* name : {"screen.mp4", "camera.mp4"}) {
    const TrackKind kind = name[0] == 's' ? TrackKind::Screen : TrackKind::Camera;
    for (const MediaTime from :
         {keyframe, keyframe - microseconds(1), keyframe + microseconds(1), keyframe - milliseconds(50),
          keyframe + milliseconds(50), MediaTime{}, MediaTime(1), MediaTime(1'234'567), MediaTime(8'400'000)})
      for (const MediaTime length : {MediaTime(500'000), MediaTime(1'999'999), MediaTime(7'000'000)})
        expect_exact(folder / name, {.from = from, .to = std::min<MediaTime>(from + length, seconds(9))},
                     kind);
  }
}

TEST_F(TakeCutTest, TheTrackKeepsItsHeaderForTheEncoderIsTheSame) {
  start();
  play_numbered(seconds(4));
  const fs::path folder = stop();
  for (const char* name : {"screen.mp4", "camera.mp4"}) {
    const fs::path out = folder_.path() / "part.mp4";
    fs::remove(out);
    const auto outcome = cut_track(folder / name, out, name[0] == 's' ? TrackKind::Screen : TrackKind::Camera,
                                   {.from = milliseconds(1000), .to = seconds(4)});
    ASSERT_TRUE(outcome && *outcome);
    EXPECT_EQ(init_of(out), init_of(folder / name));
    EXPECT_THAT((*outcome)->codec, HasSubstr("avc1"));
  }
}

TEST_F(TakeCutTest, TrackOfAnotherEncoderGetsItsParameterSetsInBand) {
  test::VideoSpec spec = test::constant_rate(200, 25);
  const fs::path track = folder_.path() / "screen.mp4";
  const Bytes bytes = test::make_video_track(spec);
  ASSERT_TRUE(write_file_durably(track, bytes));
  const fs::path out = folder_.path() / "part.mp4";
  const KeptRange range{.from = milliseconds(1300), .to = milliseconds(7000)};
  const auto outcome = cut_track(track, out, TrackKind::Screen, range);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT((*outcome)->codec, HasSubstr("avc3"));
  EXPECT_EQ(numbers_of(out), shown_in(numbers_of(track), range));
}

TEST_F(TakeCutTest, HardwareTrackIsCutAsExactly) {
  parts_.hardware_encoder = failing_hardware(1'000'000);
  start();
  play_numbered(seconds(7));
  const fs::path folder = stop();
  ASSERT_THAT(read_take(folder)->tracks.front().codec, HasSubstr("avc3"));
  expect_exact(folder / "screen.mp4", {.from = milliseconds(1120), .to = seconds(6)});
  expect_exact(folder / "camera.mp4", {.from = milliseconds(3333), .to = seconds(7)}, TrackKind::Camera);
}

TEST_F(TakeCutTest, InTheMiddleOfAStillStretchThePictureStands) {
  start();
  play_numbered(milliseconds(500));
  stand_still(seconds(8));
  play_numbered(seconds(1));
  const fs::path folder = stop();
  expect_exact(folder / "screen.mp4", {.from = milliseconds(4321), .to = milliseconds(9100)});
  expect_exact(folder / "screen.mp4", {.from = milliseconds(2000), .to = milliseconds(6000)});
}

TEST_F(TakeCutTest, AllButTheEndGoes) {
  start();
  play_numbered(seconds(6));
  const fs::path folder = stop();
  const std::vector<Numbered> whole = numbers_of(folder / "screen.mp4");
  const Take take = cut(folder, milliseconds(5500), {});
  EXPECT_EQ(take.duration, milliseconds(500));
  EXPECT_EQ(numbers_of(folder / "screen.mp4"),
            shown_in(whole, {.from = milliseconds(5500), .to = seconds(6)}));
  EXPECT_EQ(take.tracks.size(), 3U);
}

TEST_F(TakeCutTest, FlashAndBeepStayInStep) {
  start();
  play(seconds(2));
  play(seconds(3), clock_.now() + milliseconds(1500));
  play(seconds(2));
  const fs::path folder = stop();
  const MediaTime flash = time_of_flash(folder / "screen.mp4");
  const MediaTime click = time_of_click(folder / "voice.mp4");
  ASSERT_GT(flash, seconds(3));

  constexpr MediaTime kFrom{1'733'337};
  cut(folder, kFrom, milliseconds(5400));

  EXPECT_EQ(time_of_flash(folder / "screen.mp4"), flash - kFrom);
  EXPECT_EQ(time_of_flash(folder / "camera.mp4"), flash - kFrom);
  EXPECT_NEAR(to_seconds(time_of_click(folder / "voice.mp4")), to_seconds(click - kFrom), 1.0 / 48'000);
}

TEST_F(TakeCutTest, NothingOfWhatWasTrimmedAwayIsLeft) {
  start();
  play(seconds(2), clock_.now() + milliseconds(1800));  // ends 100 ms before the in point
  play(seconds(3));
  play(seconds(2), clock_.now() + milliseconds(5));  // begins 5 ms after the out point
  const fs::path folder = stop();
  const Take take = cut(folder, seconds(2), seconds(5));

  EXPECT_EQ(take.duration, seconds(3));
  EXPECT_EQ(time_of_flash(folder / "screen.mp4"), MediaTime(-1));
  EXPECT_EQ(time_of_flash(folder / "camera.mp4"), MediaTime(-1));
  EXPECT_EQ(time_of_click(folder / "voice.mp4"), MediaTime(-1));
  const SoundFacts sound = sound_of(folder / "voice.mp4").value();
  EXPECT_LT(sound.first_sample, 1024);
  const std::int64_t end = sound.first_sample + std::ssize(sound.samples);
  EXPECT_LE(end, 3 * 48'000 - 1024);
  EXPECT_GT(end, 3 * 48'000 - 3 * 1024);
  EXPECT_THAT(text_of(folder / "waveform.json"), testing::Not(HasSubstr("90")));
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
  EXPECT_EQ(names, (std::set<std::string>{"take.json", "screen.mp4", "camera.mp4", "voice.mp4",
                                          "pointer.jsonl", "poster.jpg", "waveform.json", "thumbs.jpg",
                                          "thumbs.vtt", "activity.json"}));
}

TEST_F(TakeCutTest, VoiceIsThereFromTheInPointToTheOutPoint) {
  start();
  speak(seconds(6));
  const fs::path folder = stop();
  cut(folder, milliseconds(1500), milliseconds(4500));
  const SoundFacts sound = sound_of(folder / "voice.mp4").value();
  const auto loudest = [&](std::int64_t from, std::int64_t to) {
    float most = 0;
    for (std::int64_t i = from; i < to; ++i)
      most = std::max(most, std::abs(sound.samples[static_cast<std::size_t>(i - sound.first_sample)]));
    return most;
  };
  EXPECT_GT(loudest(48 * 45, 48 * 70), 0.1F);
  EXPECT_GT(loudest(48 * (3000 - 90), 48 * (3000 - 64)), 0.1F);
}

TEST_F(TakeCutTest, CameraThatBeginsLateStillBeginsAtZero) {
  start();
  const MonotonicTime begin = clock_.now();
  while (clock_.now() < begin + seconds(6)) {
    ++step_;
    screen_.frame(test::numbered_frame(kWidth, kHeight, step_), clock_.now());
    if (clock_.now() >= begin + seconds(3))
      camera_.frame(test::numbered_frame(kWidth, kHeight, step_), clock_.now());
    clock_.advance(milliseconds(50));
  }
  const fs::path folder = stop();
  ASSERT_EQ(packets_of(folder / "camera.mp4")->front().at, seconds(0));
  const auto whole = numbers_of(folder / "camera.mp4");
  const Take take = cut(folder, milliseconds(1010), milliseconds(5000));
  const auto camera = numbers_of(folder / "camera.mp4");
  EXPECT_EQ(camera.front(), (Numbered{milliseconds(0), whole.front().number}));
  EXPECT_EQ(camera.back().at, milliseconds(3940));
  EXPECT_EQ(take.tracks.size(), 2U) << "no voice was given";
}

TEST_F(TakeCutTest, TrackWithNothingInTheRangeIsLeftOut) {
  start();
  play_numbered(seconds(2));
  camera_.end({ErrorCode::Io, "it broke"});
  play_numbered(seconds(3));
  const fs::path folder = stop();
  const Take take = cut(folder, milliseconds(3000), {});
  ASSERT_EQ(take.tracks.size(), 2U);
  EXPECT_EQ(take.tracks[0].kind, TrackKind::Screen);
  EXPECT_EQ(take.tracks[1].kind, TrackKind::Voice);
  EXPECT_FALSE(fs::exists(folder / "camera.mp4"));
}

TEST_F(TakeCutTest, VoiceAloneIsCutToo) {
  settings_.screen = settings_.camera = "none";
  start();
  speak(seconds(4));
  const fs::path folder = stop();
  const Take take = cut(folder, seconds(1), seconds(3));
  EXPECT_EQ(take.duration, seconds(2));
  ASSERT_EQ(take.tracks.size(), 1U);
  EXPECT_NEAR(to_seconds(take.tracks[0].duration), 2, 0.065);
  EXPECT_EQ(take.tracks[0].bytes, fs::file_size(folder / "voice.mp4"));
}

TEST_F(TakeCutTest, PictureWithoutSoundIsCutToo) {
  settings_.microphone = settings_.camera = "none";
  start();
  play_numbered(seconds(4));
  const Take take = cut(stop(), seconds(1), seconds(3));
  ASSERT_EQ(take.tracks.size(), 1U);
  EXPECT_EQ(take.tracks[0].duration, seconds(2));
  EXPECT_EQ(take.tracks[0].frames_encoded, 40);
}

TEST_F(TakeCutTest, RecoveredTakeIsCutToo) {
  start();
  play_numbered(seconds(5));
  const fs::path folder = stop();
  auto broken = read_take(folder).value();
  broken.state = TakeState::Recording;
  ASSERT_TRUE(write_take(broken));
  std::ofstream(folder / "screen.mp4", std::ios::app) << "torn";
  EXPECT_EQ(trim_take(folder, {.from = seconds(1), .to = {}}).error().code, ErrorCode::InvalidArgument);
  ASSERT_TRUE(recover_take(folder));
  const auto whole = numbers_of(folder / "screen.mp4");
  const Take take = cut(folder, milliseconds(1025), seconds(3));
  EXPECT_EQ(take.state, TakeState::Recovered);
  EXPECT_EQ(numbers_of(folder / "screen.mp4"),
            shown_in(whole, {.from = milliseconds(1025), .to = seconds(3)}));
}

TEST_F(TakeCutTest, DescribesWhatIsLeft) {
  start();
  play_numbered(seconds(5));
  const fs::path folder = stop();
  const Take take = cut(folder, seconds(1), milliseconds(2500));
  EXPECT_EQ(take.title, "A title");
  EXPECT_EQ(take.duration, milliseconds(1500));
  EXPECT_FALSE(take.trim.is_set());
  EXPECT_EQ(take.publishing_to, "a-library");
  EXPECT_FALSE(take.json.contains("trim"));
  for (const TrackReport& track : take.tracks) EXPECT_EQ(track.bytes, fs::file_size(folder / track.file));
  EXPECT_FALSE(take.is_being_recorded);
  EXPECT_TRUE(text_of(folder / "poster.jpg").starts_with("\xff\xd8"));
}

TEST(PointerCut, BeginsWhereThePointerWasWithTheShapesThatAreUsed) {
  constexpr std::string_view kText = R"({"define":0,"file":"pointer-0.png","hot_x":1,"hot_y":2}
{"t":0,"x":1,"y":1,"shape":0,"down":0}
{"define":1,"file":"../../secret","hot_x":3,"hot_y":4}
{"t":900000,"x":5,"y":6,"shape":1,"down":1}
{"t":1500000,"x":7,"y":8,"shape":1,"down":0}
no line at all
{"define":2,"file":"pointer-2.png","hot_x":0,"hot_y":0}
{"t":3000000,"x":9,"y":9,"shape":2,"down":0}
)";
  const CutPointer cut = cut_pointer(kText, {.from = seconds(1), .to = seconds(3)});
  EXPECT_EQ(cut.lines, R"({"define":1,"file":"pointer-1.png","hot_x":3,"hot_y":4}
{"t":0,"x":5,"y":6,"shape":1,"down":1}
{"t":500000,"x":7,"y":8,"shape":1,"down":0}
)");
  EXPECT_EQ(cut.shapes, std::set<int>{1});
}

TEST(PointerCut, WhatIsRemovedHasNoPlaceAndTheRestItsTime) {
  constexpr const char* kText = R"({"define":1,"file":"pointer-1.png","hot_x":3,"hot_y":4}
{"t":500000,"x":5,"y":6,"shape":1,"down":0}
{"t":1500000,"x":7,"y":8,"shape":1,"down":0}
{"t":2000000,"x":9,"y":9,"shape":1,"down":0}
)";
  EXPECT_EQ(pointer_without(kText, {{seconds(1), seconds(2)}}).lines,
            R"({"define":1,"file":"pointer-1.png","hot_x":3,"hot_y":4}
{"t":500000,"x":5,"y":6,"shape":1,"down":0}
{"t":2000000,"x":9,"y":9,"shape":1,"down":0}
)");
}

}  // namespace
}  // namespace meanwhile
