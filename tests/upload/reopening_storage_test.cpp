// A place that may be away: when it is opened, when it is looked at, and who waits for it.
#include "upload/decorate/reopening_storage.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <future>

#include "media/base/named_thread.h"
#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

class ReopeningStorageTest : public testing::Test {
 protected:
  PlaceCheck counting() {
    return [this](Storage&, std::stop_token) {
      ++checks_;
      return Result<void>();
    };
  }
  // What is asked is counted, and fails at will.
  std::shared_ptr<FlakyStorage> make_flaky() const {
    return std::make_shared<FlakyStorage>(MemoryStorage::shared("reopening"));
  }

  std::atomic<int> checks_ = 0;
  ScopedFolder folder_;
};

TEST_F(ReopeningStorageTest, NothingIsAskedBeforeTheFirstCall) {
  const std::string url = "folder:" + (folder_.path() / "away").string();
  ReopeningStorage storage(url, find_secret_in_environment, counting());
  EXPECT_EQ(storage.description(), url);
  EXPECT_FALSE(clock_ahead(storage));
  storage.capabilities().upload_pace->set_upload_limit(1000);
  EXPECT_EQ(checks_, 0);
  EXPECT_EQ(storage.get("a", 10, std::nullopt, {}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(checks_, 0) << "it isn't there: there is nothing to look at";

  fs::create_directories(folder_.path() / "away");
  EXPECT_EQ(storage.get("a", 10, std::nullopt, {}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(storage.get("b", 10, std::nullopt, {}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(checks_, 1);
}

TEST_F(ReopeningStorageTest, IsLookedAtAgainAfterAnOutageAndOnlyThen) {
  const auto flaky = make_flaky();
  ReopeningStorage storage("memory:x", find_secret_in_environment, counting(), flaky);
  ASSERT_TRUE(storage.put("a", {}, {}));
  EXPECT_EQ(checks_, 0) << "it was checked already";
  flaky->fail_with(Error{ErrorCode::Unavailable, "away"});
  EXPECT_FALSE(storage.put("a", {}, {}));
  flaky->fail_with(std::nullopt);
  ASSERT_TRUE(storage.put("a", {}, {}));
  ASSERT_TRUE(storage.put("b", {}, {}));
  EXPECT_EQ(checks_, 1);
}

TEST_F(ReopeningStorageTest, NothingIsWrittenWhereTheCheckFails) {
  const auto flaky = make_flaky();
  ReopeningStorage storage(
      "memory:x", find_secret_in_environment,
      [](Storage&, std::stop_token) { return fail(ErrorCode::Unavailable, "another library"); }, flaky);
  flaky->fail_with(Error{ErrorCode::Unavailable, "away"});
  EXPECT_FALSE(storage.put("a", {}, {}));
  flaky->fail_with(std::nullopt);
  flaky->reset_counts();
  EXPECT_EQ(storage.put("a", {}, {}).error().message, "another library");
  EXPECT_EQ(flaky->counts().total(), 0);
}

// Eight threads of an outbox must not wait for one silence one after the other.
TEST_F(ReopeningStorageTest, WhoComesMeanwhileGetsWhatTheOneThatTriesGets) {
  std::promise<void> begun;
  std::promise<void> answer;
  const PlaceCheck check = [&](Storage&, std::stop_token) -> Result<void> {
    if (++checks_ > 1) return fail(ErrorCode::Internal, "asked twice");
    begun.set_value();
    answer.get_future().wait();
    return fail(ErrorCode::Unavailable, "silent");
  };
  fs::create_directories(folder_.path() / "place");
  ReopeningStorage storage("folder:" + (folder_.path() / "place").string(), find_secret_in_environment,
                           check);
  std::atomic<int> silent = 0;
  const auto ask = [&] {
    const auto got = storage.get("a", 10, std::nullopt, {});
    if (!got && got.error().message == "silent") ++silent;
  };
  {
    NamedThread first("first", ask);
    begun.get_future().wait();
    NamedThread second("second", ask);
    // A third is stopped while it waits.
    std::stop_source stop;
    NamedThread third("third", [&] {
      EXPECT_EQ(storage.get("a", 10, std::nullopt, stop.get_token()).error().code, ErrorCode::Aborted);
    });
    stop.request_stop();
    third.join();
    answer.set_value();
  }
  // The second may have come after the answer; then it asked by itself.
  EXPECT_GE(silent, 1);
  EXPECT_EQ(silent + (checks_ - 1), 2);
}

}  // namespace
}  // namespace meanwhile
