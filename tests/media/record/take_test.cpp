#include "media/record/take.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "media/base/files.h"
#include "media/record/recorder.h"
#include "media/record/take_lock.h"
#include "tests/support/scripted_sources.h"
#include "tests/support/track_inspection.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr const char* kClip = "01jd0000000000000000000000";

void write_text(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class TakeTest : public ::testing::Test {
 protected:
  TakeTest() { fs::create_directories(take_); }
  Result<Take> read(const std::string& json) {
    write_text(take_ / "take.json", json);
    return read_take(take_);
  }

  ScratchFolder folder_;
  const fs::path take_ = folder_.path() / kClip;
};

TEST_F(TakeTest, KeepsFieldsThatItDoesNotKnow) {
  auto take = read(R"({"format":1,"clip":"01jd0000000000000000000000","mood":"good","state":"finished",
      "tracks":[{"name":"voice","gain":3},{"name":"smell","file":"smell.mp4"}]})");
  ASSERT_TRUE(take);
  take->title = "New";
  ASSERT_TRUE(write_take(*take));

  const auto again = read_take(take_);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->title, "New");
  EXPECT_EQ(again->json["mood"], "good");
  ASSERT_EQ(again->tracks.size(), 1U);
  EXPECT_EQ(again->json["tracks"][0]["gain"], 3);
  EXPECT_EQ(again->json["tracks"][1]["name"], "smell");
}

TEST_F(TakeTest, TakesWrongTypesAndHugeNumbersForMissing) {
  const auto take =
      read(R"({"format":1,"clip":"01jd0000000000000000000000","title":7,"started":[],"warnings":{"a":1},
      "duration_us":99999999999999999999,"tracks":[5,{"name":"screen","file":"../../etc/passwd","width":-4,
      "bytes":1e300,"duration_us":"long"},{"name":"screen"},{"name":["camera"]}]})");
  ASSERT_TRUE(take);
  EXPECT_EQ(take->title, "");
  EXPECT_EQ(take->duration, MediaTime{});
  ASSERT_EQ(take->tracks.size(), 1U);
  EXPECT_EQ(take->tracks[0].file, "screen.mp4");
  EXPECT_EQ(take->tracks[0].width, 0);
  EXPECT_EQ(take->tracks[0].bytes, 0U);
}

TEST_F(TakeTest, RefusesANewerFormatAndWhatIsNoTake) {
  EXPECT_EQ(read(R"({"format":2,"clip":"01jd0000000000000000000000"})").error().code, ErrorCode::Unsupported);
  EXPECT_EQ(read(R"({"format":"1"})").error().code, ErrorCode::Corrupt);
  EXPECT_EQ(read(R"({"format":1,"clip":"../x"})").error().code, ErrorCode::Corrupt);
  EXPECT_EQ(read("[]").error().code, ErrorCode::Corrupt);
  EXPECT_EQ(read("").error().code, ErrorCode::Corrupt);
  EXPECT_EQ(read(std::string(100'000, '[')).error().code, ErrorCode::Corrupt);
  fs::remove(take_ / "take.json");
  EXPECT_EQ(read_take(take_).error().code, ErrorCode::NotFound);
}

TEST_F(TakeTest, ListsOnlyTakesOldestFirst) {
  const fs::path later = folder_.path() / "01jd0000000000000000000001";
  fs::create_directories(later);
  fs::create_directories(folder_.path() / "not-a-take");
  write_text(folder_.path() / "01jd0000000000000000000002", "a file");
  write_text(later / "take.json", R"({"format":1,"clip":"01jd0000000000000000000001"})");
  write_text(take_ / "take.json", R"({"format":1,"clip":"01jd0000000000000000000000"})");

  const auto takes = list_takes(folder_.path());
  ASSERT_EQ(takes.size(), 2U);
  EXPECT_EQ(takes[0].clip, kClip);
  EXPECT_TRUE(list_takes(folder_.path() / "nowhere").empty());
}

TEST_F(TakeTest, DiscardsATakeButNothingElse) {
  write_text(take_ / "take.json", "{}");
  EXPECT_TRUE(discard_take(take_));
  EXPECT_FALSE(fs::exists(take_));
  EXPECT_EQ(discard_take(take_).error().code, ErrorCode::NotFound);
  EXPECT_EQ(discard_take(folder_.path()).error().code, ErrorCode::InvalidArgument);
  EXPECT_TRUE(fs::exists(folder_.path()));
}

// A take of six seconds as a crash leaves it.
class RecoverTest : public TakeTest {
 protected:
  static void SetUpTestSuite() {
    scratch_ = new ScratchFolder;
    ScriptedClock clock;
    ScriptedFrames screen{{"Screen", 320, 180, 20}};
    ScriptedSamples voice{{"Microphone", 1}};
    RecorderParts parts = parts_without_devices();
    parts.video_queue_capacity = 1000;
    parts.open_screen = always(screen);
    parts.open_microphone = always(voice);
    auto recorder = create_recorder({}, clock, nullptr, parts).value();
    ASSERT_TRUE(recorder->start(scratch_->path(), {"Title", ""}));
    for (int i = 0; i < 120; ++i, clock.advance(milliseconds(50))) {
      screen.frame(grey_frame(320, 180, 90, i + 1), clock.now());
      voice.samples(
          sound_block(1, 2400, i * 2400, [](std::int64_t n) { return n % 100 < 50 ? 0.3F : -0.3F; }),
          clock.now());
    }
    recorded_ = recorder->finish()->folder;
  }
  static void TearDownTestSuite() { delete std::exchange(scratch_, nullptr); }

  RecoverTest() {
    fs::remove_all(take_);
    fs::copy(recorded_, take_);
    fs::remove(take_ / "poster.jpg");
    fs::remove(take_ / "waveform.json");
    write_text(take_ / "take.json",
               R"({"format":1,"clip":"01jd0000000000000000000000","state":"recording","title":"Title",
                   "tracks":[{"name":"screen","device":"Screen"}]})");
  }
  void expect_whole(const Take& take) {
    for (const TrackReport& track : take.tracks) {
      const fs::path path = take_ / track.file;
      EXPECT_EQ(fs::file_size(path), track.bytes);
      if (track.kind == TrackKind::Voice) {
        EXPECT_TRUE(sound_of(path));
      } else {
        EXPECT_TRUE(pictures_of(path));
      }
    }
  }

  static inline ScratchFolder* scratch_ = nullptr;
  static inline fs::path recorded_;
};

TEST_F(RecoverTest, MakesAWholeTakeOutOfWhatIsThere) {
  const auto take = recover_take(take_);
  ASSERT_TRUE(take) << take.error().message;

  EXPECT_EQ(take->state, TakeState::Recovered);
  EXPECT_EQ(take->title, "Title");
  ASSERT_EQ(take->tracks.size(), 2U);
  EXPECT_EQ(take->tracks[0].device, "Screen");
  EXPECT_EQ(take->tracks[0].width, 320);
  EXPECT_TRUE(take->tracks[0].codec.starts_with("avc1."));
  EXPECT_NEAR(to_seconds(take->duration), 6, 0.05);
  EXPECT_TRUE(text_of(take_ / "poster.jpg").starts_with("\xff\xd8"));
  EXPECT_TRUE(fs::exists(take_ / "waveform.json"));
  EXPECT_FALSE(fs::exists(take_ / "lock"));
  expect_whole(*take);
  EXPECT_EQ(read_take(take_)->state, TakeState::Recovered);
}

TEST_F(RecoverTest, CutsATornTrackAtItsLastWholeFragmentWhereverItWasTorn) {
  const std::string whole = text_of(take_ / "screen.mp4");
  for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 97) {
    fs::copy_file(recorded_ / "voice.mp4", take_ / "voice.mp4", fs::copy_options::overwrite_existing);
    fs::remove(take_ / "poster.jpg");
    write_text(take_ / "take.json",
               R"({"format":1,"clip":"01jd0000000000000000000000","state":"recording"})");
    write_text(take_ / "screen.mp4", whole.substr(0, size));
    const auto take = recover_take(take_);
    ASSERT_TRUE(take) << size;
    expect_whole(*take);
  }
}

TEST_F(RecoverTest, GarbageBehindTheLastFragmentIsCutOff) {
  std::ofstream(take_ / "screen.mp4", std::ios::app | std::ios::binary) << std::string(5000, 'x');
  const auto take = recover_take(take_);
  ASSERT_TRUE(take);
  expect_whole(*take);
}

TEST_F(RecoverTest, WithoutAnythingPlayableItSaysSo) {
  write_text(take_ / "screen.mp4", "garbage");
  write_text(take_ / "voice.mp4", "");
  const auto take = recover_take(take_);
  ASSERT_FALSE(take);
  EXPECT_EQ(take.error().code, ErrorCode::Corrupt);
}

TEST_F(RecoverTest, WhereNothingHadBeenRecordedNothingIsMissed) {
  for (const char* track : {"screen.mp4", "voice.mp4"}) write_text(take_ / track, "");
  const auto take = recover_take(take_);
  ASSERT_FALSE(take);
  EXPECT_EQ(take.error().code, ErrorCode::NotFound);
}

TEST_F(RecoverTest, ALostDescriptionIsMadeAnew) {
  write_text(take_ / "take.json", std::string(100, '\0'));
  ASSERT_EQ(list_takes(folder_.path()).size(), 1U);
  const auto take = recover_take(take_);
  ASSERT_TRUE(take);
  EXPECT_EQ(take->clip, kClip);
  EXPECT_EQ(take->tracks.size(), 2U);
  EXPECT_EQ(take->warnings.size(), 1U);
}

TEST_F(RecoverTest, ATornPointerLineIsCutOff) {
  write_text(take_ / "pointer.jsonl", "{\"t\":0}\n{\"t\":1");
  ASSERT_TRUE(recover_take(take_));
  EXPECT_EQ(text_of(take_ / "pointer.jsonl"), "{\"t\":0}\n");
}

TEST_F(RecoverTest, ATakeThatIsHeldIsLeftAlone) {
  const auto lock = TakeLock::acquire(take_);
  ASSERT_TRUE(lock);
  EXPECT_EQ(recover_take(take_).error().code, ErrorCode::Unavailable);
}

TEST_F(RecoverTest, AFinishedTakeStaysAsItIs) {
  write_text(take_ / "take.json", R"({"format":1,"clip":"01jd0000000000000000000000","state":"finished"})");
  const std::string before = text_of(take_ / "take.json");
  ASSERT_TRUE(recover_take(take_));
  EXPECT_EQ(text_of(take_ / "take.json"), before);
}

}  // namespace
}  // namespace meanwhile
