// A library of years: built and asked. Prints how long it took; that is for people to read, no verdict.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/library/index.h"
#include "tests/support/environment.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

// Unoptimized or under a sanitizer a tenth shows as much.
#ifdef NDEBUG
constexpr int kClips = 10'000;
#else
constexpr int kClips = 1000;
#endif
constexpr int kCommentsPerClip = 10;
constexpr std::size_t kTogether = 200;  // batches a transaction

class Stopwatch {
 public:
  explicit Stopwatch(const char* what) : what_(what) {}
  ~Stopwatch() {
    const auto took = std::chrono::steady_clock::now() - begin_;
    fmt::print("{:<34} {:>9.1f} ms\n", what_, std::chrono::duration<double, std::milli>(took).count());
  }

 private:
  const char* what_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

std::string clip_id(int number) {
  return id_from(fmt::format("c{:05}", number));
}

// One batch a clip: it is published, commented, and answered.
AuthoredEvents story_of(int number, Writer& author, Writer& viewer) {
  const std::string clip = clip_id(number);
  std::int64_t now = kStoryBegin + number * 1000;
  std::vector<Json> events = {
      author.write(published(clip, fmt::format("Update {} of the week", number)), now)};
  for (int i = 0; i < kCommentsPerClip / 2; ++i) {
    const CommentEvent comment{clip, seconds(i), std::nullopt,
                               fmt::format("Comment {} about topic{}", i, number % 20)};
    events.push_back(author.write(comment, ++now));
    events.push_back(author.write(ReplyEvent{author.last(), "An answer to that"}, ++now));
  }
  if (number % 2 == 0) events.push_back(viewer.write(WatchedEvent{clip, {{seconds(0), seconds(60)}}}, ++now));
  return author.batch(std::move(events));
}

std::vector<AuthoredEvents> library(Writer& me) {
  std::vector<Writer> authors;
  for (int i = 0; i < 20; ++i) authors.emplace_back(fmt::format("author{:02}a", i));
  std::vector<AuthoredEvents> batches;
  for (int i = 0; i < kClips; ++i)
    batches.push_back(story_of(i, authors[static_cast<std::size_t>(i % 20)], me));
  return batches;
}

TEST(IndexScale, YearsOfClipsAndCommentsAreHeld) {
  ScopedFolder folder;
  Writer me("me");
  const auto batches = library(me);
  auto index = Index::open(folder.path() / "index.sqlite", me.person).value();
  const WallTime seen{std::chrono::milliseconds(kStoryBegin + kClips * 1000)};
  {
    const Stopwatch watch("building the index");
    for (std::size_t i = 0; i < batches.size(); i += kTogether) {
      ASSERT_TRUE(index->apply(std::span(batches).subspan(i, std::min(kTogether, batches.size() - i)), seen));
    }
  }
  fmt::print("{:<34} {:>9.1f} MB\n", "its file",
             static_cast<double>(std::filesystem::file_size(folder.path() / "index.sqlite")) / 1e6);
  {
    const Stopwatch watch("all clips");
    EXPECT_EQ(index->clips({})->size(), static_cast<std::size_t>(kClips));
  }
  {
    const Stopwatch watch("the first 50 clips");
    ClipQuery query;
    query.limit = 50;
    EXPECT_EQ(index->clips(query)->size(), 50u);
  }
  {
    const Stopwatch watch("one clip");
    EXPECT_EQ(index->clip(clip_id(711))->comments, kCommentsPerClip);
  }
  {
    const Stopwatch watch("comments of a clip");
    EXPECT_EQ(index->comments(clip_id(711))->size(), static_cast<std::size_t>(kCommentsPerClip / 2));
  }
  {
    const Stopwatch watch("search for a rare word");
    EXPECT_EQ(index->search("topic7", 50)->size(), 50u);
  }
  {
    const Stopwatch watch("search for a word in half of them");
    EXPECT_EQ(index->search("answer", 50)->size(), 50u);
  }
  {
    const Stopwatch watch("one more event");
    Writer late("late");
    const AuthoredEvents batch =
        late.batch({late.write(CommentEvent{clip_id(1), seconds(1), std::nullopt, "one more"}, kStoryBegin)});
    EXPECT_TRUE(index->apply(std::span(&batch, 1), seen));
  }
}

}  // namespace
}  // namespace meanwhile
