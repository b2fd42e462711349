// Decoders that are killed, stopped, or never any good: what plays goes on, or says why not.
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <future>

#include "media/play/apart/apart_readers.h"
#include "media/play/apart/decoder_processes.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/packets.h"
#include "media/play/apart/sanitizers.h"
#include "media/play/decoding_place.h"
#include "media/play/local_sound_reader.h"
#include "media/play/local_video_reader.h"
#include "media/play/newer_mark.h"
#include "media/play/open_readers.h"
#include "tests/media/play/player_clips.h"
#include "tests/support/process_times.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

// Of this process, that haven't ended.
std::vector<pid_t> decoders() {
  std::vector<pid_t> found;
  for (const pid_t program : children_of(::getpid())) {
    for (const pid_t decoder : children_of(program)) found.push_back(decoder);
  }
  return found;
}

bool wait_until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

// A link to nobody: the first order finds that out.
std::unique_ptr<DecoderLink> dead_link() {
  auto ends = make_packet_pair().value();
  return std::make_unique<DecoderLink>(std::move(ends.first), Descriptor(),
                                       DecoderLink::make_shared().value());
}

class Decoders : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(wait_until([] { return decoders().empty(); }));
  }
  static void signal_all(int number) {
    for (const pid_t decoder : decoders()) ::kill(decoder, number);
  }
};

TEST_F(Decoders, GiveThePicturesThatWouldBeGivenInside) {
  VideoSpec spec = constant_rate(90, 30);
  spec.width = 322;  // lines that don't fill their memory
  spec.height = 182;
  const Bytes track = make_reordered_track(spec);
  const auto inside = LocalVideoReader::open(memory(track), {}).value();
  const auto apart = open_video(memory(track), {}).value();
  for (const int start : {40, 0, 75, 20}) {
    const MediaTime moment = spec.times[static_cast<std::size_t>(start)];
    ASSERT_TRUE(inside->seek(moment));
    ASSERT_TRUE(apart->seek(moment));
    for (int i = 0; i < 10; ++i) {
      const PicturePtr expected = inside->next(moment).value();
      const PicturePtr picture = apart->next(moment).value();
      ASSERT_EQ(picture->at, expected->at);
      EXPECT_EQ(picture->width, expected->width);
      EXPECT_EQ(picture->bt709, expected->bt709);
      for (int line = 0; line < picture->height; ++line) {
        ASSERT_EQ(std::memcmp(picture->planes[0] + line * picture->strides[0],
                              expected->planes[0] + line * expected->strides[0],
                              static_cast<std::size_t>(picture->width)),
                  0);
      }
      EXPECT_EQ(apart->is_on_show(), inside->is_on_show());
      EXPECT_EQ(apart->followed_gap(), inside->followed_gap());
      EXPECT_EQ(apart->last(), inside->last());
    }
  }
  EXPECT_EQ(apart->end().value(), inside->end().value());
}

TEST_F(Decoders, GiveTheSoundThatWouldBeGivenInside) {
  const Bytes track = make_sound_track({.start = 200ms, .duration = 2s});
  const auto inside = LocalSoundReader::open(memory(track)).value();
  const auto apart = open_sound(memory(track), {}).value();
  for (const MediaTime moment : {0ms, 700ms, 150ms}) {
    ASSERT_TRUE(inside->seek(moment));
    ASSERT_TRUE(apart->seek(moment));
    std::vector<float> expected(200'000);
    std::vector<float> samples(200'000);
    EXPECT_EQ(apart->read(samples).value(), inside->read(expected).value());
    EXPECT_EQ(samples, expected);
  }
}

// However soon each picture is there: a mark counts until it is taken away.
TEST_F(Decoders, LetGoForWhatIsNewerAndGoOnAfterwards) {
  const VideoSpec spec = constant_rate(120, 30);
  const auto newer = std::make_shared<NewerMark>();
  const auto reader = open_video(memory(make_video_track(spec)), {.newer = newer}).value();
  ASSERT_TRUE(reader->seek(spec.times[50]));
  newer->let_go_from(MonotonicTime{});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(reader->next(spec.times[50]).error().code, ErrorCode::Aborted);
  newer->let_go_from(MonotonicTime::max());
  EXPECT_EQ(read_frame_number(*reader->next(spec.times[50]).value()), 50);
  newer->clear();
  EXPECT_EQ(read_frame_number(*reader->next(spec.times[51]).value()), 51);
}

TEST_F(Decoders, ThatTakeAnothersPlaceLetGoTooForWhatIsNewer) {
  const auto newer = std::make_shared<NewerMark>();
  const auto reader = open_video(memory(make_video_track(constant_rate(60, 30))), {.newer = newer}).value();
  ASSERT_TRUE(reader->next({}));
  signal_all(SIGKILL);
  newer->let_go_from(MonotonicTime{});
  EXPECT_EQ(reader->next({}).error().code, ErrorCode::Aborted);
  newer->clear();
  EXPECT_EQ(read_frame_number(*reader->next({}).value()), 1);
}

TEST_F(Decoders, HoldNothingOpenButTheirSocket) {
  const auto reader = open_video(memory(make_video_track(constant_rate(30, 30))), {}).value();
  ASSERT_EQ(decoders().size(), 1U);
  const std::filesystem::path folder = "/proc/" + std::to_string(decoders().front()) + "/fd";
  std::error_code error;
  std::map<std::string, std::string> open;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    open[entry.path().filename()] = std::filesystem::read_symlink(entry.path(), error);
  }
  if (error) GTEST_SKIP() << "only root sees into a process that hides: " << error.message();
  EXPECT_TRUE(open["3"].starts_with("socket:")) << open["3"];
  for (const auto& [number, what] : open) {
    const bool may_speak = kIsSanitized && number == "2";
    EXPECT_TRUE(number == "3" || may_speak || what == "/dev/null") << number << ' ' << what;
  }
}

TEST_F(Decoders, AreWalledOff) {
  if (kIsSanitized) GTEST_SKIP() << "a build with sanitizers has no filter of system calls";
  const DecodingPlace place = look_at_decoding();
  EXPECT_TRUE(place.is_apart);
  EXPECT_EQ(place.trouble, "");
  EXPECT_TRUE(place.has_seccomp);
  const auto reader = open_video(memory(make_video_track(constant_rate(30, 30))), {}).value();
  std::ifstream status("/proc/" + std::to_string(decoders().front()) + "/status");
  const std::string text{std::istreambuf_iterator(status), {}};
  EXPECT_TRUE(text.contains("Seccomp:\t2")) << text;
  EXPECT_TRUE(text.contains("NoNewPrivs:\t1")) << text;
}

TEST_F(Decoders, EndWithTheirReader) {
  auto reader = open_video(memory(make_video_track(constant_rate(30, 30))), {}).value();
  ASSERT_EQ(decoders().size(), 1U);
  reader.reset();
  EXPECT_TRUE(wait_until([] { return decoders().empty(); }));
}

TEST_F(Decoders, ThatAreKilledAreReplacedWhereTheyWere) {
  const VideoSpec spec = constant_rate(120, 30);
  const auto reader = open_video(memory(make_video_track(spec)), {}).value();
  ASSERT_TRUE(reader->seek(spec.times[50]));
  std::vector<int> seen;
  for (int i = 0; i < 20; ++i) {
    if (i % 5 == 3) signal_all(SIGKILL);
    const auto picture = reader->next(spec.times[50]);
    ASSERT_TRUE(picture) << picture.error().message;
    seen.push_back(frame_at(spec, (*picture)->at));
    EXPECT_EQ(read_frame_number(**picture), seen.back());
  }
  for (int i = 0; i < 20; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], 50 + i);
}

TEST_F(Decoders, OfSoundThatAreKilledAreReplacedWhereTheyWere) {
  const Bytes track = make_sound_track({.duration = 2s});
  const auto inside = LocalSoundReader::open(memory(track)).value();
  const auto apart = open_sound(memory(track), {}).value();
  std::vector<float> expected(2 * 48'000);
  ASSERT_EQ(inside->read(expected).value(), 48'000U);
  std::vector<float> samples(2 * 48'000);
  for (std::size_t i = 0; i < 10; ++i) {
    if (i == 4 || i == 7) signal_all(SIGKILL);
    ASSERT_EQ(apart->read(std::span(samples).subspan(i * 9600, 9600)).value(), 4800U);
  }
  EXPECT_NEAR(measure_level(samples), measure_level(expected), 0.01);
  EXPECT_NEAR(measure_frequency(samples), measure_frequency(expected), 2);
}

TEST_F(Decoders, WhoseProgramIsKilledAreReplaced) {
  const VideoSpec spec = constant_rate(60, 30);
  const auto reader = open_video(memory(make_video_track(spec)), {}).value();
  ASSERT_TRUE(reader->next({}));
  for (const pid_t program : children_of(::getpid())) ::kill(program, SIGKILL);
  EXPECT_TRUE(wait_until([] { return decoders().empty(); }));  // they end with it
  EXPECT_EQ(read_frame_number(*reader->next({}).value()), 1);
}

TEST_F(Decoders, AreKilledInMidPlayAndThePlayerGoesOn) {
  const VideoSpec spec = constant_rate(300, 30);
  FakeSpeaker speaker;
  PlayRig rig(clip_with_sound(spec), &speaker);
  ASSERT_TRUE(rig.settle());
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.is_paused(); }));
  for (int i = 0; i < 100; ++i) {
    if (i % 30 == 10) signal_all(SIGKILL);
    ASSERT_TRUE(rig.pump_until([&] {
      speaker.pull(480);
      rig.clock().advance(10ms);
      return rig.player().status().position >= i * 50ms;
    }));
  }
  EXPECT_TRUE(rig.player().status().is_playing);
  EXPECT_TRUE(rig.player().status().warnings.empty());
  EXPECT_TRUE(rig.pump_until([&] { return rig.shown() == frame_at(spec, rig.player().status().position); }));
}

TEST_F(Decoders, ThatHangHoldUpNoEnd) {
  auto rig = std::make_unique<PlayRig>(clip_with_sound(constant_rate(300, 30)), nullptr);
  ASSERT_TRUE(rig->settle());
  signal_all(SIGSTOP);
  rig->player().seek(9s);
  const auto start = std::chrono::steady_clock::now();
  rig.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, kLongestSilence / 2);
}

TEST_F(Decoders, ThatHangAreReplaced) {
  const VideoSpec spec = constant_rate(60, 30);
  const auto reader = open_video(memory(make_video_track(spec)), {}).value();
  ASSERT_TRUE(reader->next({}));
  signal_all(SIGSTOP);
  EXPECT_EQ(read_frame_number(*reader->next({}).value()), 1);
}

// One waits for the next track.
class PreparedDecoders : public Decoders {
 protected:
  void SetUp() override {
    Decoders::SetUp();
    prepare_decoders();
    ASSERT_TRUE(wait_until([] { return decoders().size() == 1; }));
  }
  void TearDown() override { decode_apart(DECODER_PROGRAM); }
};

TEST_F(PreparedDecoders, AreUsedAndFollowedByAnother) {
  const VideoSpec spec = constant_rate(30, 30);
  const pid_t first = decoders().front();
  const auto reader = open_video(memory(make_video_track(spec)), {}).value();
  ASSERT_TRUE(wait_until([] { return decoders().size() == 2; }));
  ::kill(first, SIGSTOP);
  auto blocked = std::async(std::launch::async, [&] { return read_frame_number(*reader->next({}).value()); });
  EXPECT_EQ(blocked.wait_for(100ms), std::future_status::timeout);  // it is the one that was there
  ::kill(first, SIGCONT);
  EXPECT_EQ(blocked.get(), 0);
}

TEST_F(PreparedDecoders, ThatHaveEndedAreNotTaken) {
  ::kill(decoders().front(), SIGKILL);
  ASSERT_TRUE(wait_until([] { return decoders().empty(); }));
  const auto link = start_decoder().value();
  EXPECT_FALSE(link->has_ended());
  EXPECT_TRUE(wait_until([] { return decoders().size() == 2; }));
}

TEST_F(PreparedDecoders, EndWithTheirProgram) {
  const pid_t spare = decoders().front();
  decode_apart(DECODER_PROGRAM);
  EXPECT_TRUE(wait_until([&] { return ::kill(spare, 0) != 0; }));
}

TEST(RecoveringDecoder, OfATrackThatEndsTwoOfThemSaysThatItIsDamaged) {
  int started = 0;
  const auto start = [&]() -> Result<std::unique_ptr<DecoderLink>> {
    ++started;
    return dead_link();
  };
  const auto reader = open_video_apart(start, memory(make_video_track(constant_rate(30, 30))), {});
  EXPECT_EQ(started, 2);
  EXPECT_EQ(reader.error().code, ErrorCode::Corrupt);
  EXPECT_EQ(reader.error().message, "it is damaged (its decoder has ended)");
}

TEST(RecoveringDecoder, GivenUpAtOneMomentGoesOnAtAnother) {
  const VideoSpec spec = constant_rate(120, 30);
  int deaths = 0;
  const auto start = [&]() -> Result<std::unique_ptr<DecoderLink>> {
    if (deaths > 0 && deaths-- > 0) return dead_link();
    return start_decoder();
  };
  const auto reader = open_video_apart(start, memory(make_video_track(spec)), {}).value();
  ASSERT_TRUE(reader->next({}));
  for (const pid_t decoder : decoders()) ::kill(decoder, SIGKILL);
  deaths = 1;
  EXPECT_EQ(reader->next({}).error().code, ErrorCode::Corrupt);
  ASSERT_TRUE(reader->seek(spec.times[90]));
  EXPECT_EQ(read_frame_number(*reader->next(spec.times[90]).value()), 90);
}

TEST(RecoveringDecoder, ThatCantBeStartedSaysSo) {
  const auto start = []() -> Result<std::unique_ptr<DecoderLink>> {
    return fail(ErrorCode::Unavailable, "starting a decoder: no");
  };
  EXPECT_EQ(open_sound_apart(start, memory({}), {}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(open_stills_apart(start)->poster({}).error().code, ErrorCode::Unavailable);
}

TEST(StillsApart, OutliveTheLossOfTheirDecoder) {
  const auto stills = open_stills();
  const std::array<std::byte, 100> garbage{};
  EXPECT_EQ(stills->poster(garbage).error().code, ErrorCode::Corrupt);
  EXPECT_EQ(stills->pointer(garbage).error().code, ErrorCode::Corrupt);
  for (const pid_t decoder : decoders()) ::kill(decoder, SIGKILL);
  EXPECT_EQ(stills->poster(garbage).error().code, ErrorCode::Corrupt);
  EXPECT_EQ(decoders().size(), 1U);
}

}  // namespace
}  // namespace meanwhile::test
