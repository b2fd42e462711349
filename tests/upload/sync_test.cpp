#include "upload/sync.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "tests/support/library_place.h"
#include "upload/memory/memory_storage.h"
#include "upload/signed_document.h"

namespace meanwhile {
namespace {

using Texts = std::vector<std::string>;

class SyncTest : public testing::Test {
 protected:
  void SetUp() override {
    writer_ = LibraryPlace::open(home_.path() / "writer", memory_, "Ada");
    reader_ = LibraryPlace::open(home_.path() / "reader", storage_, "Ben");
  }
  // Each call is one batch.
  void write(const std::string& text) {
    const auto appended = writer_.log->append({say(text)});
    writer_.outbox->start();
    ASSERT_EQ(*writer_.outbox->wait_until_stored(appended->last, far_deadline()), StoredOutcome::Stored);
    writer_.outbox->stop();  // rings the bell, if it was held back
  }
  // Texts that arrived in this poll.
  Texts read(SyncReport* report = nullptr) {
    Texts texts;
    storage_->reset_counts();
    const auto polled = reader_.sync->poll(each_batch([&](const VerifiedBatch& batch) -> Result<void> {
      for (const Json& event : batch.events) texts.push_back(*string_member(event, "text"));
      return {};
    }));
    EXPECT_TRUE(polled) << polled.error().message;
    if (report && polled) *report = *polled;
    return texts;
  }
  std::string device() { return writer_.identity->device().id(); }
  Bytes stored(const std::string& key) { return *memory_->get(key, 1 << 20, {}, {}); }
  void store(const std::string& key, const Bytes& bytes) { ASSERT_TRUE(memory_->put(key, bytes, {})); }

  ScopedFolder home_;
  std::shared_ptr<MemoryStorage> memory_ = std::make_shared<MemoryStorage>("library");
  std::shared_ptr<FlakyStorage> storage_ = std::make_shared<FlakyStorage>(memory_);
  LibraryPlace writer_;
  LibraryPlace reader_;
};

TEST_F(SyncTest, DeliversOnceWhatAnotherSaid) {
  write("one");
  write("two");
  EXPECT_EQ(read(), (Texts{"one", "two"}));
  EXPECT_EQ(read(), Texts());
  write("three");
  EXPECT_EQ(read(), Texts{"three"});
}

TEST_F(SyncTest, TellsWhoSaidIt) {
  write("one");
  ASSERT_TRUE(reader_.sync->poll(each_batch([&](const VerifiedBatch& batch) -> Result<void> {
    EXPECT_EQ(batch.person, writer_.identity->person());
    EXPECT_EQ(batch.person_name, "Ada");
    EXPECT_EQ(batch.device, device());
    EXPECT_EQ(batch.seq, 1);
    EXPECT_EQ(batch.sha256, sha256_hex(batch.bytes));
    EXPECT_FALSE(batch.conflicts);
    return {};
  })));
}

TEST_F(SyncTest, AnIdlePollIsOneRequest) {
  write("one");
  read();
  read();
  EXPECT_EQ(storage_->counts().total(), 1);
}

TEST_F(SyncTest, ANewBatchCostsThreeRequests) {
  write("one");
  read();
  EXPECT_EQ(storage_->counts().total(), 4);  // and the certificate, at first contact
  write("two");
  EXPECT_EQ(read(), Texts{"two"});
  EXPECT_EQ(storage_->counts().total(), 3);
}

TEST_F(SyncTest, AnEmptyLibraryHasNothing) {
  EXPECT_EQ(read(), Texts());
}

TEST_F(SyncTest, OwnWordsAreNotRead) {
  const auto appended = reader_.log->append({say("mine")});
  reader_.outbox->start();
  ASSERT_EQ(*reader_.outbox->wait_until_stored(appended->last, far_deadline()), StoredOutcome::Stored);
  reader_.outbox->stop();
  SyncReport report;
  EXPECT_EQ(read(&report), Texts());
  EXPECT_FALSE(report.own_head_differs);
}

TEST_F(SyncTest, WhatWasNotTakenOverComesAgain) {
  write("one");
  const auto failed = reader_.sync->poll(each_batch(
      [](const VerifiedBatch&) -> Result<void> { return fail(ErrorCode::NoSpace, "the index is full"); }));
  EXPECT_EQ(failed.error().code, ErrorCode::NoSpace);
  EXPECT_EQ(read(), Texts{"one"});
}

TEST_F(SyncTest, PositionsSurviveARestart) {
  write("one");
  read();
  reader_ = {};
  reader_ = LibraryPlace::open(home_.path() / "reader", storage_, "Ben");
  EXPECT_EQ(read(), Texts());
  EXPECT_EQ(storage_->counts().total(), 1);
}

TEST_F(SyncTest, StartingOverBringsAllAgain) {
  write("one");
  read();
  ASSERT_TRUE(reader_.sync->start_over());
  EXPECT_EQ(read(), Texts{"one"});
}

TEST_F(SyncTest, AHoleKeepsNothingBackAndIsFilledLater) {
  for (const char* text : {"one", "two", "three"}) write(text);
  const Bytes two = stored(batch_key(device(), 2));
  ASSERT_TRUE(memory_->remove(batch_key(device(), 2), {}));
  SyncReport report;
  EXPECT_EQ(read(&report), (Texts{"one", "three"}));
  EXPECT_EQ(report.holes, 1);
  store(batch_key(device(), 2), two);
  EXPECT_EQ(read(&report), Texts{"two"});
  EXPECT_EQ(report.holes, 0);
}

TEST_F(SyncTest, EveryChangeOfABatchIsSeen) {
  write("one");
  const Bytes good = stored(batch_key(device(), 1));
  for (std::size_t i = 0; i < good.size(); i += 7) {
    Bytes changed = good;
    changed[i] ^= std::byte{2};
    store(batch_key(device(), 1), changed);
    EXPECT_EQ(read(), Texts()) << i;
    store(batch_key(device(), 1), Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(i)));
    EXPECT_EQ(read(), Texts()) << i;
  }
  store(batch_key(device(), 1), Bytes(70'000));
  EXPECT_EQ(read(), Texts());
  store(batch_key(device(), 1), good);
  EXPECT_EQ(read(), Texts{"one"});
}

TEST_F(SyncTest, AForgedCertificateLetsNothingThrough) {
  write("one");
  const Bytes good = stored(certificate_key(device()));
  Bytes forged = good;
  forged[forged.size() / 2] ^= std::byte{1};
  store(certificate_key(device()), forged);
  SyncReport report;
  EXPECT_EQ(read(&report), Texts());
  EXPECT_EQ(report.warnings.size(), 1u);
  store(certificate_key(device()), good);
  EXPECT_EQ(read(), Texts{"one"});
}

TEST_F(SyncTest, ACertificateThatComesLaterIsWaitedFor) {
  write("one");
  const Bytes certificate = stored(certificate_key(device()));
  ASSERT_TRUE(memory_->remove(certificate_key(device()), {}));
  SyncReport report;
  EXPECT_EQ(read(&report), Texts());
  EXPECT_TRUE(report.warnings.empty());
  store(certificate_key(device()), certificate);
  EXPECT_EQ(read(), Texts{"one"});
}

TEST_F(SyncTest, TheFirstContactIsHeldTo) {
  write("one");
  read();
  const KeyPair thief = KeyPair::generate();
  store(certificate_key(device()),
        *make_certificate(thief, writer_.identity->device().key, "Thief", wall_now(), ""));
  write("two");
  ASSERT_TRUE(reader_.sync->poll(each_batch([&](const VerifiedBatch& batch) -> Result<void> {
    EXPECT_EQ(batch.person, writer_.identity->person());
    return {};
  })));
}

TEST_F(SyncTest, AnothersBatchUnderThisNameIsRefused) {
  write("one");
  const KeyPair other = KeyPair::generate();
  Json event = say("forged");
  event["n"] = 1;
  event["hlc"] = 1;
  event["at"] = "2026-11-22T00:00:00.000Z";
  store(batch_key(device(), 1), make_batch({device(), 1, "", Json::array({event})}, other));
  EXPECT_EQ(read(), Texts());
}

TEST_F(SyncTest, HostileHeadsCostLittleAndHurtNobody) {
  for (int i = 0; i < 50; ++i) store(head_key({KeyPair::generate().public_key().id(), kLargestSeq}), {});
  store("heads/junk", {});
  store("heads/" + std::string(26, 'u') + ".5", {});
  write("one");
  store("heads/" + device() + ".9999999", {});  // a lie about a real device
  EXPECT_EQ(read(), Texts{"one"});
  EXPECT_LT(storage_->counts().total(), 400);
  write("two");
  EXPECT_EQ(read(), Texts{"two"});
}

TEST_F(SyncTest, TenThousandBogusHeadsKeepNobodyBusy) {
  for (const char* text : {"one", "two"}) write(text);
  for (int i = 0; i < 10'000; ++i) store(head_key({KeyPair::generate().public_key().id(), 5}), {});
  store("heads/" + device() + ".9999999", {});
  EXPECT_EQ(read(), (Texts{"one", "two"}));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(read(), Texts());
    EXPECT_LE(storage_->counts().total(), 140) << "what is looked for again, some at a time";
    write("more");
    EXPECT_EQ(read(), Texts{"more"});
    EXPECT_LE(storage_->counts().total(), 140);
  }
}

TEST_F(SyncTest, ALongLogIsReadAtOnceAndOneWithoutItsEndAsFarAsItGoes) {
  constexpr int kBatches = 100;
  for (int i = 0; i < kBatches; ++i) write(std::to_string(i));
  const Bytes last = stored(batch_key(device(), kBatches));
  ASSERT_TRUE(memory_->remove(batch_key(device(), kBatches), {}));
  EXPECT_EQ(read().size(), kBatches - 1U);
  ASSERT_TRUE(reader_.sync->start_over());
  store(batch_key(device(), kBatches), last);
  EXPECT_EQ(read().size(), std::size_t(kBatches));
}

TEST_F(SyncTest, TwoBatchesUnderOneNumberAreBothKeptAndSaid) {
  write("one");
  EXPECT_EQ(read(), Texts{"one"});
  const KeyPair key = writer_.identity->device().key;
  const auto batch = [&](std::int64_t seq, const std::string& prev, const std::string& text) {
    Json event = say(text);
    event["n"] = seq;
    event["hlc"] = 1;
    event["at"] = "2026-11-22T00:00:00.000Z";
    return make_batch({device(), seq, prev, Json::array({event})}, key);
  };
  const Bytes other = batch(1, "", "the copy's one");
  store(batch_key(device(), 1), other);
  store(batch_key(device(), 2), batch(2, sha256_hex(other), "the copy's two"));
  store(head_key({device(), 2}), {});
  store(kBellKey, to_bytes("rung"));
  SyncReport report;
  EXPECT_EQ(read(&report), (Texts{"the copy's two", "the copy's one"}));
  ASSERT_EQ(report.warnings.size(), 1u);
  EXPECT_NE(report.warnings[0].find("two different"), std::string::npos);
}

class OwnHeadTest : public SyncTest {
 protected:
  void SetUp() override {
    SyncTest::SetUp();
    reader_.outbox->start();
    say_and_store("mine");
  }
  void say_and_store(const std::string& text) {
    const auto appended = reader_.log->append({say(text)});
    ASSERT_EQ(*reader_.outbox->wait_until_stored(appended->last, far_deadline()), StoredOutcome::Stored);
  }
  std::string own_device() { return reader_.identity->device().id(); }
  // As the app does.
  void look() {
    SyncReport report;
    read(&report);
    EXPECT_TRUE(report.own_head_differs);
    reader_.outbox->doubt_own_head();
  }
  Bytes own_batch(std::int64_t seq, const KeyPair& key) {
    Json event = say("the copy's");
    event["n"] = seq;
    event["hlc"] = 1;
    event["at"] = "2026-11-22T00:00:00.000Z";
    return make_batch(
        {own_device(), seq, sha256_hex(stored(batch_key(own_device(), seq - 1))), Json::array({event})}, key);
  }
  bool is_stored(const std::string& key) { return memory_->stat(key, {}).has_value(); }
  bool comes_true(const std::function<bool()>& condition) {
    const auto deadline = far_deadline();
    while (!condition() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return condition();
  }
};

TEST_F(OwnHeadTest, ACopyThatWritesForUsIsNoticed) {
  const std::string forked = own_device();
  store(batch_key(forked, 2), own_batch(2, reader_.identity->device().key));
  store(head_key({forked, 2}), {});
  look();
  (void)reader_.log->append({say("mine again")});
  EXPECT_TRUE(comes_true([&] { return *reader_.log->waiting() == 0; }));
  EXPECT_NE(own_device(), forked);
}

TEST_F(OwnHeadTest, AHeadThatAnybodyMadeChangesNothing) {
  const std::string device = own_device();
  store(head_key({device, 9999}), {});
  store(batch_key(device, 9999), own_batch(2, KeyPair::generate()));
  look();
  say_and_store("mine again");
  EXPECT_EQ(own_device(), device);
  EXPECT_TRUE(is_stored(batch_key(device, 2)));
  EXPECT_TRUE(is_stored(head_key({device, 2})));
}

TEST_F(OwnHeadTest, APlaceThatWentBackInTimeGetsWhatItLost) {
  const std::string device = own_device();
  const Bytes first = stored(batch_key(device, 1));
  say_and_store("two");
  say_and_store("three");
  ASSERT_TRUE(comes_true([&] { return !is_stored(head_key({device, 2})); }));
  for (const std::string& key : {batch_key(device, 2), batch_key(device, 3), head_key({device, 3})})
    ASSERT_TRUE(memory_->remove(key, {}));
  store(head_key({device, 1}), {});
  store(kBellKey, to_bytes("restored"));
  look();
  EXPECT_TRUE(comes_true([&] { return is_stored(head_key({device, 3})); }));
  EXPECT_TRUE(is_stored(batch_key(device, 2)));
  EXPECT_TRUE(is_stored(batch_key(device, 3)));
  EXPECT_EQ(stored(batch_key(device, 1)), first);
  EXPECT_EQ(own_device(), device);
}

TEST_F(OwnHeadTest, APlaceThatLostEverythingGetsItAgain) {
  const std::string device = own_device();
  for (const std::string& key : {certificate_key(device), batch_key(device, 1), head_key({device, 1})})
    ASSERT_TRUE(memory_->remove(key, {}));
  store(kBellKey, to_bytes("emptied"));
  look();
  EXPECT_TRUE(comes_true([&] { return is_stored(head_key({device, 1})); }));
  EXPECT_TRUE(is_stored(certificate_key(device)));
  EXPECT_TRUE(is_stored(batch_key(device, 1)));
}

TEST_F(SyncTest, ABellThatBroughtNothingIsBelievedForAWhile) {
  write("one");
  EXPECT_EQ(read(), Texts{"one"});
  std::chrono::seconds later{0};
  SyncOptions options = hasty_sync();
  options.now = [&, now = wall_now()] { return now + later; };
  reader_.sync = Sync::open(reader_.database, storage_, reader_.log, options).value();
  EXPECT_EQ(read(), Texts());
  // A listing that is behind: the bell comes first.
  write("two");
  const Bytes rung = stored(kBellKey);
  const std::string head = head_key({device(), 2});
  ASSERT_TRUE(memory_->remove(head, {}));
  store(head_key({device(), 1}), {});
  EXPECT_EQ(read(), Texts());
  int looks = 0;
  for (later = std::chrono::seconds(0); later < std::chrono::seconds(250); ++later) {
    EXPECT_EQ(read(), Texts());
    looks += storage_->counts().lists > 0 ? 1 : 0;
  }
  EXPECT_EQ(looks, 6) << "after 3, 6, 12, 24, 48 and 96 s";
  store(kBellKey, to_bytes("once more"));
  EXPECT_EQ(read(), Texts());
  store(head, {});
  later += std::chrono::seconds(3);
  EXPECT_EQ(read(), Texts{"two"});
}

TEST_F(SyncTest, AStorageThatIsGoneIsSaid) {
  write("one");
  storage_->fail_with(Error{ErrorCode::Unavailable, "no network"});
  const auto polled = reader_.sync->poll(each_batch([](const VerifiedBatch&) -> Result<void> { return {}; }));
  EXPECT_EQ(polled.error().code, ErrorCode::Unavailable);
  storage_->fail_with({});
  EXPECT_EQ(read(), Texts{"one"});
}

TEST_F(SyncTest, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  const auto polled = reader_.sync->poll(each_batch([](const VerifiedBatch&) -> Result<void> { return {}; }),
                                         stop.get_token());
  EXPECT_EQ(polled.error().code, ErrorCode::Aborted);
}

TEST_F(SyncTest, ManyBatchesComeInOrder) {
  writer_.outbox->stop();
  std::vector<Json> events(300, say("x"));
  for (int i = 0; i < 300; ++i) events[static_cast<std::size_t>(i)]["text"] = std::to_string(i);
  const auto appended = writer_.log->append(events);
  writer_.outbox->start();
  ASSERT_EQ(*writer_.outbox->wait_until_stored(appended->last, far_deadline()), StoredOutcome::Stored);
  const Texts texts = read();
  ASSERT_EQ(texts.size(), 300u);
  for (int i = 0; i < 300; ++i) EXPECT_EQ(texts[static_cast<std::size_t>(i)], std::to_string(i));
}

}  // namespace
}  // namespace meanwhile
