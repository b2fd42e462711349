// What a folder sync leaves when two versions of a file meet.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/support/environment.h"
#include "tests/support/library_place.h"
#include "tests/support/written_library.h"
#include "upload/event_batch.h"
#include "upload/folder/folder_storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

class ConflictCopyTest : public testing::Test {
 protected:
  void SetUp() override {
    reader_ = LibraryPlace::open(home_.path() / "reader", storage_, "Ben");
    SyncOptions options = hasty_sync();
    options.now = [this] { return wall_now() + later_; };
    sync_ = *Sync::open(reader_.database, storage_, reader_.log, options);
  }
  // Each is a batch.
  void write(const Texts& texts) {
    for (const std::string& text : texts) log_.say({say(text)}, wall_now());
    ASSERT_TRUE(log_.store(*storage_, 1));
  }
  Texts read_an_hour_later(SyncReport* report = nullptr) {
    later_ += std::chrono::hours(1);
    Texts texts;
    const auto polled = sync_->poll(each_batch([&](const VerifiedBatch& batch) -> Result<void> {
      for (const Json& event : batch.events) texts.push_back(*string_member(event, "text"));
      return {};
    }));
    EXPECT_TRUE(polled) << polled.error().message;
    if (report && polled) *report = *polled;
    return texts;
  }
  fs::path batch(std::int64_t seq) { return library_ / batch_key(log_.device(), seq); }
  fs::path beside(std::int64_t seq, const std::string& name) { return batch(seq).parent_path() / name; }

  ScopedFolder home_;
  const fs::path library_ = home_.path() / "library";
  std::shared_ptr<FolderStorage> storage_ = *FolderStorage::open(library_, MissingFolder::Make);
  WrittenLog log_{"Ada", wall_now()};
  LibraryPlace reader_;
  std::unique_ptr<Sync> sync_;
  std::chrono::minutes later_{0};
};

TEST_F(ConflictCopyTest, ABatchCountsWhateverItsFileIsCalledNow) {
  for (const std::string name :
       {"1.sync-conflict-20261122-150635-QBNIKW3.ev", "1 (Anna's conflicted copy 2026-11-22).ev",
        "1 (conflicted copy 2026-11-22 150635).ev", "1 (In Konflikt stehend).ev",
        "1.sync-conflict-20261122-150635-qbnikw3.ev"}) {
    WrittenLog log(name, wall_now());
    log.say({say(name)}, wall_now());
    ASSERT_TRUE(log.store(*storage_, 1));
    const fs::path whole = library_ / batch_key(log.device(), 1);
    fs::rename(whole, whole.parent_path() / name);
    SyncReport report;
    EXPECT_EQ(read_an_hour_later(&report), Texts{name});
    EXPECT_EQ(report.holes, 0);
    EXPECT_EQ(read_an_hour_later(), Texts());
  }
}

TEST_F(ConflictCopyTest, BothVersionsOfAForkAreRead) {
  WrittenLog other = log_;  // a copy of the home
  log_.say({say("one")}, wall_now());
  other.say({say("the copy's one")}, wall_now());
  ASSERT_TRUE(other.store(*storage_, 1));
  fs::rename(batch(1), beside(1, "1.sync-conflict-20261122-150635-QBNIKW3.ev"));
  ASSERT_TRUE(log_.store(*storage_, 1));
  SyncReport report;
  EXPECT_EQ(read_an_hour_later(&report), (Texts{"one", "the copy's one"}));
  ASSERT_EQ(report.warnings.size(), 1u);
  EXPECT_NE(report.warnings[0].find("two different"), std::string::npos);
  EXPECT_EQ(read_an_hour_later(), Texts());
}

TEST_F(ConflictCopyTest, ACopyOfWhatIsKnownSaysNothing) {
  write({"one"});
  fs::copy_file(batch(1), beside(1, "1 (conflicted copy).ev"));
  SyncReport report;
  EXPECT_EQ(read_an_hour_later(&report), Texts{"one"});
  EXPECT_TRUE(report.warnings.empty());
}

TEST_F(ConflictCopyTest, WhatIsNoCopyHurtsNothing) {
  write({"one", "two"});
  std::ofstream(beside(1, "1 (conflicted copy).ev")) << "junk";
  std::ofstream(beside(1, "2 (conflicted copy).ev")) << std::string(kLargestBatchBytes + 1, 'x');
  std::ofstream(beside(1, "3 (empty).ev"));
  ASSERT_EQ(::mkfifo(beside(1, "4 (a pipe).ev").c_str(), 0600), 0);
  fs::create_directory(beside(1, "5 (a folder).ev"));
  const Json event = {{"type", "said"}, {"text", "forged"}, {"n", 3}, {"hlc", 1}, {"at", "now"}};
  const Bytes forged =
      make_batch({log_.device(), 3, std::string(64, 'a'), Json::array({event})}, KeyPair::generate());
  std::ofstream(beside(1, "3 (forged).ev")) << as_text(forged);
  SyncReport report;
  EXPECT_EQ(read_an_hour_later(&report), (Texts{"one", "two"}));
  EXPECT_TRUE(report.warnings.empty());
}

TEST_F(ConflictCopyTest, NoLinkIsFollowed) {
  write({"one", "two"});
  const fs::path outside = home_.path() / "outside.ev";
  fs::rename(batch(2), outside);
  fs::create_symlink(outside, beside(2, "2 (conflicted copy).ev"));
  EXPECT_EQ(read_an_hour_later(), Texts{"one"});
  EXPECT_EQ(read_an_hour_later(), Texts());
}

TEST_F(ConflictCopyTest, ACopyOfAHeadIsNoHead) {
  write({"one"});
  const std::string head = head_key({log_.device(), 2});
  for (const std::string ending : {".sync-conflict-20261122-150635-QBNIKW3", " (conflicted copy)",
                                   ".sync-conflict-20261122-150635-qbnikw3"}) {
    std::ofstream(library_ / (head + ending));
  }
  SyncReport report;
  EXPECT_EQ(read_an_hour_later(&report), Texts{"one"});
  EXPECT_EQ(report.holes, 0);
}

}  // namespace
}  // namespace meanwhile
