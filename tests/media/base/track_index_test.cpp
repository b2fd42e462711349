#include "media/base/track_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

TrackIndex index_of(const Bytes& bytes) {
  MemorySource source(bytes);
  auto index = index_track(source);
  EXPECT_TRUE(index) << index.error().message;
  return index.value_or(TrackIndex{});
}

Bytes ten_seconds() {
  return make_video_track(constant_rate(300, 30));
}

TEST(TrackIndex, FragmentsCoverTheFileWithoutGaps) {
  const Bytes bytes = ten_seconds();
  const TrackIndex index = index_of(bytes);
  ASSERT_EQ(index.fragments.size(), 10u);
  std::uint64_t end = index.init_size_bytes;
  MediaTime time{};
  for (const Fragment& fragment : index.fragments) {
    EXPECT_EQ(fragment.offset, end);
    EXPECT_NEAR(to_seconds(fragment.start), to_seconds(time), 0.0001);
    EXPECT_EQ(fragment.samples, 30);
    end += fragment.size_bytes;
    time = fragment.start + fragment.duration;
  }
  EXPECT_EQ(end, bytes.size());
  EXPECT_EQ(index.whole_size_bytes, bytes.size());
  EXPECT_NEAR(to_seconds(index.end()), 10, 0.0001);
}

TEST(TrackIndex, KnowsWhichFragmentsStartWithAKeyframe) {
  const TrackIndex index = index_of(ten_seconds());
  for (std::size_t i = 0; i < index.fragments.size(); ++i) {
    EXPECT_EQ(index.fragments[i].starts_with_keyframe, i % 2 == 0) << i;
  }
}

TEST(TrackIndex, EverySoundFragmentIsAPlaceToStart) {
  const TrackIndex index = index_of(make_sound_track({.duration = 5s}));
  ASSERT_GE(index.fragments.size(), 4u);
  for (const Fragment& fragment : index.fragments) EXPECT_TRUE(fragment.starts_with_keyframe);
}

TEST(TrackIndex, TornEndIsLeftOutWhereverItTears) {
  const Bytes bytes = ten_seconds();
  const TrackIndex whole = index_of(bytes);
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    const std::size_t size = whole.init_size_bytes + random() % (bytes.size() - whole.init_size_bytes);
    const TrackIndex torn = index_of(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
    EXPECT_LE(torn.whole_size_bytes, size);
    ASSERT_LT(torn.fragments.size(), whole.fragments.size());
    EXPECT_GT(
        whole.fragments[torn.fragments.size()].offset + whole.fragments[torn.fragments.size()].size_bytes,
        size);
  }
}

TEST(TrackIndex, ZerosAtTheEndAreLeftOut) {
  Bytes bytes = ten_seconds();
  const auto size = bytes.size();
  bytes.resize(size + 100'000);
  EXPECT_EQ(index_of(bytes).whole_size_bytes, size);
}

TEST(TrackIndex, NoInitPartIsCorrupt) {
  const Bytes bytes = ten_seconds();
  for (const Bytes& bad : {Bytes{}, Bytes(10'000), Bytes(bytes.begin() + 100, bytes.end()),
                           Bytes(bytes.begin(), bytes.begin() + 300), to_bytes("{\"format\": 1}")}) {
    MemorySource source(bad);
    const auto index = index_track(source);
    ASSERT_FALSE(index);
    EXPECT_EQ(index.error().code, ErrorCode::Corrupt);
  }
}

TEST(TrackIndex, DamageNeverLeadsOutOfTheFile) {
  const Bytes whole = ten_seconds();
  std::mt19937 random(2);
  for (int i = 0; i < 2000; ++i) {
    Bytes bytes = whole;
    for (int n = 0; n < 4; ++n) bytes[random() % 2000] = static_cast<std::byte>(random());
    MemorySource source(bytes);
    const auto index = index_track(source);
    if (!index) continue;
    ASSERT_LE(index->whole_size_bytes, bytes.size());
    for (const Fragment& fragment : index->fragments)
      ASSERT_LE(fragment.offset + fragment.size_bytes, bytes.size());
  }
}

TEST(TrackIndex, WalkerFindsWhatWasAppendedSince) {
  // A source whose end moves.
  class Growing final : public ByteSource {
   public:
    explicit Growing(Bytes bytes) : bytes_(std::move(bytes)) {}
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override {
      const auto count = offset < visible ? std::min<std::uint64_t>(into.size(), visible - offset) : 0;
      std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
      return static_cast<std::size_t>(count);
    }
    Result<std::uint64_t> size() override { return visible; }
    std::uint64_t visible = 0;

   private:
    const Bytes bytes_;
  };
  const Bytes bytes = ten_seconds();
  const TrackIndex index = index_of(bytes);
  Growing source(bytes);
  source.visible = index.fragments[1].offset + 10;
  const auto walker = TrackWalker::create(source);
  ASSERT_TRUE(walker);
  EXPECT_TRUE(*(*walker)->next());
  EXPECT_FALSE(*(*walker)->next());
  source.visible = bytes.size();
  for (std::size_t i = 1; i < index.fragments.size(); ++i) {
    const auto fragment = (*walker)->next();
    ASSERT_TRUE(*fragment);
    EXPECT_EQ((*fragment)->offset, index.fragments[i].offset);
  }
  EXPECT_FALSE(*(*walker)->next());
}

TEST(CutSegments, StartAtKeyframesAndLastFourSecondsOrMore) {
  const TrackIndex index = index_of(ten_seconds());
  const auto segments = cut_segments(index);
  ASSERT_EQ(segments.size(), 3u);
  std::uint64_t end = index.init_size_bytes;
  for (const Segment& segment : segments) {
    EXPECT_EQ(segment.offset, end);
    end += segment.size_bytes;
  }
  EXPECT_EQ(end, index.whole_size_bytes);
  EXPECT_NEAR(to_seconds(segments[1].start), 4, 0.001);
  EXPECT_NEAR(to_seconds(segments[1].duration), 4, 0.001);
}

TEST(CutSegments, StayBelowTheLargestObject) {
  TrackIndex index;
  for (std::uint64_t i = 0; i < 10; ++i) {
    index.fragments.push_back(
        {.offset = i * 30'000'000, .size_bytes = 30'000'000, .start = i * 1s, .duration = 1s, .samples = 1});
  }
  for (const Segment& segment : cut_segments(index)) EXPECT_LT(segment.size_bytes, 64u << 20);
}

TEST(TrackWalker, SamplesLieOneBehindTheOtherWithinTheirFragment) {
  MemorySource source(ten_seconds());
  const auto walker = TrackWalker::create(source).value();
  MediaTime time{};
  while (const auto fragment = walker->next().value()) {
    const auto samples = walker->samples_of(*fragment);
    ASSERT_TRUE(samples) << samples.error().message;
    ASSERT_EQ(samples->size(), static_cast<std::size_t>(fragment->samples));
    std::uint64_t end = samples->front().offset;
    for (const TrackSample& sample : *samples) {
      EXPECT_EQ(sample.offset, end);
      EXPECT_NEAR(to_seconds(sample.at), to_seconds(time), 0.0001);
      EXPECT_FALSE(sample.is_reordered);
      end = sample.offset + sample.size_bytes;
      time = sample.at + sample.duration;
    }
    EXPECT_EQ(samples->front().is_keyframe, fragment->starts_with_keyframe);
    EXPECT_EQ(end, fragment->offset + fragment->size_bytes);
  }
  EXPECT_NEAR(to_seconds(time), 10, 0.0001);
}

TEST(TrackWalker, SamplesThatAreShownInAnotherOrderSaySo) {
  VideoSpec spec = constant_rate(30, 30);
  MemorySource source(make_reordered_track(spec));
  const auto walker = TrackWalker::create(source).value();
  const auto samples = walker->samples_of(*walker->next().value()).value();
  EXPECT_TRUE(std::ranges::any_of(samples, &TrackSample::is_reordered));
}

}  // namespace
}  // namespace meanwhile::test
