// The trash of a library, with a clock of the test's own.
#include "app/libraries/trash.h"

#include <gtest/gtest.h>

#include "app/library/manifest.h"
#include "media/base/files.h"
#include "tests/support/environment.h"
#include "tests/support/founding.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

using std::chrono::days;

class TrashTest : public testing::Test {
 protected:
  void SetUp() override {
    auto home = Home::open(folder_.path() / "home");
    ASSERT_TRUE(home);
    auto library = LibrarySession::open(*home, founded("folder:" + (folder_.path() / "library").string()),
                                        "Anna Becker");
    ASSERT_TRUE(library) << library.error().message;
    library_ = std::move(*library);
    for (const std::string& key : {manifest_key(clip_), segment_key(clip_, "voice", 1)})
      ASSERT_TRUE(library_->storage().put(key, Bytes(10), {}));
    ASSERT_TRUE(library_->say(published(clip_, "Budget")));
    ASSERT_TRUE(library_->say(DeleteClipEvent{clip_}));
  }

  // Looked after once a day until then.
  PurgeReport days_pass(int count) {
    PurgeReport all;
    for (int day = 0; day <= count; ++day) {
      const PurgeReport report = purge(now_ + days(day));
      all.clips += report.clips;
      all.objects += report.objects;
    }
    return all;
  }
  PurgeReport purge(WallTime now) {
    auto report = purge_trash(*library_, now, {});
    EXPECT_TRUE(report) << report.error().message;
    return report.value_or(PurgeReport{});
  }
  std::size_t objects() { return library_->storage().list(clip_prefix(clip_), "", {})->size(); }

  ScopedFolder folder_;
  const std::string clip_ = new_clip_id(wall_now());
  const WallTime now_ = wall_now();
  std::unique_ptr<LibrarySession> library_;
};

TEST_F(TrashTest, BytesStayForThirtyDays) {
  EXPECT_EQ(days_pass(29).clips, 0);
  EXPECT_EQ(objects(), 2U);
  ASSERT_EQ(trash_of(*library_)->size(), 1U);
  // It was deleted a little after now_.
  EXPECT_EQ(days_left(trash_of(*library_)->front(), now_ + days(29) + std::chrono::hours(1)), 1);
}

TEST_F(TrashTest, BytesGoAfterThirtyDaysAndNothingElseDoes) {
  const std::string other = manifest_key(new_clip_id(now_));
  ASSERT_TRUE(library_->storage().put(other, Bytes(10), {}));
  EXPECT_EQ(days_pass(31).clips, 1);
  EXPECT_EQ(objects(), 0U);
  EXPECT_TRUE(library_->storage().stat(other, {}));
  EXPECT_TRUE(trash_of(*library_)->empty());
}

TEST_F(TrashTest, RestoredClipIsNotTouched) {
  ASSERT_TRUE(find_trashed_bytes(library_->storage(), clip_, {}));
  ASSERT_TRUE(restore_clip(*library_, clip_, now_ + days(1)));
  EXPECT_EQ(days_pass(31).clips, 0);
  EXPECT_EQ(objects(), 2U);
}

TEST_F(TrashTest, RestoringSaysThatTheBytesAreGone) {
  days_pass(31);
  const auto found = find_trashed_bytes(library_->storage(), clip_, {});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::NotFound);
}

TEST_F(TrashTest, RestoringIsOverWithTheThirtyDays) {
  EXPECT_FALSE(restore_clip(*library_, clip_, now_ + days(31)));
}

// A laptop in 2099, and one that comes from 1970.
TEST_F(TrashTest, AClockThatJumpsTakesNothing) {
  purge(now_);
  EXPECT_EQ(purge(now_ + days(365 * 73)).clips, 0);
  EXPECT_EQ(purge(now_ + days(365 * 73 + 1)).clips, 0);
  EXPECT_EQ(purge(now_ - days(365 * 56)).clips, 0);
  EXPECT_EQ(purge(now_ + days(1)).clips, 0);
  EXPECT_EQ(objects(), 2U);
}

TEST_F(TrashTest, WhoLooksOnceAWeekTidiesUpToo) {
  int clips = 0;
  for (int week = 0; week <= 5; ++week) clips += purge(now_ + days(7 * week)).clips;
  EXPECT_EQ(clips, 1);
}

TEST_F(TrashTest, IsLookedAfterOnceADay) {
  const auto objects_before = objects();
  EXPECT_TRUE(purge_if_due(*library_, now_, {}));
  const auto note = [&] { return read_file(library_->folder() / "trash.json", 1 << 20).value(); };
  const Bytes first = note();
  EXPECT_TRUE(purge_if_due(*library_, now_ + std::chrono::hours(1), {}));
  EXPECT_TRUE(note() == first);
  EXPECT_TRUE(purge_if_due(*library_, now_ + std::chrono::hours(25), {}));
  EXPECT_FALSE(note() == first);
  EXPECT_EQ(objects(), objects_before);
}

}  // namespace
}  // namespace meanwhile
