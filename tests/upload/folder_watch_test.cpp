#include "upload/folder/folder_watch.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <fstream>
#include <mutex>

#include "tests/support/environment.h"
#include "tests/support/library_place.h"
#include "upload/folder/folder_storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// Counts what the watch tells.
class Listener {
 public:
  std::function<void()> ear() {
    return [this] {
      std::lock_guard lock(mutex_);
      ++heard_;
      changed_.notify_all();
    };
  }
  // Repeats act until it is heard: the watch's thread may not be up yet.
  bool hears(const std::function<void()>& act) {
    std::unique_lock lock(mutex_);
    const int before = heard_;
    while (heard_ == before && std::chrono::steady_clock::now() < deadline_) {
      lock.unlock();
      act();
      lock.lock();
      changed_.wait_for(lock, std::chrono::milliseconds(200), [&] { return heard_ != before; });
    }
    return heard_ != before;
  }
  int heard() {
    std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  const std::chrono::steady_clock::time_point deadline_ = far_deadline();
  std::mutex mutex_;
  std::condition_variable changed_;
  int heard_ = 0;
};

class FolderWatchTest : public testing::Test {
 protected:
  void put(const std::string& key) { ASSERT_TRUE(storage_->put(key, as_byte_span("x"), {})); }

  ScopedFolder scratch_;
  const fs::path library_ = scratch_.path() / "library";
  std::shared_ptr<FolderStorage> storage_ = *FolderStorage::open(library_, MissingFolder::Make);
  Listener listener_;
};

TEST_F(FolderWatchTest, TellsOfTheBellAndOfHeads) {
  put("heads/a.1");
  const auto watch = storage_->watch(listener_.ear());
  if (!watch) GTEST_SKIP() << "this system doesn't tell";
  EXPECT_TRUE(listener_.hears([&] { put("bell"); }));
  EXPECT_TRUE(listener_.hears([&] { put("heads/a.2"); }));
}

TEST_F(FolderWatchTest, TellsOfHeadsInAFolderThatIsMadeLater) {
  const auto watch = storage_->watch(listener_.ear());
  if (!watch) GTEST_SKIP() << "this system doesn't tell";
  EXPECT_TRUE(listener_.hears([&] { put("bell"); }));
  put("heads/a.1");
  EXPECT_TRUE(listener_.hears([&] { put("heads/a.2"); }));
}

TEST_F(FolderWatchTest, SurvivesTheFolderGoingAwayAndComingBack) {
  put("meanwhile.json");
  put("heads/a.1");
  const auto watch = storage_->watch(listener_.ear());
  if (!watch) GTEST_SKIP() << "this system doesn't tell";
  EXPECT_TRUE(listener_.hears([&] { put("bell"); }));
  EXPECT_TRUE(listener_.hears([&] {
    if (fs::exists(library_)) fs::rename(library_, scratch_.path() / "away");
  }));
  // That it is back is told, and then what happens in it.
  EXPECT_TRUE(listener_.hears([&] {
    if (!fs::exists(library_)) fs::rename(scratch_.path() / "away", library_);
  }));
  EXPECT_TRUE(listener_.hears([&] { put("heads/a.2"); }));
}

TEST_F(FolderWatchTest, ALinkInPlaceOfHeadsIsNotFollowed) {
  const fs::path outside = scratch_.path() / "outside";
  fs::create_directory(outside);
  fs::create_directory_symlink(outside, library_ / "heads");
  const auto watch = storage_->watch(listener_.ear());
  if (!watch) GTEST_SKIP() << "this system doesn't tell";
  EXPECT_TRUE(listener_.hears([&] { put("bell"); }));
}

TEST_F(FolderWatchTest, SaysNothingMoreOnceItIsGone) {
  auto watch = storage_->watch(listener_.ear());
  if (!watch) GTEST_SKIP() << "this system doesn't tell";
  EXPECT_TRUE(listener_.hears([&] { put("bell"); }));
  put("bell");
  watch.reset();
  const int heard = listener_.heard();
  put("bell");
  EXPECT_EQ(listener_.heard(), heard);
}

}  // namespace
}  // namespace meanwhile
