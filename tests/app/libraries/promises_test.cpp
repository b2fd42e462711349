// What was said is said once it is in the journal, whatever the index can take.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>

#include "app/libraries/library_session.h"
#include "app/library/home.h"
#include "tests/support/environment.h"
#include "tests/support/founding.h"
#include "tests/support/library_events.h"
#include "tests/support/library_place.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

// Another program that writes into a database for a long time.
class Occupied {
 public:
  explicit Occupied(const std::filesystem::path& file) {
    EXPECT_EQ(sqlite3_open(file.c_str(), &handle_), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  }
  ~Occupied() { sqlite3_close(handle_); }
  Occupied(const Occupied&) = delete;
  Occupied& operator=(const Occupied&) = delete;

 private:
  sqlite3* handle_ = nullptr;
};

class Promises : public testing::Test {
 protected:
  void SetUp() override {
    open();
    ASSERT_TRUE(library_->say(published(clip_, "Budget")));
  }
  void open() {
    library_.reset();
    const auto home = Home::open(folder_.path() / "home");
    ASSERT_TRUE(home);
    auto library = LibrarySession::open(*home, founded("folder:" + (folder_.path() / "library").string()),
                                        "Anna Becker");
    ASSERT_TRUE(library) << library.error().message;
    library_ = std::move(*library);
  }
  std::size_t shown() { return library_->index().comments(clip_)->size(); }
  std::filesystem::path index() const { return library_->folder() / "index.sqlite"; }

  ScopedFolder folder_;
  const std::string clip_ = new_clip_id(wall_now());
  std::unique_ptr<LibrarySession> library_;
};

TEST_F(Promises, WordThatTheIndexCantTakeIsKeptAndShownLater) {
  {
    const Occupied busy(index());
    EXPECT_TRUE(library_->say(CommentEvent{clip_, seconds(1), std::nullopt, "one"}));
    EXPECT_EQ(shown(), 0U);
  }
  EXPECT_EQ(*library_->log()->waiting(), 2) << "both are to be sent, once";
  EXPECT_TRUE(library_->sync());
  EXPECT_EQ(shown(), 1U);
}

// Captions, cuts and removals are said once their bytes are stored, which may be long after they were made.
TEST_F(Promises, WhatTheOutboxSaysIsShownByTheNextSync) {
  const auto add = [&](const std::string& key, const std::string& text) {
    const Json event = to_json(CommentEvent{.clip = clip_, .at = seconds(1), .to = {}, .text = text}).value();
    ASSERT_TRUE(library_->outbox().add(key, {{.key = key, .source = to_bytes(text)}}, {event}));
    ASSERT_EQ(library_->outbox().wait_until_stored(key, far_deadline()).value(), StoredOutcome::Stored);
  };
  library_->outbox().start();
  add("clips/a", "one");
  EXPECT_EQ(shown(), 0U);
  ASSERT_TRUE(library_->sync());
  EXPECT_EQ(shown(), 1U);
  // Also where words of one's own came in between.
  add("clips/b", "two");
  ASSERT_TRUE(library_->say(CommentEvent{clip_, seconds(1), std::nullopt, "three"}));
  const auto report = library_->sync();
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->changed);
  EXPECT_EQ(shown(), 3U);
}

TEST_F(Promises, NextWordAndNextOpeningShowItToo) {
  for (const char* text : {"one", "two"}) {
    const Occupied busy(index());
    EXPECT_TRUE(library_->say(CommentEvent{clip_, seconds(1), std::nullopt, text}));
  }
  EXPECT_TRUE(library_->say(CommentEvent{clip_, seconds(1), std::nullopt, "three"}));
  EXPECT_EQ(shown(), 3U);
  {
    const Occupied busy(index());
    EXPECT_TRUE(library_->say(CommentEvent{clip_, seconds(1), std::nullopt, "four"}));
  }
  open();
  EXPECT_EQ(shown(), 4U);
}

}  // namespace
}  // namespace meanwhile
