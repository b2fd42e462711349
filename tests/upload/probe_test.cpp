#include "upload/probe.h"

#include <gtest/gtest.h>

#include "tests/support/flaky_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

class ProbeTest : public testing::Test {
 protected:
  std::string troubles() {
    const auto report = probe_storage(*flaky_, {});
    std::string all;
    for (const std::string& trouble : report->troubles) all += trouble + "\n";
    return all;
  }
  std::shared_ptr<MemoryStorage> memory_ = std::make_shared<MemoryStorage>("place");
  std::shared_ptr<FlakyStorage> flaky_ = std::make_shared<FlakyStorage>(memory_);
};

TEST_F(ProbeTest, AGoodStorageDoesAllAndKeepsNothing) {
  const auto report = probe_storage(*memory_, {});
  EXPECT_EQ(describe_steps(report->done), "stores, shows at once, lists, gives parts, replaces and removes");
  EXPECT_TRUE(report->troubles.empty());
  EXPECT_TRUE(report->may_store);
  EXPECT_TRUE(memory_->list("", "", {})->empty());
}

TEST_F(ProbeTest, WhereNothingCanBeStoredReadingIsTriedAllTheSame) {
  flaky_->set_rates({.error_before = 1});
  const auto report = probe_storage(*flaky_, {});
  EXPECT_FALSE(report->may_store);
  EXPECT_EQ(report->troubles.size(), 2u);  // storing and listing
}

TEST_F(ProbeTest, SaysWhatComesLateOrDamaged) {
  flaky_->set_rates({.late = 1});
  EXPECT_TRUE(troubles().contains("doesn't show at once"));
  flaky_->set_rates({.flipped_get = 1});
  EXPECT_TRUE(troubles().contains("doesn't give parts"));
}

TEST_F(ProbeTest, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(probe_storage(*memory_, stop.get_token()).error().code, ErrorCode::Aborted);
}

}  // namespace
}  // namespace meanwhile
