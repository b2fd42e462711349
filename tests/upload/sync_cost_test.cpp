// What sync costs in requests, whatever lies behind.
#include <gtest/gtest.h>

#include <thread>

#include "tests/support/counting_storage.h"
#include "tests/support/environment.h"
#include "tests/support/library_place.h"
#include "tests/support/written_library.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

constexpr LibraryPlan kLongHistory{.devices = 50, .events_of_a_device = 130, .clips = 50};

class SyncCostTest : public testing::Test {
 protected:
  void SetUp() override {
    auto written = write_library(*memory_, kLongHistory, 1);
    ASSERT_TRUE(written);
    logs_ = std::move(*written);
    ASSERT_EQ(poll(), 150);
    storage_->take_counts();
  }
  // Batches that came.
  std::int64_t poll() {
    const auto report =
        reader_.sync->poll(each_batch([](const VerifiedBatch&) -> Result<void> { return {}; }));
    EXPECT_TRUE(report);
    return report ? report->batches : -1;
  }
  void one_more_word() {
    logs_.back().say({say("one more")}, wall_now());
    ASSERT_TRUE(logs_.back().store(*memory_, 1));
    ASSERT_TRUE(ring(*memory_, std::to_string(++rung_)));
  }

  ScopedFolder home_;
  std::shared_ptr<MemoryStorage> memory_ = std::make_shared<MemoryStorage>("library");
  std::shared_ptr<CountingStorage> storage_ = std::make_shared<CountingStorage>(memory_);
  LibraryPlace reader_ = LibraryPlace::open(home_.path(), storage_, "Ben");
  std::vector<WrittenLog> logs_;
  int rung_ = 0;
};

TEST_F(SyncCostTest, AnIdlePollIsExactlyOneRequest) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(poll(), 0);
    EXPECT_EQ(storage_->take_counts().total(), 1);
  }
}

TEST_F(SyncCostTest, AWordIsThreeRequestsForAReaderWithALongHistory) {
  for (int i = 0; i < 20; ++i) {
    one_more_word();
    EXPECT_EQ(poll(), 1);
    const RequestCounts counts = storage_->take_counts();
    EXPECT_EQ(counts.gets, 2);
    EXPECT_EQ(counts.lists, 1);
    EXPECT_EQ(counts.total(), 3);
  }
}

class WriteCostTest : public testing::TestWithParam<CountingStorage::Uploads> {};

TEST_P(WriteCostTest, AWordIsThreePutsAndOneRemovalForItsWriter) {
  const ScopedFolder home;
  const auto memory = std::make_shared<MemoryStorage>("library");
  ASSERT_TRUE(write_library(*memory, kLongHistory, 1));
  const auto storage = std::make_shared<CountingStorage>(memory, GetParam());
  const bool is_checked = GetParam() == CountingStorage::Uploads::Checked;
  LibraryPlace place = LibraryPlace::open(home.path(), storage, "Ada");
  for (int i = 0; i < 5; ++i) {
    place.outbox->start();
    const auto first = place.log->append({say("one")});
    ASSERT_EQ(*place.outbox->wait_until_stored(first->last, far_deadline()), StoredOutcome::Stored);
    // The old head goes after everybody was told: stopping would put that off to the next word.
    const std::string old_head = head_key({place.identity->device().id(), i});
    const auto deadline = far_deadline();
    while (i > 0 && memory->stat(old_head, {}) && std::chrono::steady_clock::now() < deadline)
      std::this_thread::yield();
    place.outbox->stop();  // rings the bell, if it was held back
    const RequestCounts counts = storage->take_counts();
    if (i == 0) continue;  // brings the certificate, too
    EXPECT_EQ(counts.puts, 3);
    EXPECT_EQ(counts.removes, 1);
    EXPECT_EQ(counts.total(), is_checked ? 4 : 6);  // else the batch is read back, and the head looked for
  }
}

INSTANTIATE_TEST_SUITE_P(All, WriteCostTest,
                         testing::Values(CountingStorage::Uploads::Checked,
                                         CountingStorage::Uploads::AsInner),
                         [](const auto& uploads) {
                           return uploads.param == CountingStorage::Uploads::Checked ? "Checked" : "ReadBack";
                         });

}  // namespace
}  // namespace meanwhile
