#include "upload/event_log.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <thread>

#include "media/base/child_process.h"
#include "tests/support/environment.h"
#include "tests/support/library_place.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

class EventLogTest : public testing::Test {
 protected:
  std::shared_ptr<EventLog> open() {
    return *EventLog::open(home_.path() / "log.db", identity_, [this] { return now_; });
  }
  ScopedFolder home_;
  std::shared_ptr<Identity> identity_ = *Identity::open(home_.path(), "Ada");
  WallTime now_ = wall_now();
};

TEST_F(EventLogTest, NumbersAndTimesWhatIsSaid) {
  const auto log = open();
  const auto appended = log->append({say("one"), say("two")});
  ASSERT_TRUE(appended) << appended.error().message;
  EXPECT_EQ(appended->last, (EventId{identity_->device().id(), 2}));
  EXPECT_EQ(integer_member(appended->events[0], "n"), 1);
  EXPECT_EQ(string_member(appended->events[1], "text"), "two");
  EXPECT_EQ(string_member(appended->events[1], "at"), format_rfc3339(now_));
  EXPECT_LT(*integer_member(appended->events[0], "hlc"), *integer_member(appended->events[1], "hlc"));
}

TEST_F(EventLogTest, RemembersAcrossRestarts) {
  ASSERT_TRUE(open()->append({say("one")}));
  const auto log = open();
  EXPECT_EQ(log->append({say("two")})->last.n, 2);
  std::vector<std::string> texts;
  ASSERT_TRUE(log->for_each([&](const std::string&, const Json& event) -> Result<void> {
    texts.push_back(*string_member(event, "text"));
    return {};
  }));
  EXPECT_EQ(texts, (std::vector<std::string>{"one", "two"}));
}

TEST_F(EventLogTest, TimeNeverGoesBack) {
  const auto log = open();
  const auto before = *integer_member(log->append({say("now")})->events[0], "hlc");
  now_ -= 24h;
  EXPECT_GT(*integer_member(log->append({say("clock set back")})->events[0], "hlc"), before);
}

TEST_F(EventLogTest, ComesAfterWhatWasSeenButTakesNoWrongClockOver) {
  const auto log = open();
  ASSERT_TRUE(log->observe(hlc_of(now_ + 5min)));
  const auto after = *integer_member(log->append({say("later")})->events[0], "hlc");
  EXPECT_GT(after, hlc_of(now_ + 5min));
  ASSERT_TRUE(log->observe(hlc_of(now_ + 11min)));
  ASSERT_TRUE(log->observe(std::numeric_limits<Hlc>::max()));
  ASSERT_TRUE(log->observe(-5));
  EXPECT_LT(*integer_member(log->append({say("unmoved")})->events[0], "hlc"), hlc_of(now_ + 6min));
}

TEST_F(EventLogTest, RefusesAllIfOneIsWrong) {
  const auto log = open();
  for (const Json& bad : {Json(1), Json::object(), Json{{"type", 5}}, Json{{"type", "x"}, {"n", 7}},
                          say(std::string(kLargestBatchBytes, 'x'))}) {
    EXPECT_EQ(log->append({say("good"), bad}).error().code, ErrorCode::InvalidArgument);
  }
  EXPECT_EQ(log->append({say("first")})->last.n, 1);
}

TEST_F(EventLogTest, ADamagedJournalIsSaid) {
  std::ofstream(home_.path() / "bad.db") << std::string(5000, 'x');
  const auto opened = EventLog::open(home_.path() / "bad.db", identity_);
  EXPECT_EQ(opened.error().code, ErrorCode::Corrupt);
}

// Started again by TwoProcessesNeverGiveOneNumberTwice.
TEST(EventLogProcess, DISABLED_Appends) {
  const std::filesystem::path home = std::getenv("MEANWHILE_TEST_HOME");
  const auto identity = *Identity::open(home, "Ada");
  const auto log = *EventLog::open(home / "log.db", identity);
  for (int i = 0; i < 25; ++i) ASSERT_TRUE(log->append({say("a"), say("b")}));
}

TEST(EventLogProcess, TwoProcessesNeverGiveOneNumberTwice) {
  const ScopedFolder home;
  std::vector<std::unique_ptr<ChildProcess>> children;
  for (int i = 0; i < 3; ++i) {
    children.push_back(
        *ChildProcess::start({"/proc/self/exe", "--gtest_also_run_disabled_tests",
                              "--gtest_filter=EventLogProcess.DISABLED_Appends"},
                             {.environment = {{"MEANWHILE_TEST_HOME", home.path().string()}}, .output = {}}));
  }
  for (const auto& child : children) EXPECT_EQ(child->wait(), 0);
  const auto identity = *Identity::open(home.path(), "Ada");
  const auto log = *EventLog::open(home.path() / "log.db", identity);
  std::set<std::int64_t> numbers;
  std::set<Hlc> times;
  ASSERT_TRUE(log->for_each([&](const std::string& device, const Json& event) -> Result<void> {
    EXPECT_EQ(device, identity->device().id());
    numbers.insert(*integer_member(event, "n"));
    times.insert(*integer_member(event, "hlc"));
    return {};
  }));
  EXPECT_EQ(numbers.size(), 150u);
  EXPECT_EQ(*numbers.rbegin(), 150);
  EXPECT_EQ(times.size(), 150u);
}

}  // namespace
}  // namespace meanwhile
