// Clocks that were never set, or run far ahead; and people who were away for weeks.
#include <gtest/gtest.h>

#include "app/library/index.h"
#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "tests/support/library_events.h"
#include "tests/support/library_place.h"
#include "tests/support/written_library.h"
#include "upload/log_writer.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

const std::string kClip = id_from("talk");

// A home with a clock of its own, wired as LibrarySession does it.
class Person {
 public:
  Person(const std::filesystem::path& home, std::shared_ptr<Storage> storage, const std::string& name,
         std::chrono::seconds clock_ahead)
      : ahead_(clock_ahead) {
    const auto clock = [this, storage] { return corrected_time(*storage, wall_now() + ahead_ + later_); };
    const auto identity = *Identity::open(home, name);
    name_ = name;
    log_ = *EventLog::open(home / "log.db", identity, clock);
    writer_ = *LogWriter::open(home / "log.db", storage, log_);
    SyncOptions options = hasty_sync();
    options.now = [this] { return wall_now() + ahead_ + later_; };
    sync_ = *Sync::open(home / "log.db", storage, log_, options);
    index_ = *Index::open(home / "index.db", identity->person());
  }

  EventId says(const EventBody& body) {
    const auto appended = log_->append({*to_json(body)});
    const Identity::Device device = log_->identity()->device();
    const AuthoredEvents own{device.id(), device.certificate.person, name_, appended->events};
    EXPECT_TRUE(index_->apply(std::span(&own, 1)));
    EXPECT_TRUE(writer_->run({}));
    writer_->ring_held_bell({});
    return appended->last;
  }
  SyncReport reads() {
    const auto report = sync_->poll(
        [this](std::span<const VerifiedBatch> batches) { return apply_batches(*index_, batches); });
    EXPECT_TRUE(report);
    return report ? *report : SyncReport{};
  }
  void waits(std::chrono::hours time) { later_ += time; }
  WallTime now() { return log_->now(); }
  Index& index() { return *index_; }

  // What is said about the clip, as it is shown.
  std::vector<std::string> words() {
    std::vector<std::string> texts;
    const auto threads = *index_->comments(kClip);
    for (const Thread& thread : threads) {
      texts.push_back(thread.comment.text);
      for (const Comment& reply : thread.replies) texts.push_back(reply.text);
    }
    return texts;
  }

 private:
  const std::chrono::seconds ahead_;
  std::chrono::hours later_{0};
  std::string name_;
  std::shared_ptr<EventLog> log_;
  std::unique_ptr<LogWriter> writer_;
  std::unique_ptr<Sync> sync_;
  std::unique_ptr<Index> index_;
};

class WrongClockTest : public testing::Test {
 protected:
  std::unique_ptr<Person> person(const std::string& name, std::chrono::seconds clock_ahead = 0s,
                                 bool server_tells = false) {
    auto storage = std::make_shared<FlakyStorage>(memory_);
    if (server_tells) storage->set_clock_ahead(clock_ahead);
    return std::make_unique<Person>(folder_.path() / name, storage, name, clock_ahead);
  }
  std::chrono::seconds to_1970() {
    return -std::chrono::duration_cast<std::chrono::seconds>(wall_now().time_since_epoch()) + 1h;
  }

  ScopedFolder folder_;
  std::shared_ptr<MemoryStorage> memory_ = std::make_shared<MemoryStorage>("library");
};

constexpr std::chrono::seconds kTo2099 = std::chrono::hours(24) * 365 * 73;

TEST_F(WrongClockTest, NothingIsLostOrOutOfOrderBetweenAClockIn1970OneIn2099AndAGoodOne) {
  const auto good = person("good");
  const auto unset = person("unset", to_1970());
  const auto ahead = person("ahead", kTo2099);
  good->says(published(kClip, "Talk"));
  const EventId question = good->says(CommentEvent{kClip, 1s, std::nullopt, "question"});
  unset->reads();
  unset->says(ReplyEvent{question, "answer by the unset clock"});
  good->reads();
  ahead->reads();
  ahead->says(ReplyEvent{question, "answer from 2099"});
  good->reads();
  good->says(ReplyEvent{question, "last answer"});
  // Where the one from 2099 stands nobody can know; everybody sees it in the same place.
  const std::vector<std::string> expected = {"question", "answer by the unset clock", "last answer",
                                             "answer from 2099"};
  EXPECT_EQ(good->words(), expected);
  for (const auto& other : {unset.get(), ahead.get()}) {
    other->reads();
    EXPECT_EQ(other->words(), expected);
  }
}

TEST_F(WrongClockTest, AnUnsetClocksLaterEditWins) {
  const auto good = person("good");
  const auto unset = person("unset", to_1970());
  good->says(published(kClip, "First title"));
  unset->reads();
  unset->says(TitleEvent{kClip, "Second title"});
  good->reads();
  EXPECT_EQ(good->index().clip(kClip)->title, "Second title");
  good->says(TitleEvent{kClip, "Third title"});
  unset->reads();
  EXPECT_EQ(unset->index().clip(kClip)->title, "Third title");
}

TEST_F(WrongClockTest, TheServersTimeCounts) {
  for (const std::chrono::seconds wrong : {to_1970(), kTo2099}) {
    const auto corrected = person("corrected" + std::to_string(wrong.count()), wrong, true);
    EXPECT_LT(std::chrono::abs(corrected->now() - wall_now()), 1min);
  }
}

class ClockSetBackTest : public WrongClockTest, public testing::WithParamInterface<std::chrono::hours> {};

INSTANTIATE_TEST_SUITE_P(All, ClockSetBackTest, testing::Values(5h, 24h * 365));

TEST_P(ClockSetBackTest, WhatWasMissingMeanwhileComes) {
  const auto ahead = GetParam();
  const auto reader = person("reader");
  const auto publisher = person("publisher");
  publisher->says(published(kClip, "Talk", 1h));
  WrittenLog log("Ada", wall_now());
  for (int i = 1; i <= 2; ++i)
    log.say({*to_json(CommentEvent{kClip, std::chrono::seconds(i), std::nullopt, std::to_string(i)})},
            wall_now());
  ASSERT_TRUE(log.store(*memory_, 1));
  ASSERT_TRUE(ring(*memory_, "1"));
  const std::string key = batch_key(log.device(), 2);
  const Bytes late = *memory_->get(key, kLargestBatchBytes, {}, {});
  ASSERT_TRUE(memory_->remove(key, {}));
  reader->waits(ahead);
  for (int i = 0; i < 40; ++i) EXPECT_EQ(reader->reads().holes, 1);
  ASSERT_TRUE(memory_->put(key, late, {}));
  reader->waits(-ahead);
  EXPECT_EQ(reader->reads().holes, 0);
  EXPECT_EQ(reader->words(), (std::vector<std::string>{"1", "2"}));
}

TEST_F(WrongClockTest, OfflineFor40DaysAndHolesThatWereGivenUpAreFoundAgain) {
  const auto reader = person("reader");
  WrittenLog log("Ada", wall_now());
  const auto say_all = [&](int from, int to) {
    for (int i = from; i <= to; ++i) {
      log.say({*to_json(CommentEvent{kClip, std::chrono::seconds(i), std::nullopt, std::to_string(i)})},
              wall_now());
    }
    ASSERT_TRUE(log.store(*memory_, 1));
    ASSERT_TRUE(ring(*memory_, std::to_string(to)));
  };
  const auto publisher = person("publisher");
  publisher->says(published(kClip, "Talk", 1h));
  say_all(1, 3);
  const std::string key = batch_key(log.device(), 2);
  const Bytes lost = *memory_->get(key, kLargestBatchBytes, {}, {});
  ASSERT_TRUE(memory_->remove(key, {}));
  EXPECT_EQ(reader->reads().holes, 1);
  EXPECT_EQ(reader->words(), (std::vector<std::string>{"1", "3"}));

  reader->waits(24h * 40);
  say_all(4, 70);
  EXPECT_EQ(reader->reads().holes, 1);  // given up, and in nobody's way
  EXPECT_EQ(reader->words().size(), 69u);
  ASSERT_TRUE(memory_->put(key, lost, {}));
  reader->waits(25h);
  say_all(71, 71);
  EXPECT_EQ(reader->reads().holes, 0);
  EXPECT_EQ(reader->words().size(), 71u);
}

}  // namespace
}  // namespace meanwhile
