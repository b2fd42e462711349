// What is sent of a take while it is recorded, and what becomes of it.
#include "app/sending/take_sender.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/fetching/live_feed.h"
#include "app/sending/publisher.h"
#include "media/base/files.h"
#include "media/base/track_index.h"
#include "media/record/take.h"
#include "tests/media/record/recorder_rig.h"
#include "tests/support/library_place.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

class TakeSenderTest : public RecorderTest {
 protected:
  TakeSenderTest() {
    place_ = LibraryPlace::open(home_.path(), storage_, "Ada");
    settings_.listener = sender_;
    sender_->send_to(place_.outbox.get());
  }
  // Goes before the outbox, as in the program.
  ~TakeSenderTest() override { recorder_.reset(); }

  std::set<std::string> stored() {
    std::set<std::string> keys;
    const auto objects = storage_->list("clips/", "", {}).value();
    for (const ObjectInfo& object : objects) keys.insert(object.key);
    return keys;
  }
  std::vector<OutboxObject> sent(const std::string& clip) { return place_.outbox->objects(clip).value(); }
  bool has_sent(std::size_t count) {
    return changes_until([&] {
      std::this_thread::sleep_for(milliseconds(20));
      return sent(recorder_->status().clip).size() >= count;
    });
  }

  struct OnDisk {
    std::size_t objects = 0;           // that are whole: the init parts, and the segments that others follow
    MediaTime end = MediaTime::max();  // of the shortest track
  };
  OnDisk on_disk() {
    OnDisk all;
    for (const auto& entry : std::filesystem::directory_iterator(recorder_->status().folder)) {
      if (entry.path().extension() != ".mp4") continue;
      const auto file = FileSource::open(entry.path()).value();
      const auto index = index_track(*file);
      all.end = std::min(all.end, index ? index->end() : MediaTime{});
      if (index) all.objects += std::max<std::size_t>(1, cut_segments(*index).size());
    }
    return all;
  }
  // At one moment `length` was in the files, and all that was whole of it was sent.
  bool has_sent_all_of(MediaTime length) {
    bool was_so = false;
    return changes_until([&] {
      if (was_so) return true;
      std::this_thread::sleep_for(milliseconds(20));
      const OnDisk files = on_disk();
      was_so = files.end > length - seconds(2) && sent(recorder_->status().clip).size() == files.objects;
      return was_so;
    });
  }

  Publication prepare(const TakeSummary& summary) {
    return prepare_publication(read_take(summary.folder).value(),
                               {.title = "Where we stand", .channel = "", .author_name = "Ada"},
                               *place_.identity, sent(summary.clip))
        .value();
  }
  Manifest publish(const TakeSummary& summary) {
    Publication publication = prepare(summary);
    const Manifest manifest = manifest_in(publication);
    const std::vector<std::string> left_over = publication.left_over;
    EXPECT_TRUE(place_.outbox->add(summary.clip, std::move(publication.items), publication.events));
    EXPECT_TRUE(place_.outbox->withdraw(summary.clip, left_over));
    place_.outbox->start();
    EXPECT_EQ(place_.outbox->wait_until_stored(summary.clip, far_deadline()).value(), StoredOutcome::Stored);
    return manifest;
  }
  static Manifest manifest_in(const Publication& publication) {
    const Bytes& bytes = std::get<Bytes>(publication.items.back().source);
    return parse_manifest(as_text(bytes)).value();
  }

  // Joined, the stored objects are the take's files.
  void expect_whole(const Manifest& manifest, const std::filesystem::path& take) {
    for (const ManifestTrack& track : manifest.tracks) {
      Bytes joined = object(init_key(manifest.clip, track.name, track.init_number));
      for (const ManifestSegment& segment : track.segments) {
        const Bytes bytes = object(segment_key(manifest.clip, track.name, segment.number));
        joined.insert(joined.end(), bytes.begin(), bytes.end());
      }
      EXPECT_TRUE(joined == read_file(take / (track.name + ".mp4"), 16 << 20).value()) << track.name;
    }
  }
  Bytes object(const std::string& key) {
    auto bytes = storage_->get(key, kLargestObjectBytes, {}, {});
    EXPECT_TRUE(bytes) << key;
    return bytes.value_or(Bytes{});
  }
  // Nothing lies in the library but what the manifest names.
  bool has_nothing_else(const Manifest& manifest) {
    std::set<std::string> named{manifest_key(manifest.clip)};
    for (const ManifestFile& file : manifest.files) named.insert(clip_file_key(manifest.clip, file.name));
    for (const ManifestTrack& track : manifest.tracks) {
      named.insert(init_key(manifest.clip, track.name, track.init_number));
      for (const ManifestSegment& segment : track.segments)
        named.insert(segment_key(manifest.clip, track.name, segment.number));
    }
    return changes_until([&] { return stored() == named; });
  }

  ScratchFolder home_;
  std::shared_ptr<MemoryStorage> storage_ = std::make_shared<MemoryStorage>("library");
  LibraryPlace place_;
  std::shared_ptr<TakeSender> sender_ = std::make_shared<TakeSender>();
};

class LiveTakeTest : public TakeSenderTest {
 protected:
  LiveTakeTest() {
    sender_->send_to(place_.outbox.get(), place_.log);
    place_.outbox->start();
  }
  // What this home said of the take, in order: "live" or "ended".
  std::vector<std::string> said() {
    std::vector<std::string> words;
    EXPECT_TRUE(place_.log->for_each([&](const std::string&, const Json& event) -> Result<void> {
      if (event["type"] == "live") words.push_back(event.contains("ended") ? "ended" : "live");
      return {};
    }));
    return words;
  }
  std::shared_ptr<LiveFeed> watch() {
    auto feed = LiveFeed::open(storage_, std::make_shared<ObjectCache>(storage_, home_.path() / "cache"),
                               recorder_->status().clip, place_.identity->device().id(), {});
    EXPECT_TRUE(feed) << feed.error().message;
    return feed.value_or(nullptr);
  }
  bool goes_to(LiveFeed& feed, MediaTime moment) {
    return changes_until([&] {
      std::this_thread::sleep_for(milliseconds(20));
      return feed.end().end >= moment;
    });
  }
  bool has_parts() {
    const auto keys = stored();
    return std::ranges::any_of(keys, [](const std::string& key) { return is_part_key(key); });
  }
};

TEST_F(LiveTakeTest, OthersWatchWhileItIsRecorded) {
  start();
  play(seconds(20));
  const auto feed = watch();
  ASSERT_TRUE(feed);
  EXPECT_TRUE(goes_to(*feed, seconds(8)));
  play(seconds(40));
  EXPECT_TRUE(goes_to(*feed, seconds(28)));
  EXPECT_FALSE(feed->end().is_final);
  EXPECT_EQ(said(), std::vector<std::string>{"live"});
  const TakeSummary summary = recorder_->finish().value();
  EXPECT_TRUE(changes_until([&] { return feed->end().is_final; }));
  EXPECT_EQ(said(), (std::vector<std::string>{"live", "ended"}));
  // Its lists are of no use any more.
  EXPECT_TRUE(has_nothing_else(publish(summary)));
}

TEST_F(LiveTakeTest, TheBytesThatAreWatchedAreTheTakes) {
  start();
  play(seconds(20));
  const auto feed = watch();
  ASSERT_TRUE(feed && goes_to(*feed, seconds(8)));
  const ClipMedia media = feed->media();
  Bytes watched(1000);
  ASSERT_EQ(media.screen->read_at(0, watched).value_or(0), watched.size());
  Bytes recorded = read_file(recorder_->status().folder / "screen.mp4", 16 << 20).value();
  recorded.resize(watched.size());
  EXPECT_TRUE(watched == recorded);
  media.screen->abort();
  EXPECT_EQ(media.screen->read_at(0, watched).error().code, ErrorCode::Aborted);
}

TEST_F(LiveTakeTest, WhatIsThrownAwayIsNotThereAnyMore) {
  start();
  play(seconds(20));
  ASSERT_TRUE(watch());
  recorder_->cancel();
  EXPECT_EQ(said(), (std::vector<std::string>{"live", "ended"}));
  EXPECT_TRUE(changes_until([&] { return stored().empty(); }));
}

TEST_F(LiveTakeTest, WithoutLeaveNobodyWatches) {
  sender_->send_to(place_.outbox.get());
  start();
  play(seconds(20));
  ASSERT_TRUE(has_sent(3));
  EXPECT_TRUE(said().empty());
  EXPECT_FALSE(has_parts());
}

TEST_F(TakeSenderTest, SegmentsAreInTheLibraryBeforeTheTakeEnds) {
  place_.outbox->start();
  start();
  play(seconds(40));
  ASSERT_TRUE(has_sent(3 * 7));
  EXPECT_TRUE(changes_until([&] { return stored().size() >= 3 * 7; }));
  const std::set<std::string> early = stored();
  const TakeSummary summary = finish();
  const Manifest manifest = publish(summary);
  expect_whole(manifest, summary.folder);
  EXPECT_TRUE(has_nothing_else(manifest));
  EXPECT_TRUE(std::ranges::includes(stored(), early)) << "something was sent twice";
}

TEST_F(TakeSenderTest, ALongTakeLeavesAsLittleToDoAsAShortOne) {
  std::vector<std::size_t> left;
  for (const MediaTime length : {seconds(31), seconds(91)}) {
    start();
    play(length);
    ASSERT_TRUE(has_sent_all_of(length));
    const TakeSummary summary = finish();
    const std::size_t known = sent(summary.clip).size();
    const Publication publication = prepare(summary);
    left.push_back(publication.items.size() - known);
    EXPECT_TRUE(publication.left_over.empty());
    recorder_.reset();  // or it would take the sources from the next one
  }
  EXPECT_LE(left[1], left[0] + 3);
}

TEST_F(TakeSenderTest, WhatIsTakenBackLeavesTheLibrary) {
  place_.outbox->start();
  start();
  speak(seconds(45));
  play(milliseconds(700));
  speak(seconds(6));
  play(milliseconds(500));
  ASSERT_TRUE(has_sent(3 * 9));
  ASSERT_TRUE(recorder_->retake());
  recorder_->resume();
  speak(seconds(20));
  const TakeSummary summary = finish();
  const Manifest manifest = publish(summary);
  expect_whole(manifest, summary.folder);
  EXPECT_TRUE(has_nothing_else(manifest));
}

TEST_F(TakeSenderTest, AnOldNameIsNeverUsedForOtherBytes) {
  start();
  speak(seconds(25));
  play(milliseconds(700));
  speak(seconds(3));
  ASSERT_TRUE(has_sent(3 * 5));
  const auto before = sent(recorder_->status().clip);
  ASSERT_TRUE(recorder_->retake());
  recorder_->resume();
  speak(seconds(20));
  const TakeSummary summary = finish();
  const Publication publication = prepare(summary);
  for (const OutboxItem& item : publication.items) {
    for (const OutboxObject& old : before)
      EXPECT_FALSE(item.key == old.key && item.sha256 != old.sha256) << item.key;
  }
}

TEST_F(TakeSenderTest, ADiscardedTakeAndOneBegunAnewLeaveNothing) {
  place_.outbox->start();
  start();
  play(seconds(15));
  ASSERT_TRUE(has_sent(6));
  const std::string first = recorder_->status().clip;
  ASSERT_TRUE(recorder_->restart());
  const std::string second = recorder_->status().clip;
  play(seconds(15));
  ASSERT_TRUE(has_sent(6));
  recorder_->cancel();
  for (const std::string& clip : {first, second})
    EXPECT_EQ(place_.outbox->wait_until_stored(clip, far_deadline()).value(), StoredOutcome::Stored);
  EXPECT_TRUE(stored().empty());
}

TEST_F(TakeSenderTest, ATakeUnderWayToAnotherLibraryIsWithdrawnThere) {
  place_.outbox->start();
  start();
  play(seconds(15));
  ASSERT_TRUE(has_sent(6));
  sender_->send_to(nullptr);
  sender_->send_to(place_.outbox.get());
  play(seconds(15));
  const TakeSummary summary = finish();
  EXPECT_TRUE(changes_until([&] { return stored().empty(); }));
  const Manifest manifest = publish(summary);
  expect_whole(manifest, summary.folder);
  EXPECT_TRUE(has_nothing_else(manifest));
}

TEST_F(TakeSenderTest, WithoutALibraryTheTakeIsPublishedWhole) {
  sender_->send_to(nullptr);
  start();
  play(seconds(12));
  const TakeSummary summary = finish();
  EXPECT_TRUE(sent(summary.clip).empty());
  const Manifest manifest = publish(summary);
  expect_whole(manifest, summary.folder);
  for (const ManifestTrack& track : manifest.tracks) {
    EXPECT_EQ(track.init_number, 0U);
    EXPECT_EQ(track.segments.front().number, 1U);
  }
}

// A person may trim what was sent already: the file is another one then, at the same place.
TEST_F(TakeSenderTest, WhatWasWithdrawnAltogetherGetsNewNames) {
  place_.outbox->start();
  start();
  play(seconds(15));
  ASSERT_TRUE(has_sent(6));
  const TakeSummary summary = finish();
  std::vector<std::string> all;
  for (const OutboxObject& object : sent(summary.clip)) all.push_back(object.key);
  ASSERT_TRUE(place_.outbox->withdraw(summary.clip, all));
  const Manifest manifest = publish(summary);
  expect_whole(manifest, summary.folder);
  EXPECT_TRUE(has_nothing_else(manifest));
  for (const ManifestTrack& track : manifest.tracks) EXPECT_GT(track.init_number, 0U);
}

}  // namespace
}  // namespace meanwhile
