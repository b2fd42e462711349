#include "media/record/video_encoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "media/base/files.h"
#include "media/base/track_index.h"
#include "tests/support/scripted_sources.h"
#include "tests/support/track_inspection.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;

constexpr int kWidth = 320;
constexpr int kHeight = 180;

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
  void finish(VideoEncoder& encoder, std::optional<MediaTime> end) {
    encoder.finish(end);
    ASSERT_TRUE(disk_.finish());
  }
  std::vector<PacketFacts> packets() { return packets_of(path_).value(); }
  TrackIndex index() { return index_track(*FileSource::open(path_).value()).value(); }

  ScratchFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "screen.mp4";
  Guarded<std::vector<Error>> failures_;
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

}  // namespace
}  // namespace meanwhile
