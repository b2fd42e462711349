#include "app/fetching/object_cache.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "media/base/files.h"
#include "tests/app/fetching/stored_clips.h"
#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "upload/decorate/forwarding_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

class ObjectCacheTest : public testing::Test {
 protected:
  std::string key(int number) const { return segment_key(clip_, "screen", static_cast<std::size_t>(number)); }
  ManifestObject stored(int number) {
    const Bytes bytes = part_bytes(key(number));
    EXPECT_TRUE(storage_->put(key(number), bytes, {}));
    return {bytes.size(), sha256_hex(bytes)};
  }
  int gets() const { return storage_->counts().gets; }
  // The only file in the cache that has this name.
  fs::path file_of(const ManifestObject& object) const {
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path()))
      if (entry.path().filename() == object.sha256) return entry.path();
    return {};
  }
  void make_old(const ManifestObject& object, int hours) {
    fs::last_write_time(file_of(object), fs::file_time_type::clock::now() - std::chrono::hours(hours));
  }
  void get(ObjectCache& cache, int number, const ManifestObject& object) {
    const auto bytes = cache.get(key(number), object, {});
    ASSERT_TRUE(bytes) << bytes.error().message;
    EXPECT_EQ(*bytes, part_bytes(key(number)));
  }

  const std::string clip_ = new_clip_id(wall_now());
  ScopedFolder folder_;
  std::shared_ptr<FlakyStorage> storage_ =
      std::make_shared<FlakyStorage>(std::make_shared<MemoryStorage>("library"));
};

TEST_F(ObjectCacheTest, ADamagedFileIsNoticedAndFetchedAgain) {
  ObjectCache cache(storage_, folder_.path());
  const ManifestObject object = stored(1);
  get(cache, 1, object);
  get(cache, 1, object);
  EXPECT_EQ(gets(), 1);
  for (const std::string& damage :
       {std::string(kStoredPartBytes, 'x'), std::string("short"), std::string()}) {
    std::ofstream(file_of(object)) << damage;
    get(cache, 1, object);
  }
  EXPECT_EQ(gets(), 4);
  get(cache, 1, object);
  EXPECT_EQ(gets(), 4);
}

TEST_F(ObjectCacheTest, WhatWasUsedLongestAgoGoesWhileOthersAreAdded) {
  ObjectCache cache(storage_, folder_.path(), 3 * kStoredPartBytes);
  const ManifestObject first = stored(1);
  const ManifestObject second = stored(2);
  const ManifestObject third = stored(3);
  const ManifestObject fourth = stored(4);
  get(cache, 1, first);
  get(cache, 2, second);
  get(cache, 3, third);
  make_old(first, 3);
  make_old(second, 2);
  make_old(third, 1);
  get(cache, 1, first);  // used just now
  get(cache, 4, fourth);
  EXPECT_TRUE(cache.has(key(1), first));
  EXPECT_FALSE(cache.has(key(2), second));
  EXPECT_TRUE(cache.has(key(4), fourth));
  cache.set_limit(0);
  EXPECT_FALSE(cache.has(key(4), fourth));
}

TEST_F(ObjectCacheTest, WhatIsKeptStaysUntilItIsLetGo) {
  ObjectCache cache(storage_, folder_.path(), 2 * kStoredPartBytes);
  const ManifestObject before = stored(1);
  const ManifestObject after = stored(2);
  get(cache, 1, before);
  ASSERT_TRUE(cache.keep(clip_));
  get(cache, 2, after);
  get(cache, 1, before);
  EXPECT_EQ(gets(), 2);  // it moved to what is kept
  cache.set_limit(0);
  EXPECT_TRUE(cache.has(key(1), before));
  EXPECT_TRUE(cache.has(key(2), after));
  EXPECT_EQ(cache.kept_clips(), std::vector<std::string>{clip_});
  cache.set_limit(2 * kStoredPartBytes);
  cache.let_go(clip_);
  EXPECT_TRUE(cache.has(key(1), before));  // there is room still
  EXPECT_TRUE(cache.kept_clips().empty());
  cache.set_limit(0);
  EXPECT_FALSE(cache.has(key(1), before));
}

TEST_F(ObjectCacheTest, TwoProcessesShareAFolder) {
  ObjectCache ours(storage_, folder_.path(), 20 * kStoredPartBytes);
  ObjectCache theirs(storage_, folder_.path(), 20 * kStoredPartBytes);
  std::vector<ManifestObject> objects;
  for (int i = 0; i < 40; ++i) objects.push_back(stored(i + 1));
  const auto read_all = [&](ObjectCache& cache) {
    for (int round = 0; round < 3; ++round)
      for (int i = 0; i < 40; ++i) get(cache, i + 1, objects[static_cast<std::size_t>(i)]);
  };
  std::jthread other([&] { read_all(theirs); });
  read_all(ours);
  other.join();
  ours.trim();
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path()))
    if (entry.is_regular_file()) bytes += entry.file_size();
  EXPECT_LE(bytes, 20 * kStoredPartBytes);
}

TEST_F(ObjectCacheTest, ADeletedFolderOnlyCostsTime) {
  ObjectCache cache(storage_, folder_.path() / "cache");
  const ManifestObject object = stored(1);
  get(cache, 1, object);
  fs::remove_all(folder_.path() / "cache");
  get(cache, 1, object);
  cache.trim();
}

// A storage whose gets are held up until they are let through or stopped.
class HeldStorage final : public ForwardingStorage {
 public:
  explicit HeldStorage(std::shared_ptr<Storage> inner) : inner_(std::move(inner)) {}
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override {
    {
      std::unique_lock lock(mutex_);
      asked_.push_back(key);
      const bool is_free = changed_.wait(lock, stop, [&] { return held_.empty() || key != held_; });
      if (!is_free) return fail(ErrorCode::Aborted, "stopped");
    }
    return inner_->get(key, limit_bytes, range, std::move(stop));
  }
  std::string description() const override { return "held"; }

  void hold(const std::string& key) {
    const std::lock_guard lock(mutex_);
    held_ = key;
    changed_.notify_all();
  }
  std::vector<std::string> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  Result<Storage*> inner() override { return inner_.get(); }

  const std::shared_ptr<Storage> inner_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::string held_;
  std::vector<std::string> asked_;
};

TEST_F(ObjectCacheTest, WhatIsFetchedAheadLetsGoForWhoWaits) {
  const auto held = std::make_shared<HeldStorage>(storage_);
  ObjectCache cache(held, folder_.path());
  const ManifestObject later = stored(1);
  const ManifestObject now = stored(2);
  held->hold(key(1));
  Result<void> ahead;
  std::jthread thread([&](const std::stop_token& stop) { ahead = cache.fetch_ahead(key(1), later, stop); });
  ASSERT_TRUE(becomes_true([&] { return held->asked().size() == 1; }));
  get(cache, 2, now);
  // Interrupted, and asked for again when nobody waited any more.
  ASSERT_TRUE(becomes_true([&] { return held->asked().size() == 3; }));
  EXPECT_EQ(held->asked(), (std::vector<std::string>{key(1), key(2), key(1)}));
  held->hold("");
  thread.join();
  EXPECT_TRUE(ahead);
  EXPECT_TRUE(cache.has(key(1), later));
}

TEST_F(ObjectCacheTest, WhatIsFetchedAheadStopsAtOnce) {
  const auto held = std::make_shared<HeldStorage>(storage_);
  ObjectCache cache(held, folder_.path());
  const ManifestObject later = stored(1);
  held->hold(key(1));
  Result<void> ahead;
  std::jthread thread([&](const std::stop_token& stop) { ahead = cache.fetch_ahead(key(1), later, stop); });
  ASSERT_TRUE(becomes_true([&] { return held->asked().size() == 1; }));
  thread.request_stop();
  thread.join();
  ASSERT_FALSE(ahead);
  EXPECT_EQ(ahead.error().code, ErrorCode::Aborted);
}

}  // namespace
}  // namespace meanwhile
