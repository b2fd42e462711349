#include "upload/outbox.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <future>
#include <set>
#include <thread>

#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "tests/support/library_place.h"
#include "upload/decorate/forwarding_storage.h"
#include "upload/file_lock.h"
#include "upload/journal.h"
#include "upload/log_writer.h"
#include "upload/memory/memory_storage.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr const char* kClip = "01clip";

OutboxItem object(const std::string& key, const std::string& text) {
  return {.key = key, .source = to_bytes(text)};
}

// Remembers the order in which things were stored.
class OrderedStorage final : public ForwardingStorage {
 public:
  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override {
    order_.lock()->push_back(key);
    return inner_.put(key, bytes, stop);
  }
  std::string description() const override { return "ordered"; }
  std::vector<std::string> order() const { return order_.copy(); }

 private:
  Result<Storage*> inner() override { return &inner_; }

  MemoryStorage inner_{"ordered"};
  Guarded<std::vector<std::string>> order_;
};

// Stores, but its answer doesn't come before the stop.
class SilentStorage final : public ForwardingStorage {
 public:
  explicit SilentStorage(std::shared_ptr<Storage> inner) : inner_(std::move(inner)) {}
  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override {
    const auto stored = inner_->put(key, bytes, {});
    std::promise<void> stopped;
    const std::stop_callback on_stop(stop, [&] { stopped.set_value(); });
    // Another thread, not stopped yet, may try the same again.
    if (!was_told_.exchange(true)) has_stored_.set_value();
    stopped.get_future().wait();
    return fail(ErrorCode::Aborted, "stopped");
  }
  std::string description() const override { return "silent"; }
  void wait_until_stored() { has_stored_.get_future().wait(); }

 private:
  Result<Storage*> inner() override { return inner_.get(); }

  const std::shared_ptr<Storage> inner_;
  std::promise<void> has_stored_;
  std::atomic<bool> was_told_ = false;
};

// Takes what has "hangs" in its name only when it is asked to stop.
class HangingStorage final : public ForwardingStorage {
 public:
  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override {
    if (!key.contains("hangs")) return inner_.put(key, bytes, std::move(stop));
    std::promise<void> stopped;
    const std::stop_callback on_stop(stop, [&] { stopped.set_value(); });
    stopped.get_future().wait();
    return fail(ErrorCode::Aborted, "stopped");
  }
  std::string description() const override { return "hanging"; }

 private:
  Result<Storage*> inner() override { return &inner_; }
  MemoryStorage inner_{"hanging"};
};

// Says yes to an empty object and to heads, and keeps none.
class HeadLosingStorage final : public ForwardingStorage {
 public:
  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override {
    const bool is_lost = bytes.empty() || (key.starts_with(kHeadsPrefix) && loses_heads_);
    return is_lost ? Result<void>() : inner_.put(key, bytes, std::move(stop));
  }
  std::string description() const override { return "the place"; }
  void mend() { loses_heads_ = false; }

 private:
  Result<Storage*> inner() override { return &inner_; }

  MemoryStorage inner_{"losing"};
  std::atomic<bool> loses_heads_ = true;
};

class OutboxTest : public testing::Test {
 protected:
  void SetUp() override { place_ = LibraryPlace::open(home_.path(), storage_, "Ada"); }
  Outbox& outbox() { return *place_.outbox; }
  StoredOutcome wait(const std::string& group = kClip) {
    return *outbox().wait_until_stored(group, far_deadline());
  }
  std::string stored(const std::string& key) {
    const auto bytes = memory_->get(key, 1 << 20, {}, {});
    return bytes ? std::string(as_text(*bytes)) : "";
  }
  std::filesystem::path file(const std::string& text) {
    const auto path = home_.path() / "track.mp4";
    std::ofstream(path, std::ios::trunc) << text;
    return path;
  }

  ScopedFolder home_;
  std::shared_ptr<MemoryStorage> memory_ = std::make_shared<MemoryStorage>("library");
  std::shared_ptr<FlakyStorage> storage_ = std::make_shared<FlakyStorage>(memory_);
  LibraryPlace place_;
};

TEST_F(OutboxTest, WhatWasPromisedToALibraryThatGaveWayIsSentHereOnce) {
  const ScopedFolder other_home;
  const LibraryPlace other = LibraryPlace::open(other_home.path(), storage_, "Ada");
  const auto path = file("0123456789");
  ASSERT_TRUE(other.outbox->add(kClip,
                                {object("clips/a/clip.json", "manifest"),
                                 object("clips/a/taken-back.m4s", "gone"),
                                 {.key = "clips/a/1.m4s", .source = FileRange{path, 2, 5}}},
                                {say("published")}));
  ASSERT_TRUE(other.outbox->withdraw(kClip, {"clips/a/taken-back.m4s"}));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(outbox().take_over(other.database));
  outbox().start();
  EXPECT_EQ(wait(), StoredOutcome::Stored);
  ASSERT_TRUE(outbox().take_over(other.database));
  EXPECT_EQ(stored("clips/a/clip.json"), "manifest");
  EXPECT_EQ(stored("clips/a/1.m4s"), "23456");
  EXPECT_EQ(stored("clips/a/taken-back.m4s"), "");
  int said = 0;
  ASSERT_TRUE(place_.log->for_each([&](const std::string&, const Json&) -> Result<void> {
    ++said;
    return {};
  }));
  EXPECT_EQ(said, 1);
}

TEST_F(OutboxTest, AWordThatAnotherProcessKeepsFromBeingSentIsSaidToWait) {
  auto lock_path = place_.database;
  lock_path += ".log-lock";
  const auto lock = FileLock::wait(lock_path);
  ASSERT_TRUE(lock);
  ASSERT_TRUE(place_.log->append({say("hello")}));
  outbox().start();
  ASSERT_TRUE(becomes_true([&] { return outbox().status()->last_error.has_value(); }));
  EXPECT_TRUE(outbox().status()->last_error->contains("another Meanwhile"));
}

TEST_F(OutboxTest, StoresBytesAndPartsOfFiles) {
  ASSERT_TRUE(outbox().add(kClip, {object("clips/a/clip.json", "manifest"),
                                   {.key = "clips/a/1.m4s", .source = FileRange{file("0123456789"), 2, 5}}}));
  outbox().start();
  EXPECT_EQ(wait(), StoredOutcome::Stored);
  EXPECT_EQ(stored("clips/a/1.m4s"), "23456");
  EXPECT_EQ(stored("clips/a/clip.json"), "manifest");
  EXPECT_EQ(outbox().group_status(kClip)->bytes_stored, 13u);
  EXPECT_TRUE(outbox().status()->groups.empty());
}

TEST_F(OutboxTest, NothingIsSentBeforeStart) {
  ASSERT_TRUE(outbox().add(kClip, {object("clips/a", "x")}));
  EXPECT_EQ(*outbox().wait_until_stored(kClip, std::chrono::steady_clock::now()),
            StoredOutcome::DeadlinePassed);
  EXPECT_EQ(outbox().status()->waiting_items, 1);
  EXPECT_EQ(outbox().status()->waiting_bytes, 1u);
}

TEST_F(OutboxTest, WhatIsUnderWayIsKnownByItsBeginningAndItsEnd) {
  ASSERT_TRUE(outbox().add("a poster", {object("clips/one/added/a.jpg", "a picture")}, {}));
  EXPECT_TRUE(outbox().is_sending_below("clips/one/").value());
  EXPECT_FALSE(outbox().is_sending_below("clips/one/", ".jpg").value());
  EXPECT_FALSE(outbox().is_sending_below("clips/two/").value());
  ASSERT_TRUE(outbox().add("captions", {object("clips/one/added/b.vtt", "words")}, {}));
  EXPECT_TRUE(outbox().is_sending_below("clips/one/", ".jpg").value());
}

TEST_F(OutboxTest, APauseKeepsClipsAndLetsWordsGo) {
  ASSERT_TRUE(outbox().set_limits({.is_paused = true}));
  ASSERT_TRUE(outbox().add(kClip, {object("clips/a/1.m4s", "x")}));
  const auto word = place_.log->append({say("comment")});
  outbox().start();
  EXPECT_EQ(*outbox().wait_until_stored(word->last, far_deadline()), StoredOutcome::Stored);
  EXPECT_EQ(stored("clips/a/1.m4s"), "");
  EXPECT_TRUE(outbox().status()->is_paused);
  ASSERT_TRUE(outbox().set_limits({}));
  EXPECT_EQ(wait(), StoredOutcome::Stored);
}

TEST_F(OutboxTest, APauseSurvivesARestart) {
  ASSERT_TRUE(outbox().set_limits({.is_paused = true, .bytes_per_second = 4000}));
  place_ = {};
  place_ = LibraryPlace::open(home_.path(), storage_, "Ada");
  EXPECT_EQ(*outbox().limits(), (SendingLimits{.is_paused = true, .bytes_per_second = 4000}));
}

// Never more than one segment is under way then, and each is followed by as long a pause as it is worth.
TEST_F(OutboxTest, UnderALimitSegmentsTakeTurns) {
  ASSERT_TRUE(outbox().set_limits({.bytes_per_second = 100'000}));
  std::vector<OutboxItem> items;
  for (int i = 0; i < 5; ++i)
    items.push_back(object(fmt::format("clips/a/{}.m4s", i), std::string(5000, 'x')));
  ASSERT_TRUE(outbox().add(kClip, std::move(items)));
  const auto began = std::chrono::steady_clock::now();
  outbox().start();
  EXPECT_EQ(wait(), StoredOutcome::Stored);
  // The last one needn't be waited for. A lower bound, which no slow machine breaks.
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(200));
}

TEST(OutboxNotes, WhatIsStoredIsSaidWhileTheRestHangs) {
  const ScopedFolder home;
  const auto place = LibraryPlace::open(home.path(), std::make_shared<HangingStorage>(), "Ada");
  std::vector<OutboxItem> items;
  for (int i = 0; i < 30; ++i)
    items.push_back(object(fmt::format("{}{:02}", i % 10 == 9 ? "hangs" : "goes", i), "text"));
  ASSERT_TRUE(place.outbox->add(kClip, std::move(items)));
  const auto stored = [&] { return place.outbox->group_status(kClip)->items_stored; };
  std::promise<void> all_others;
  std::atomic<bool> was_told = false;
  place.outbox->set_listener([&] {
    if (stored() == 27 && !was_told.exchange(true)) all_others.set_value();
  });
  place.outbox->start();
  EXPECT_EQ(all_others.get_future().wait_until(far_deadline()), std::future_status::ready);
  place.outbox->stop();
  EXPECT_EQ(stored(), 27);
}

TEST_F(OutboxTest, SurvivesARestart) {
  ASSERT_TRUE(outbox().add(kClip, {object("clips/a", "x")}, {say("published")}));
  place_ = {};
  place_ = LibraryPlace::open(home_.path(), storage_, "Ada");
  outbox().start();
  EXPECT_EQ(wait(), StoredOutcome::Stored);
  EXPECT_EQ(stored("clips/a"), "x");
  EXPECT_FALSE(stored(batch_key(place_.identity->device().id(), 1)).empty());
}

TEST(OutboxOrder, SmallThingsFirstAndTheWordAfterAll) {
  const ScopedFolder home;
  const auto storage = std::make_shared<OrderedStorage>();
  LibraryPlace place = LibraryPlace::open(home.path(), storage, "Ada");
  std::vector<OutboxItem> items;
  for (int i = 0; i < 20; ++i) items.push_back(object("clips/" + std::to_string(i), "s"));
  items.push_back(object("clips/clip.json", "m"));
  items.back().priority = OutboxPriority::Small;
  items.push_back(object("clips/poster.jpg", "p"));
  items.back().priority = OutboxPriority::Poster;
  ASSERT_TRUE(place.outbox->add(kClip, items, {say("published")}));
  place.outbox->start();
  ASSERT_EQ(*place.outbox->wait_until_stored(kClip, far_deadline()), StoredOutcome::Stored);
  const auto order = storage->order();
  const auto at = [&](const std::string& key) { return std::ranges::find(order, key) - order.begin(); };
  EXPECT_LT(at("clips/clip.json"), 8);
  EXPECT_LT(at("clips/poster.jpg"), 8);
  const std::string device = place.identity->device().id();
  // All that a word stands for before the word: 22 objects.
  EXPECT_EQ(at(certificate_key(device)), 22);
  EXPECT_LT(at(certificate_key(device)), at(batch_key(device, 1)));
  EXPECT_LT(at(batch_key(device, 1)), at(head_key({device, 1})));
  EXPECT_LT(at(head_key({device, 1})), at(kBellKey));
}

TEST_F(OutboxTest, ABatchCostsThreePutsAndOneRemoval) {
  outbox().start();
  const auto first = place_.log->append({say("one")});
  ASSERT_EQ(*outbox().wait_until_stored(first->last, far_deadline()), StoredOutcome::Stored);
  outbox().stop();
  storage_->reset_counts();
  const auto second = place_.log->append({say("two"), say("three")});
  outbox().start();
  ASSERT_EQ(*outbox().wait_until_stored(second->last, far_deadline()), StoredOutcome::Stored);
  // The old head goes after it was told that words are stored.
  EXPECT_TRUE(becomes_true([&] { return memory_->list("heads/", "", {})->size() == 1; }));
  EXPECT_GT(memory_->list("heads/", "", {})->front().size_bytes, 0) << "some places drop what is empty";
  outbox().stop();
  const RequestCounts counts = storage_->counts();
  EXPECT_EQ(counts.puts, 3);
  EXPECT_EQ(counts.removes, 1);
  EXPECT_LE(counts.gets, 1);  // what was stored is read back
  EXPECT_EQ(counts.lists, 0);
}

TEST(OutboxHead, AWordWhoseHeadIsLostIsNotStored) {
  const ScopedFolder home;
  const auto storage = std::make_shared<HeadLosingStorage>();
  LibraryPlace place = LibraryPlace::open(home.path(), storage, "Ada");
  const auto said = place.log->append({say("hello")});
  place.outbox->start();
  ASSERT_TRUE(becomes_true([&] { return place.outbox->status()->last_error.has_value(); }));
  EXPECT_TRUE(place.outbox->status()->last_error->contains("was not stored"))
      << *place.outbox->status()->last_error;
  EXPECT_EQ(place.outbox->status()->waiting_events, 1);
  storage->mend();
  place.outbox->retry_now();
  EXPECT_EQ(*place.outbox->wait_until_stored(said->last, far_deadline()), StoredOutcome::Stored);
}

TEST_F(OutboxTest, OfflineWordsGatherInFewBatches) {
  storage_->fail_with(Error{ErrorCode::Unavailable, "no network"});
  outbox().start();
  EventId last;
  for (int i = 0; i < 100; ++i) last = place_.log->append({say("offline")})->last;
  EXPECT_EQ(outbox().status()->waiting_events, 100);
  storage_->fail_with({});
  ASSERT_TRUE(outbox().retry_now());
  ASSERT_EQ(*outbox().wait_until_stored(last, far_deadline()), StoredOutcome::Stored);
  EXPECT_LE(memory_->list("events/", "", {})->size(), 4u);
}

TEST_F(OutboxTest, AFullOrReadOnlyLibraryIsSaidAndWaitedFor) {
  for (const ErrorCode code :
       {ErrorCode::NoSpace, ErrorCode::PermissionDenied, ErrorCode::Unavailable, ErrorCode::Io}) {
    const std::string group = "clip" + std::to_string(static_cast<int>(code));
    storage_->fail_with(Error{code, "the place says no"});
    ASSERT_TRUE(outbox().add(group, {object("clips/" + group, "x")}));
    outbox().start();
    const auto told = [&] {
      const auto status = outbox().status();
      return status->last_error && status->last_error->find("the place says no") != std::string::npos;
    };
    const auto deadline = far_deadline();
    while (!told() && std::chrono::steady_clock::now() < deadline) {
      (void)outbox().wait_until_stored(group,
                                       std::chrono::steady_clock::now() + std::chrono::milliseconds(5));
    }
    EXPECT_TRUE(told());
    EXPECT_EQ(outbox().status()->waiting_items, 1);
    storage_->fail_with({});
    EXPECT_EQ(wait(group), StoredOutcome::Stored);
    outbox().stop();
  }
}

TEST_F(OutboxTest, AChangedSourceFailsItsGroupOnlyAndNotForEver) {
  const auto path = file("0123456789");
  ASSERT_TRUE(
      outbox().add(kClip, {{.key = "clips/a", .source = FileRange{path, 0, 10}}}, {say("published")}));
  ASSERT_TRUE(outbox().add("other", {object("clips/b", "x")}));
  file("changed!!!");
  outbox().start();
  EXPECT_EQ(wait(), StoredOutcome::Failed);
  EXPECT_EQ(wait("other"), StoredOutcome::Stored);
  EXPECT_NE(outbox().group_status(kClip)->failure->find("has changed"), std::string::npos);
  EXPECT_EQ(stored("clips/a"), "");
  file("0123456789");
  ASSERT_TRUE(outbox().retry_now());
  EXPECT_EQ(wait(), StoredOutcome::Stored);
}

TEST_F(OutboxTest, AMissingSourceFailsItsGroup) {
  const auto path = file("0123456789");
  ASSERT_TRUE(outbox().add(kClip, {{.key = "clips/a", .source = FileRange{path, 0, 10}}}));
  std::filesystem::remove(path);
  outbox().start();
  EXPECT_EQ(wait(), StoredOutcome::Failed);
}

TEST_F(OutboxTest, RefusesWhatCantBeStored) {
  const auto code = [&](OutboxItem item) {
    const auto added = outbox().add(kClip, {object("clips/fine", "x"), std::move(item)});
    return added ? ErrorCode::EndOfStream : added.error().code;
  };
  EXPECT_EQ(code(object("../etc/passwd", "x")), ErrorCode::InvalidArgument);
  EXPECT_EQ(code({.key = "a", .source = FileRange{home_.path() / "none", 0, 1}}), ErrorCode::NotFound);
  EXPECT_EQ(code({.key = "a", .source = FileRange{file("abc"), 2, 2}}), ErrorCode::Corrupt);
  EXPECT_EQ(code({.key = "a", .source = FileRange{file("abc"), ~0ull, 2}}), ErrorCode::Corrupt);
  EXPECT_EQ(code({.key = "a", .source = FileRange{file("abc"), 0, ~0ull}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(outbox().group_status(kClip).error().code, ErrorCode::NotFound);
  ASSERT_TRUE(outbox().add(kClip, {object("clips/fine", "x")}));
  EXPECT_TRUE(outbox().add(kClip, {object("clips/fine", "x")}));
  EXPECT_EQ(outbox().add(kClip, {object("clips/fine", "y")}).error().code, ErrorCode::InvalidArgument);
}

TEST_F(OutboxTest, ADiscardedGroupLeavesNothing) {
  ASSERT_TRUE(outbox().add(kClip, {object("clips/a", "x"), object("clips/b", "y")}));
  outbox().start();
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  outbox().stop();
  ASSERT_TRUE(outbox().add(kClip, {object("clips/c", "z")}, {say("published")}));
  ASSERT_TRUE(outbox().discard(kClip));
  outbox().start();
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  EXPECT_TRUE(memory_->list("clips/", "", {})->empty());
  EXPECT_TRUE(stored(batch_key(place_.identity->device().id(), 1)).empty());
}

TEST_F(OutboxTest, WhatWasSaidIsNotDiscarded) {
  ASSERT_TRUE(outbox().add(kClip, {object("clips/a", "x")}, {say("published")}));
  outbox().start();
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  ASSERT_TRUE(outbox().discard(kClip));
  ASSERT_TRUE(outbox().add("other", {object("clips/b", "y")}));
  ASSERT_EQ(wait("other"), StoredOutcome::Stored);
  EXPECT_EQ(stored("clips/a"), "x");
  EXPECT_FALSE(outbox().objects(kClip)->front().is_withdrawn);
}

TEST_F(OutboxTest, WhatIsWithdrawnLeavesTheLibraryAndHoldsNothingUp) {
  ASSERT_TRUE(outbox().add(kClip, {object("clips/a", "x"), object("clips/b", "y")}));
  outbox().start();
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  ASSERT_TRUE(outbox().add(kClip, {object("clips/c", "z")}, {say("published")}));
  ASSERT_TRUE(outbox().withdraw(kClip, {"clips/b", "clips/unknown"}));
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  EXPECT_TRUE(outbox().group_status(kClip)->had_events);
  EXPECT_EQ(stored("clips/a"), "x");
  EXPECT_EQ(stored("clips/c"), "z");
  const auto deadline = far_deadline();
  while (!stored("clips/b").empty() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  EXPECT_EQ(stored("clips/b"), "");
}

TEST_F(OutboxTest, AWithdrawnNameIsSpent) {
  ASSERT_TRUE(outbox().add(kClip, {object("clips/a", "x")}));
  ASSERT_TRUE(outbox().withdraw(kClip, {"clips/a"}));
  EXPECT_EQ(outbox().add(kClip, {object("clips/a", "x")}).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(outbox().add(kClip, {object("clips/a", "y")}).error().code, ErrorCode::InvalidArgument);
  outbox().start();
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  EXPECT_EQ(stored("clips/a"), "");
  const auto objects = outbox().objects(kClip);
  ASSERT_EQ(objects->size(), 1U);
  EXPECT_TRUE(objects->front().is_withdrawn);
}

TEST_F(OutboxTest, AWithdrawnPartOfAFileMayChange) {
  ASSERT_TRUE(outbox().add(kClip, {{.key = "clips/a", .source = FileRange{file("0123456789"), 0, 5}},
                                   {.key = "clips/b", .source = FileRange{file("0123456789"), 5, 5}}}));
  ASSERT_TRUE(outbox().withdraw(kClip, {"clips/b"}));
  file("01234");
  outbox().start();
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  EXPECT_EQ(stored("clips/a"), "01234");
  EXPECT_EQ(stored("clips/b"), "");
}

TEST_F(OutboxTest, AGroupWithoutAWordIsStoredButNotPublished) {
  ASSERT_TRUE(outbox().add(kClip, {object("clips/a", "x")}));
  outbox().start();
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  EXPECT_FALSE(outbox().group_status(kClip)->had_events);
}

TEST_F(OutboxTest, ADiscardedGroupLeavesNothingOfWhatWasBeingSentAtAStop) {
  const auto silent = std::make_shared<SilentStorage>(memory_);
  place_ = {};
  place_ = LibraryPlace::open(home_.path(), silent, "Ada");
  ASSERT_TRUE(outbox().add(kClip, {object("clips/a", "x")}));
  outbox().start();
  silent->wait_until_stored();
  outbox().stop();
  place_ = {};
  place_ = LibraryPlace::open(home_.path(), storage_, "Ada");
  ASSERT_TRUE(outbox().discard(kClip));
  outbox().start();
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  EXPECT_TRUE(memory_->list("clips/", "", {})->empty());
}

TEST_F(OutboxTest, DamagedUploadsAreSeenAndSentAgain) {
  storage_->set_rates({.truncated_put = 0.3, .flipped_put = 0.3});
  std::vector<OutboxItem> items;
  for (int i = 0; i < 30; ++i)
    items.push_back(object("clips/" + std::to_string(i), "text " + std::to_string(i)));
  ASSERT_TRUE(outbox().add(kClip, items));
  outbox().start();
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  EXPECT_GT(storage_->faults(), 0);
  for (int i = 0; i < 30; ++i) EXPECT_EQ(stored("clips/" + std::to_string(i)), "text " + std::to_string(i));
}

TEST_F(OutboxTest, TwoOutboxesShareOneQueue) {
  LibraryPlace second = LibraryPlace::open(home_.path(), storage_, "Ada");
  std::vector<OutboxItem> items;
  for (int i = 0; i < 40; ++i) items.push_back(object("clips/" + std::to_string(i), "x"));
  ASSERT_TRUE(outbox().add(kClip, items, {say("published")}));
  outbox().start();
  second.outbox->start();
  for (int i = 0; i < 10; ++i) ASSERT_TRUE((i % 2 ? second : place_).log->append({say("words")}));
  EXPECT_EQ(wait(), StoredOutcome::Stored);
  EXPECT_EQ(*second.outbox->wait_until_stored(kClip, far_deadline()), StoredOutcome::Stored);
  EXPECT_EQ(memory_->list("clips/", "", {})->size(), 40u);
}

TEST_F(OutboxTest, ARestoredBackupGoesOnAsANewDevice) {
  const auto backup = home_.path() / "backup";
  outbox().start();
  ASSERT_EQ(*outbox().wait_until_stored(place_.log->append({say("one")})->last, far_deadline()),
            StoredOutcome::Stored);
  place_ = {};
  std::filesystem::create_directory(backup);
  std::filesystem::copy(home_.path() / "identity", backup / "identity",
                        std::filesystem::copy_options::recursive);
  std::filesystem::copy(home_.path() / "libraries", backup / "libraries",
                        std::filesystem::copy_options::recursive);
  place_ = LibraryPlace::open(home_.path(), storage_, "Ada");
  outbox().start();
  ASSERT_EQ(*outbox().wait_until_stored(place_.log->append({say("two")})->last, far_deadline()),
            StoredOutcome::Stored);
  const std::string old_device = place_.identity->device().id();
  const std::string two = stored(batch_key(old_device, 2));

  LibraryPlace restored = LibraryPlace::open(backup, storage_, "Ada");
  ASSERT_TRUE(restored.log->append({say("after the backup")}));
  restored.outbox->start();
  const auto deadline = far_deadline();
  while (*restored.log->waiting() > 0 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::yield();
  const std::string new_device = restored.identity->device().id();
  EXPECT_NE(new_device, old_device);
  EXPECT_EQ(stored(batch_key(old_device, 2)), two);
  EXPECT_NE(stored(batch_key(new_device, 1)).find("after the backup"), std::string::npos);
  EXPECT_FALSE(stored(certificate_key(new_device)).empty());
  EXPECT_EQ(restored.identity->person(), place_.identity->person());
}

// A clip is stored, then the place goes back to a time when it held neither it nor the word about it.
class LostClipTest : public OutboxTest {
 protected:
  void SetUp() override {
    OutboxTest::SetUp();
    track_ = file("headsegment");
    ASSERT_TRUE(outbox().add("before", {object("clips/before/clip.json", "{}")}, {say("before")}));
    outbox().start();
    ASSERT_EQ(wait("before"), StoredOutcome::Stored);
    const auto old = objects();
    ASSERT_TRUE(outbox().add(kClip,
                             {{.key = "clips/01clip/1.m4s", .source = FileRange{track_, 4, 7}},
                              object("clips/01clip/poster.jpg", "poster"),
                              object("clips/01clip/part.json", "not for long"),
                              object("clips/01clip/clip.json", "manifest")},
                             {say("published")}));
    ASSERT_TRUE(outbox().withdraw(kClip, {"clips/01clip/part.json"}));
    ASSERT_EQ(wait(), StoredOutcome::Stored);
    pump_until_removed("clips/01clip/part.json");
    place_ = {};
    for (const std::string& key : objects())
      if (!old.contains(key)) remove(key);
    for (const std::string& key : old)
      if (key.starts_with(kHeadsPrefix)) put_head(key);
    place_ = LibraryPlace::open(home_.path(), storage_, "Ada");
  }
  std::set<std::string> objects() const {
    std::set<std::string> keys;
    const auto found = *memory_->list("", "", {});
    for (const ObjectInfo& info : found) keys.insert(info.key);
    return keys;
  }
  void put_head(const std::string& key) { ASSERT_TRUE(memory_->put(key, as_byte_span("head"), {})); }
  void remove(const std::string& key) { ASSERT_TRUE(memory_->remove(key, {})); }
  void pump_until_removed(const std::string& key) {
    while (memory_->stat(key, {}) && std::chrono::steady_clock::now() < far_deadline())
      std::this_thread::yield();
  }
  // Something is said, so that the loss is seen, and all is sent that can be.
  void send() {
    const auto said = place_.log->append({say("after")});
    outbox().start();
    ASSERT_EQ(*outbox().wait_until_stored(said->last, far_deadline()), StoredOutcome::Stored);
    const auto deadline = far_deadline();
    while (stored("clips/01clip/clip.json").empty() && std::chrono::steady_clock::now() < deadline)
      std::this_thread::yield();
    ASSERT_EQ(wait(), StoredOutcome::Stored);
  }
  std::filesystem::path track_;
};

TEST_F(LostClipTest, IsSentAgain) {
  send();
  EXPECT_EQ(stored("clips/01clip/1.m4s"), "segment");
  EXPECT_EQ(stored("clips/01clip/poster.jpg"), "poster");
  EXPECT_EQ(stored("clips/01clip/clip.json"), "manifest");
  EXPECT_FALSE(memory_->stat("clips/01clip/part.json", {})) << "what was withdrawn stays away";
}

TEST_F(LostClipTest, WhatThisMachineHasNoMoreHoldsNothingUp) {
  std::filesystem::remove(track_);
  testing::internal::CaptureStderr();
  send();
  outbox().stop();
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(
      log.contains("1 of 3 parts of 01clip were lost in flaky the memory place library and aren't on "
                   "this machine any more: `meanwhile verify 01clip` says which"))
      << log;
  EXPECT_EQ(stored("clips/01clip/poster.jpg"), "poster");
  EXPECT_FALSE(outbox().group_status(kClip)->failure);
}

// A kill in between doesn't make it forget.
TEST_F(LostClipTest, IsSentAgainThoughTheProgramEndedRightAfterItSawTheLoss) {
  const auto writer = *LogWriter::open(place_.database, storage_, place_.log);
  ASSERT_TRUE(place_.log->append({say("after")}));
  ASSERT_TRUE(writer->run({}));
  send();
  EXPECT_EQ(stored("clips/01clip/1.m4s"), "segment");
}

TEST_F(OutboxTest, SendsEverythingAgainOnceForEachReason) {
  ASSERT_TRUE(outbox().add(kClip, {object("clips/01clip/clip.json", "manifest")}, {say("published")}));
  outbox().start();
  ASSERT_EQ(wait(), StoredOutcome::Stored);
  for (const bool is_first : {true, false}) {
    place_ = LibraryPlace::open(home_.path(), storage_, "Ada");
    ASSERT_TRUE(outbox().send_everything_again("another key"));
    storage_->reset_counts();
    outbox().start();
    ASSERT_EQ(wait(), StoredOutcome::Stored);
    const auto deadline = far_deadline();
    // Object, certificate, batch, head; and it is noted that all of them are there.
    auto journal = Journal::open(place_.database);
    ASSERT_TRUE(journal);
    const auto is_done = [&] {
      return storage_->counts().puts >= 4 && *place_.log->waiting() == 0 &&
             journal->value(kObjectsDoubtedName)->value_or("").empty();
    };
    while (is_first && !is_done() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    ASSERT_EQ(wait(), StoredOutcome::Stored);
    outbox().stop();
    if (!is_first) {
      EXPECT_EQ(storage_->counts().puts, 0);
    }
  }
}

}  // namespace
}  // namespace meanwhile
