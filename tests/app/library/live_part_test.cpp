#include "app/library/live_part.h"

#include <gtest/gtest.h>

#include "upload/signed_document.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

constexpr const char* kClip = "01jdhx2v5m7k8q9r0s1t2v3w4x";
const std::string kHash(64, 'a');

ManifestSegment segment(std::size_t number, seconds start, seconds duration = seconds(4)) {
  return {100, kHash, number, start, duration};
}

ManifestTrack track(const std::string& name, std::vector<ManifestSegment> segments) {
  return {.name = name, .codec = "avc1", .init = {10, kHash}, .segments = std::move(segments)};
}

LivePart part(std::size_t number, std::vector<ManifestTrack> tracks) {
  return {.clip = kClip, .number = number, .keep = {}, .is_last = false, .tracks = std::move(tracks)};
}

class LivePartTest : public testing::Test {
 protected:
  std::string device() const { return key_.public_key().id(); }
  ErrorCode refusal(const Bytes& bytes, std::size_t number = 1) {
    const auto read = read_live_part(bytes, kClip, number, device());
    return read ? ErrorCode::Internal : read.error().code;
  }
  KeyPair key_ = KeyPair::generate();
};

TEST_F(LivePartTest, ComesBackAsItWasMade) {
  LivePart made = part(3, {track("screen", {segment(7, seconds(4)), segment(9, seconds(8))})});
  made.keep = seconds(12);
  made.is_last = true;
  const auto read = read_live_part(make_live_part(made, key_), kClip, 3, device());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->keep, seconds(12));
  EXPECT_TRUE(read->is_last);
  ASSERT_EQ(read->tracks.size(), 1u);
  ASSERT_EQ(read->tracks[0].segments.size(), 2u);
  EXPECT_EQ(read->tracks[0].segments[1].number, 9u);
  EXPECT_EQ(read->tracks[0].segments[1].start, seconds(8));
}

TEST_F(LivePartTest, OnlyTheRecordingDeviceCounts) {
  const Bytes good = make_live_part(part(1, {}), key_);
  EXPECT_TRUE(read_live_part(good, kClip, 1, device()));
  EXPECT_EQ(refusal(make_live_part(part(1, {}), KeyPair::generate())), ErrorCode::Corrupt);
  Bytes changed = good;
  changed[changed.size() / 2] ^= std::byte{1};
  EXPECT_NE(refusal(changed), ErrorCode::Internal);
}

TEST_F(LivePartTest, AnotherPlaceOrClipIsRefused) {
  const Bytes good = make_live_part(part(1, {}), key_);
  EXPECT_EQ(refusal(good, 2), ErrorCode::Corrupt);
  LivePart other = part(1, {});
  other.clip = "01jdhx2v5m7k8q9r0s1t2v3w4z";
  EXPECT_EQ(refusal(make_live_part(other, key_)), ErrorCode::Corrupt);
}

TEST_F(LivePartTest, TracksThatMakeNoSenseAreRefused) {
  EXPECT_EQ(refusal(make_live_part(part(1, {track("../x", {})}), key_)), ErrorCode::Corrupt);
  EXPECT_EQ(refusal(make_live_part(part(1, {track("screen", {}), track("screen", {})}), key_)),
            ErrorCode::Corrupt);
}

TEST(LiveTimeline, GrowsAsFarAsAllTracksGo) {
  LiveTimeline timeline;
  ASSERT_TRUE(timeline.add(part(1, {track("screen", {segment(1, seconds(0))})})));
  EXPECT_EQ(timeline.end(), seconds(4));
  ASSERT_TRUE(timeline.add(part(2, {track("voice", {segment(1, seconds(0), seconds(3))})})));
  EXPECT_EQ(timeline.end(), seconds(3));
  EXPECT_EQ(timeline.generation(), 2);  // a track came
  ASSERT_TRUE(timeline.add(part(3, {track("screen", {segment(2, seconds(4))})})));
  EXPECT_EQ(timeline.generation(), 2);
  EXPECT_EQ(timeline.tracks()[0].bytes, 210u);
  EXPECT_EQ(timeline.tracks()[0].duration, seconds(8));
}

TEST(LiveTimeline, WhatWasTakenBackIsGone) {
  LiveTimeline timeline;
  ASSERT_TRUE(timeline.add(part(1, {track("screen", {segment(1, seconds(0)), segment(2, seconds(4))})})));
  LivePart again = part(2, {track("screen", {segment(3, seconds(4), seconds(2))})});
  again.keep = seconds(5);
  ASSERT_TRUE(timeline.add(again));
  EXPECT_EQ(timeline.end(), seconds(6));
  EXPECT_EQ(timeline.generation(), 2);
  EXPECT_EQ(timeline.tracks()[0].segments[1].number, 3u);
  EXPECT_EQ(timeline.tracks()[0].bytes, 210u);
}

TEST(LiveTimeline, SegmentsThatGoBackwardsChangeNothing) {
  LiveTimeline timeline;
  ASSERT_TRUE(timeline.add(part(1, {track("screen", {segment(1, seconds(0))})})));
  EXPECT_FALSE(timeline.add(part(2, {track("screen", {segment(2, seconds(1))})})));
  EXPECT_EQ(timeline.parts(), 1u);
  EXPECT_EQ(timeline.end(), seconds(4));
}

}  // namespace
}  // namespace meanwhile
