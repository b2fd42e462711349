#include "app/fetching/clip_store.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "media/base/track_index.h"
#include "tests/support/environment.h"
#include "tests/support/play_rig.h"
#include "tests/support/test_clip.h"
#include "upload/decorate/forwarding_storage.h"
#include "upload/memory/memory_storage.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;
using test::PlayRig;

bool has(const std::vector<std::string>& keys, const std::string& key) {
  return std::ranges::find(keys, key) != keys.end();
}

constexpr const char* kClip = "01kb0000000000000000000000";

// Remembers what it was asked for.
class WatchedStorage final : public ForwardingStorage {
 public:
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override {
    asked_.lock()->push_back(key);
    return inner_.get(key, limit_bytes, range, std::move(stop));
  }
  std::string description() const override { return "watched"; }

  std::vector<std::string> asked() const {
    auto keys = asked_.copy();
    std::ranges::sort(keys);
    return keys;
  }

 private:
  Result<Storage*> inner() override { return &inner_; }

  MemoryStorage inner_{"library"};
  Guarded<std::vector<std::string>> asked_;
};

// A clip of 40 s with real tracks, as its author published it.
class PublishedClip : public ::testing::Test {
 protected:
  PublishedClip() {
    test::VideoSpec screen = test::constant_rate(1200, 30);
    screen.keyframe_every = 30;
    manifest_ = {.clip = kClip,
                 .title = "Forty seconds",
                 .person = std::string(26, 'a'),
                 .device = std::string(26, 'a'),
                 .author_name = "Anna",
                 .recorded = WallTime(1'795'000'000'000ms),
                 .duration = screen.end};
    add_track("screen", "avc1.640028", 320, 180, test::make_video_track(screen));
    add_track("voice", "mp4a.40.2", 0, 0, test::make_sound_track({.duration = screen.end}));
    add_file("pointer.jsonl", to_bytes("{\"t\":0,\"x\":1,\"y\":1,\"shape\":0,\"down\":0}\n"));
    const std::string text = to_text(to_json(manifest_).value());
    EXPECT_TRUE(storage_->put(manifest_key(kClip), as_byte_span(text), {}));
    clip_.id = kClip;
    clip_.author_name = "Anna";
    clip_.manifest_sha256 = sha256_hex(as_byte_span(text));
  }

  ManifestObject put(const std::string& key, std::span<const std::byte> bytes) {
    EXPECT_TRUE(storage_->put(key, bytes, {}));
    return {bytes.size(), sha256_hex(bytes)};
  }

  void add_track(const std::string& name, const std::string& codec, int width, int height, Bytes bytes) {
    MemorySource source(bytes);
    const TrackIndex index = index_track(source).value();
    const auto part = [&](std::uint64_t offset, std::uint64_t size) {
      return std::span<const std::byte>(bytes).subspan(offset, size);
    };
    ManifestTrack track{.name = name, .codec = codec, .width = width, .height = height};
    track.init = put(init_key(kClip, name), part(0, index.init_size_bytes));
    track.bytes = track.init.bytes;
    for (const Segment& segment : cut_segments(index)) {
      const std::size_t number = track.segments.size() + 1;
      const auto object = put(segment_key(kClip, name, number), part(segment.offset, segment.size_bytes));
      track.segments.push_back({object.bytes, object.sha256, number, segment.start, segment.duration});
      track.bytes += object.bytes;
    }
    track.duration = index.end();
    manifest_.tracks.push_back(std::move(track));
  }

  void add_file(const std::string& name, const Bytes& bytes) {
    const auto object = put(clip_file_key(kClip, name), bytes);
    manifest_.files.push_back({name, object.bytes, object.sha256});
  }

  std::string segment_at(const std::string& track, MediaTime moment) const {
    const auto& segments = manifest_.track(track)->segments;
    const auto after = std::ranges::upper_bound(segments, moment, {}, &ManifestSegment::start);
    return segment_key(kClip, track, std::prev(after)->number);
  }

  ScopedFolder folder_;
  std::shared_ptr<WatchedStorage> storage_ = std::make_shared<WatchedStorage>();
  ClipStore store_{folder_.path() / "takes", storage_, folder_.path() / "cache"};
  Manifest manifest_;
  Clip clip_;
};

TEST_F(PublishedClip, FirstPictureInTheMiddleFetchesNothingThatItDoesNotNeed) {
  auto opened = store_.open_published(clip_, {}, PointerTime::Later);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(storage_->asked(), std::vector{manifest_key(kClip)});
  opened->media.start = 30s;
  PlayRig rig(opened->media, nullptr);
  ASSERT_TRUE(rig.pump_until([&] { return rig.shown() == 900; }));
  // Sound is made ready meanwhile, of that moment too.
  std::vector<std::string> wanted{manifest_key(kClip), init_key(kClip, "screen"), segment_at("screen", 30s),
                                  init_key(kClip, "voice"), segment_at("voice", 30s)};
  for (const std::string& key : storage_->asked()) {
    const bool comes_next = key == segment_at("screen", 34s) || key == segment_at("voice", 34s);
    EXPECT_TRUE(has(wanted, key) || comes_next) << key;
  }
  EXPECT_TRUE(has(storage_->asked(), segment_at("screen", 30s)));
}

TEST_F(PublishedClip, ASeekFetchesThePieceThatItGoesTo) {
  auto opened = store_.open_published(clip_, {}, PointerTime::Later);
  ASSERT_TRUE(opened);
  opened->media.voice = nullptr;
  PlayRig rig(opened->media, nullptr);
  ASSERT_TRUE(rig.settle());
  rig.player().seek(25s);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 750);
  EXPECT_FALSE(has(storage_->asked(), segment_at("screen", 15s)));
}

TEST_F(PublishedClip, EveryMomentIsTheRightOneWhateverWasFetchedBefore) {
  auto opened = store_.open_published(clip_, {}, PointerTime::Later);
  ASSERT_TRUE(opened);
  PlayRig rig(opened->media, nullptr);
  for (const int number : {1199, 3, 600, 599, 601, 30, 29, 900, 119, 120, 0}) {
    rig.player().seek(MediaTime(number * 1'000'000LL / 30 + 1000));
    ASSERT_TRUE(rig.settle());
    EXPECT_EQ(rig.shown(), number);
  }
}

class ArrangedClip : public PublishedClip {
 protected:
  // As its author's event names it.
  void arrange(const std::string& text) {
    const std::string sha256 = sha256_hex(as_byte_span(text));
    const std::string name = added_name(AdditionKind::Arrangement, std::string(26, 'a'), sha256);
    EXPECT_TRUE(storage_->put(added_key(kClip, name), as_byte_span(text), {}));
    clip_.additions = {{.kind = AdditionKind::Arrangement, .object = {name, text.size(), sha256}}};
  }
};

TEST_F(ArrangedClip, ShowsWhatItsAuthorLeftIn) {
  arrange(R"({"parts":[{"from_us":20000000,"to_us":30000000},{"from_us":0,"to_us":5000000}]})");
  auto opened = store_.open(clip_, {}, PointerTime::Later);
  ASSERT_TRUE(opened) << opened.error().message;
  PlayRig rig(opened->media, nullptr);
  ASSERT_TRUE(rig.pump_until([&] { return rig.shown() == 600; }));
  EXPECT_EQ(rig.player().status().edited_duration, 15s);
  EXPECT_EQ(store_.open(clip_, {}, PointerTime::Later, AsArranged::No)->media.edits, nullptr);
}

TEST_F(ArrangedClip, IsShownAsItWasRecordedWhereTheArrangementMakesNoSense) {
  for (const char* nonsense : {"{", R"({"format":2})", R"({"parts":[{"from_us":0,"to_us":99000000}]})"}) {
    arrange(nonsense);
    const auto opened = store_.open(clip_, {}, PointerTime::Later);
    ASSERT_TRUE(opened) << nonsense << opened.error().message;
    EXPECT_EQ(opened->media.edits, nullptr);
    EXPECT_NE(opened->trouble, "") << nonsense;
  }
}

TEST_F(ArrangedClip, WaitsForAnArrangementThatIsNotHereYet) {
  arrange("{}");
  clip_.additions.front().object.name = std::string(26, 'b') + ".json";
  const auto opened = store_.open(clip_, {}, PointerTime::Later);
  ASSERT_FALSE(opened) << "it could show what its author has cut out";
  clip_.is_mine = true;
  const auto own = store_.open(clip_, {}, PointerTime::Later);
  ASSERT_TRUE(own) << "from its author nothing is kept: " << own.error().message;
  EXPECT_NE(own->trouble, "");
}

TEST_F(ArrangedClip, JoinsOnlyWhatIsItsAuthorsOwn) {
  const std::string other = "01kb0000000000000000000001";
  const std::string text =
      R"({"joined":[{"clip":")" + other + R"(","from_us":50000000,"to_us":60000000}],)" +
      R"("parts":[{"from_us":50000000,"to_us":51000000},{"from_us":0,"to_us":5000000}]})";
  for (const char* author : {"anna", "ben"}) {
    Clip joined = clip_;
    joined.author = author;
    const ClipStore store(folder_.path() / "takes", storage_, folder_.path() / "cache", kUsualCacheLimitBytes,
                          [joined](const std::string&) { return joined; });
    clip_.author = "anna";
    arrange(text);
    const auto opened = store.open(clip_, {}, PointerTime::Later);
    ASSERT_TRUE(opened) << opened.error().message;
    ASSERT_EQ(opened->media.joined.size(), 1u);
    EXPECT_EQ(opened->media.joined.front().media != nullptr, std::string_view(author) == "anna");
    EXPECT_EQ(opened->trouble.empty(), std::string_view(author) == "anna");
  }
}

TEST_F(PublishedClip, ThePointerCanComeLater) {
  auto opened = store_.open_published(clip_, {}, PointerTime::Later);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->media.pointer, nullptr);
  EXPECT_NE(store_.pointer(*opened->manifest, {}), nullptr);
}

}  // namespace
}  // namespace meanwhile
