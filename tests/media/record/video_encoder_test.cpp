#include "media/record/video_encoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "media/base/files.h"
#include "media/base/layout.h"
#include "media/base/track_index.h"
#include "media/play/open_readers.h"
#include "media/play/video_reader.h"
#include "tests/support/scripted_encoders.h"
#include "tests/support/scripted_sources.h"
#include "tests/support/track_inspection.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kWidth = 320;
constexpr int kHeight = 180;

int luma_of(int picture) {
  return 40 + picture * 3 % 180;
}

// A video encoder that writes into a file of its own.
class VideoEncoderTest : public ::testing::Test {
 protected:
  std::unique_ptr<VideoEncoder> make_encoder(std::size_t queue_capacity = 4000) {
    file_ = std::make_shared<TrackFile>(disk_, std::make_shared<DiskFile>(FileSink::create(path_).value()),
                                        path_);
    return std::make_unique<VideoEncoder>(
        VideoEncoderSettings{.track = "screen", .queue_capacity = queue_capacity},
        [this](const AVCodecContext& encoder) { return TrackWriter::create(encoder, file_); },
        [this](const Error& error) { failures_.lock()->push_back(error); });
  }
  std::unique_ptr<VideoEncoder> make_encoder_of(VideoEncoderSettings settings) {
    file_ = std::make_shared<TrackFile>(disk_, std::make_shared<DiskFile>(FileSink::create(path_).value()),
                                        path_);
    settings.track = "screen";
    settings.queue_capacity = 4000;
    settings.on_fallback = [this](const Error& error) { fallbacks_.lock()->push_back(error); };
    return std::make_unique<VideoEncoder>(
        std::move(settings),
        [this](const AVCodecContext& encoder) { return TrackWriter::create(encoder, file_); },
        [this](const Error& error) { failures_.lock()->push_back(error); });
  }
  // Pictures 33 ms apart, each lighter than the one before, as long as that goes.
  void push_lightening(VideoEncoder& encoder, int from, int to) {
    for (int i = from; i < to; ++i) {
      encoder.push(grey_frame(kWidth, kHeight, luma_of(i), i + 1), i * MediaTime(33'333));
    }
  }
  void expect_lightening(int pictures) {
    const auto seen = pictures_of(path_).value();
    ASSERT_EQ(seen.size(), static_cast<std::size_t>(pictures));
    for (int i = 0; i < pictures; ++i) {
      EXPECT_EQ(seen[static_cast<std::size_t>(i)].at, i * MediaTime(33'333));
      EXPECT_NEAR(seen[static_cast<std::size_t>(i)].luma, luma_of(i), 8);
    }
  }
  void finish(VideoEncoder& encoder, std::optional<MediaTime> end) {
    encoder.finish(end);
    ASSERT_TRUE(disk_.finish());
  }
  std::vector<PacketFacts> packets() { return packets_of(path_).value(); }
  TrackIndex index() { return index_track(*FileSource::open(path_).value()).value(); }

  ScratchFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "screen.mp4";
  Guarded<std::vector<Error>> failures_;
  Guarded<std::vector<Error>> fallbacks_;
  DiskWriter disk_{[](const Error&) {}};
  TrackFilePtr file_;
};

TEST_F(VideoEncoderTest, KeepsEveryTimeExactAlsoAcrossFragments) {
  auto encoder = make_encoder();
  std::vector<MediaTime> times;
  MediaTime at{1234};
  for (int i = 0; i < 300; ++i, at += MediaTime(1 + (i * 7919) % 90'000)) {
    times.push_back(at);
    encoder->push(grey_frame(kWidth, kHeight, 100, i + 1), at);
  }
  finish(*encoder, times.back() + MediaTime(4321));

  const auto found = packets();
  ASSERT_EQ(found.size(), times.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_EQ(found[i].at, times[i]);
  }
  const TrackIndex whole = index();
  EXPECT_EQ(whole.end(), times.back() + MediaTime(4321));
  ASSERT_GT(whole.fragments.size(), 10U);
  for (std::size_t i = 1; i < whole.fragments.size(); ++i) {
    EXPECT_EQ(whole.fragments[i - 1].start + whole.fragments[i - 1].duration, whole.fragments[i].start);
  }
}

TEST_F(VideoEncoderTest, PlacesAKeyframeAtTheStartOfAFragmentEveryTwoSecondsWhileThePictureMoves) {
  auto encoder = make_encoder();
  for (int i = 0; i < 300; ++i) encoder->push(grey_frame(kWidth, kHeight, 100, i + 1), i * MediaTime(33'333));
  finish(*encoder, MediaTime(10'000'000));

  MediaTime last_keyframe{};
  for (const PacketFacts& packet : packets()) {
    EXPECT_LE(packet.at - last_keyframe, std::chrono::seconds(2));
    if (packet.is_keyframe) last_keyframe = packet.at;
  }
  std::map<MediaTime, bool> starts;
  for (const Fragment& fragment : index().fragments) starts[fragment.start] = fragment.starts_with_keyframe;
  for (const PacketFacts& packet : packets()) {
    if (packet.is_keyframe) {
      EXPECT_TRUE(starts.contains(packet.at) && starts[packet.at]);
    }
  }
}

TEST_F(VideoEncoderTest, RepeatsOfAStillPictureCostNextToNothing) {
  auto encoder = make_encoder();
  encoder->push(grey_frame(kWidth, kHeight, 100, 7), MediaTime{});
  std::vector<MediaTime> keyframes;
  for (int second = 1; second <= 30; ++second) {
    while (encoder->counts().encoded < second) std::this_thread::yield();
    encoder->repeat(std::chrono::seconds(second));
  }
  finish(*encoder, std::chrono::seconds(31));

  for (const PacketFacts& packet : packets()) {
    if (packet.is_keyframe) keyframes.push_back(packet.at);
  }
  ASSERT_GE(keyframes.size(), 3U);
  for (std::size_t i = 1; i < keyframes.size(); ++i) {
    EXPECT_LE(keyframes[i] - keyframes[i - 1], std::chrono::seconds(10));
  }
  EXPECT_LT(std::filesystem::file_size(path_), 40'000U);
}

TEST_F(VideoEncoderTest, CountsWhatAFullQueueDrops) {
  constexpr int kFrames = 200;
  auto encoder = make_encoder(/*queue_capacity=*/2);
  for (int i = 0; i < kFrames; ++i)
    encoder->push(grey_frame(kWidth, kHeight, 100, i + 1), i * MediaTime(1000));
  finish(*encoder, std::nullopt);

  const VideoCounts counts = encoder->counts();
  EXPECT_GT(counts.dropped, 0);
  EXPECT_EQ(counts.encoded + counts.dropped, kFrames);
  EXPECT_EQ(packets().size(), static_cast<std::size_t>(counts.encoded));
}

TEST_F(VideoEncoderTest, DropsAndCountsAFrameThatIsNotAfterTheOneBefore) {
  auto encoder = make_encoder();
  for (const int at : {0, 1000, 1000, 500, 2000}) {
    encoder->push(grey_frame(kWidth, kHeight, 100), MediaTime(at));
  }
  finish(*encoder, std::nullopt);

  EXPECT_EQ(encoder->counts().dropped, 2);
  EXPECT_EQ(packets().size(), 3U);
}

TEST_F(VideoEncoderTest, FailsOnceWhenThePictureChangesItsSize) {
  auto encoder = make_encoder();
  encoder->push(grey_frame(kWidth, kHeight, 100), MediaTime(0));
  encoder->push(grey_frame(kWidth * 2, kHeight, 100), MediaTime(1000));
  encoder->push(grey_frame(kWidth * 2, kHeight, 100), MediaTime(2000));
  finish(*encoder, std::nullopt);

  ASSERT_EQ(failures_.lock()->size(), 1U);
  EXPECT_EQ(failures_.lock()->front().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(packets().size(), 1U);
}

TEST_F(VideoEncoderTest, AFlushPutsEverythingOnTheDiskAndLeavesNoGap) {
  auto encoder = make_encoder();
  encoder->push(grey_frame(kWidth, kHeight, 100), milliseconds(0));
  encoder->flush(milliseconds(200));
  encoder->push(grey_frame(kWidth, kHeight, 120), milliseconds(200));
  finish(*encoder, milliseconds(300));

  EXPECT_EQ(packets().size(), 2U);
  ASSERT_EQ(index().fragments.size(), 2U);
  EXPECT_EQ(index().fragments[0].duration, milliseconds(200));
}

TEST_F(VideoEncoderTest, NamesItsCodecAndKeepsAPoster) {
  auto encoder = make_encoder();
  encoder->push(grey_frame(kWidth, kHeight, 16), milliseconds(0));
  encoder->push(grey_frame(kWidth, kHeight, 100, 3), milliseconds(1500));
  finish(*encoder, milliseconds(1600));

  EXPECT_THAT(encoder->codec(), ::testing::MatchesRegex("avc1\\.64[0-9a-f]{4}"));
  const FramePtr poster = encoder->take_poster();
  ASSERT_TRUE(poster);
  EXPECT_EQ(poster->data[0][0], 100);
}

TEST_F(VideoEncoderTest, CountsChangesForKeyframesSoThatASlowPictureHasFew) {
  auto encoder = make_encoder();
  for (int i = 0; i < 72; ++i) encoder->push(grey_frame(kWidth, kHeight, 100, i + 1), i * milliseconds(125));
  finish(*encoder, seconds(9));

  int keyframes = 0;
  for (const PacketFacts& packet : packets()) keyframes += packet.is_keyframe ? 1 : 0;
  EXPECT_EQ(keyframes, 2);
}

TEST_F(VideoEncoderTest, HardwareThatFailsInTheMiddleIsReplacedWithoutLosingAPicture) {
  auto encoder = make_encoder_of({.hardware = failing_hardware(20)});
  push_lightening(*encoder, 0, 50);
  finish(*encoder, 50 * MediaTime(33'333));

  EXPECT_TRUE(failures_.lock()->empty());
  ASSERT_EQ(fallbacks_.lock()->size(), 1U);
  EXPECT_EQ(encoder->counts().dropped, 0);
  expect_lightening(50);
  EXPECT_TRUE(packets()[20].is_keyframe);
}

TEST_F(VideoEncoderTest, EachKeyframeOfAHardwareTrackStandsForItselfBeforeAndAfterTheFailure) {
  auto encoder = make_encoder_of({.hardware = failing_hardware(70)});
  push_lightening(*encoder, 0, 140);
  finish(*encoder, 140 * MediaTime(33'333));

  EXPECT_THAT(encoder->codec(), ::testing::StartsWith("avc3."));
  for (const int moment : {10, 60, 69, 70, 71, 100, 139}) {
    auto reader = open_video(FileSource::open(path_).value(), {}).value();
    ASSERT_TRUE(reader->seek(moment * MediaTime(33'333)));
    const auto picture = reader->next(moment * MediaTime(33'333));
    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_EQ((*picture)->at, moment * MediaTime(33'333));
  }
}

TEST_F(VideoEncoderTest, PicturesThatFailedHardwareStillHeldAreCountedAsLost) {
  auto encoder = make_encoder_of({.hardware = failing_hardware(20, /*pictures_held=*/3)});
  push_lightening(*encoder, 0, 50);
  finish(*encoder, 50 * MediaTime(33'333));

  EXPECT_TRUE(failures_.lock()->empty());
  EXPECT_EQ(encoder->counts().dropped, 3);
  EXPECT_EQ(encoder->counts().encoded, 47);
  EXPECT_EQ(packets().size(), 47U);
}

TEST_F(VideoEncoderTest, HardwareThatDoesNotOpenIsSaidAndTheTrackIsAnOrdinaryOne) {
  auto encoder = make_encoder_of({.hardware = failing_hardware(0)});
  push_lightening(*encoder, 0, 10);
  finish(*encoder, 10 * MediaTime(33'333));

  EXPECT_EQ(fallbacks_.lock()->size(), 1U);
  EXPECT_THAT(encoder->codec(), ::testing::StartsWith("avc1."));
  expect_lightening(10);
}

TEST_F(VideoEncoderTest, ChangesItsEffortAtAKeyframeOfTheSameTrack) {
  SlowEncoder slow;
  auto encoder = make_encoder_of({.software = slow.opener()});
  push_lightening(*encoder, 0, 11);
  slow.allow(10);
  slow.wait_until_stuck();  // in picture 10
  encoder->set_effort(Effort::Quick);
  push_lightening(*encoder, 11, 20);
  slow.allow_all();
  finish(*encoder, 20 * MediaTime(33'333));

  EXPECT_EQ(slow.effort(), Effort::Quick);
  EXPECT_TRUE(failures_.lock()->empty());
  expect_lightening(20);
  EXPECT_TRUE(packets()[11].is_keyframe);
}

TEST(Libx264, BothEffortsHaveTheSameParameterSets) {
  for (const VideoUse use : {VideoUse::Screen, VideoUse::Camera}) {
    for (const Size size : {Size{320, 180}, Size{1920, 1080}, Size{3840, 2160}}) {
      const FramePtr frame = grey_frame(size.width, size.height, 100);
      const auto sets = [&](Effort effort) {
        const auto encoder =
            open_libx264({.first = *frame, .use = use, .frames_per_second = 30, .effort = effort}).value();
        const AVCodecContext& context = encoder->context();
        return std::vector<std::uint8_t>(context.extradata, context.extradata + context.extradata_size);
      };
      EXPECT_EQ(sets(Effort::Full), sets(Effort::Quick)) << size.width;
    }
  }
}

}  // namespace
}  // namespace meanwhile
