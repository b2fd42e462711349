// What is asked of a library costs what is shown of it, not what is in it: counted by SQLite, in steps of its
// machine, so that no clock has a say. tests/bench has the times.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/library/index.h"
#include "tests/support/environment.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

constexpr int kFewClips = 100;
constexpr int kManyClips = 1000;
constexpr int kCommentsPerClip = 10;
constexpr int kAuthors = 20;
constexpr std::size_t kTogether = 200;  // batches a transaction
constexpr int kAskedFor = 71;           // the clip that is looked at

// Counts in all databases that are opened while it lives.
class SqliteSteps {
 public:
  SqliteSteps() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watch)); }
  ~SqliteSteps() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&watch)); }
  SqliteSteps(const SqliteSteps&) = delete;
  SqliteSteps& operator=(const SqliteSteps&) = delete;

  static std::int64_t of(const std::function<void()>& work) {
    const std::int64_t before = steps;
    work();
    return steps - before;
  }

 private:
  static int watch(sqlite3* database, char**, const void*) {
    sqlite3_progress_handler(database, 1, &count, nullptr);
    return SQLITE_OK;
  }
  static int count(void*) {
    ++steps;
    return 0;
  }

  static inline std::int64_t steps = 0;
};

std::string clip_id(int number) {
  return id_from(fmt::format("c{:05}", number));
}

// One batch a clip: it is published, commented, and answered.
AuthoredEvents story_of(int number, Writer& author, Writer& viewer) {
  const std::string clip = clip_id(number);
  std::int64_t now = kStoryBegin + number * 1000;
  const std::string title = number == kAskedFor ? "Zebra" : fmt::format("Update {} of the week", number);
  std::vector<Json> events = {author.write(published(clip, title), now)};
  for (int i = 0; i < kCommentsPerClip / 2; ++i) {
    const CommentEvent comment{clip, seconds(i), std::nullopt,
                               fmt::format("Comment {} about topic{}", i, number % 20)};
    events.push_back(author.write(comment, ++now));
    events.push_back(author.write(ReplyEvent{author.last(), "An answer to that"}, ++now));
  }
  if (number % 2 == 0) events.push_back(viewer.write(WatchedEvent{clip, {{seconds(0), seconds(60)}}}, ++now));
  return author.batch(std::move(events));
}

std::vector<AuthoredEvents> library(int clips, Writer& me) {
  std::vector<Writer> authors;
  for (int i = 0; i < kAuthors; ++i) authors.emplace_back(fmt::format("author{:02}a", i));
  std::vector<AuthoredEvents> batches;
  for (int i = 0; i < clips; ++i)
    batches.push_back(story_of(i, authors[static_cast<std::size_t>(i % kAuthors)], me));
  return batches;
}

std::unique_ptr<Index> index_of(int clips, const std::filesystem::path& file) {
  Writer me("me");
  const auto batches = library(clips, me);
  auto index = Index::open(file, me.person).value();
  for (std::size_t i = 0; i < batches.size(); i += kTogether)
    EXPECT_TRUE(index->apply(std::span(batches).subspan(i, std::min(kTogether, batches.size() - i))));
  EXPECT_EQ(index->clips({})->size(), static_cast<std::size_t>(clips));
  return index;
}

void add_a_comment(Index& index) {
  Writer late("late");
  const CommentEvent comment{clip_id(kAskedFor), seconds(1), std::nullopt, "one more"};
  const AuthoredEvents batch = late.batch({late.write(comment, kStoryBegin)});
  EXPECT_TRUE(index.apply(std::span(&batch, 1)));
}

// The steps that each takes in a library of so many clips.
std::map<std::string, std::int64_t> costs_in(int clips) {
  const ScopedFolder folder;
  const auto index = index_of(clips, folder.path() / "index.sqlite");
  const std::string clip = clip_id(kAskedFor);
  const ClipQuery first_page{.filter = ClipFilter::Inbox, .limit = 50};
  std::map<std::string, std::int64_t> costs;
  costs["the Inbox's first 50"] = SqliteSteps::of([&] { EXPECT_EQ(index->clips(first_page)->size(), 50U); });
  costs["one clip"] = SqliteSteps::of([&] { EXPECT_EQ(index->clip(clip)->comments, kCommentsPerClip); });
  costs["comments of a clip"] =
      SqliteSteps::of([&] { EXPECT_EQ(index->comments(clip)->size(), std::size_t{kCommentsPerClip / 2}); });
  costs["search for a rare word"] =
      SqliteSteps::of([&] { EXPECT_EQ(index->search("zebra", 50)->size(), 1U); });
  costs["one more event"] = SqliteSteps::of([&] { add_a_comment(*index); });
  return costs;
}

TEST(IndexScale, WhatIsAskedForCostsNoMoreInALibraryTenTimesAsLarge) {
  const SqliteSteps counted;
  const auto few = costs_in(kFewClips);
  const auto many = costs_in(kManyClips);
  for (const auto& [what, steps] : few) {
    fmt::print("{:<24} {:>6} steps, {:>6} in a library ten times as large\n", what, steps, many.at(what));
    EXPECT_GT(steps, 0) << what << ": nothing is counted";
    EXPECT_LE(many.at(what), steps * 2) << what;
  }
}

}  // namespace
}  // namespace meanwhile
