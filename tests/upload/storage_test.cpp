// What every backend promises, and what each adds.
#include "upload/storage.h"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <thread>

#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "upload/folder/folder_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

struct Backend {
  std::string name;
  std::function<std::shared_ptr<Storage>(const fs::path&)> open;
};

void PrintTo(const Backend& backend, std::ostream* stream) {
  *stream << backend.name;
}

class EveryStorage : public testing::TestWithParam<Backend> {
 protected:
  void put(const std::string& key, std::string_view text) {
    const auto stored = storage_->put(key, as_byte_span(text), {});
    ASSERT_TRUE(stored) << stored.error().message;
  }
  std::string get(const std::string& key, std::optional<ByteRange> range = {}) {
    const auto bytes = storage_->get(key, 1 << 20, range, {});
    return bytes ? std::string(as_text(*bytes)) : "error: " + bytes.error().message;
  }
  std::vector<std::string> keys(const std::string& prefix, const std::string& after = "") {
    std::vector<std::string> found;
    const auto listed = storage_->list(prefix, after, {});
    for (const ObjectInfo& info : *listed) found.push_back(info.key);
    return found;
  }
  ErrorCode get_error(const std::string& key, std::uint64_t limit = 100) {
    return storage_->get(key, limit, {}, {}).error().code;
  }

  ScopedFolder scratch_;
  std::shared_ptr<Storage> storage_ = GetParam().open(scratch_.path() / "library");
};

using Keys = std::vector<std::string>;

TEST_P(EveryStorage, GivesBackWhatWasStored) {
  put("clips/2026-11/a/clip.json", "bytes");
  EXPECT_EQ(get("clips/2026-11/a/clip.json"), "bytes");
}

TEST_P(EveryStorage, StoresNothingAsAnObjectToo) {
  put("heads/x.1", "");
  EXPECT_EQ(get("heads/x.1"), "");
  EXPECT_EQ(storage_->stat("heads/x.1", {})->size_bytes, 0u);
}

TEST_P(EveryStorage, ReplacesWhole) {
  put("bell", "a long first ring");
  put("bell", "b");
  EXPECT_EQ(get("bell"), "b");
}

TEST_P(EveryStorage, GivesRanges) {
  put("seg.m4s", "0123456789");
  EXPECT_EQ(get("seg.m4s", ByteRange{2, 3}), "234");
  EXPECT_EQ(get("seg.m4s", ByteRange{8, 30}), "89");
  EXPECT_EQ(get("seg.m4s", ByteRange{10, 5}), "");
  EXPECT_EQ(get("seg.m4s", ByteRange{~0ull, ~0ull}), "");
}

TEST_P(EveryStorage, RefusesToReadMoreThanTheLimit) {
  put("big", std::string(1000, 'x'));
  EXPECT_EQ(get_error("big", 999), ErrorCode::Corrupt);
  EXPECT_TRUE(storage_->get("big", 1000, {}, {}));
}

TEST_P(EveryStorage, TellsWhatIsMissing) {
  EXPECT_EQ(get_error("nothing"), ErrorCode::NotFound);
  EXPECT_EQ(get_error("no/thing"), ErrorCode::NotFound);
  EXPECT_EQ(storage_->stat("nothing", {}).error().code, ErrorCode::NotFound);
}

TEST_P(EveryStorage, RemovesWhatMayBeGoneAlready) {
  put("heads/x.1", "");
  EXPECT_TRUE(storage_->remove("heads/x.1", {}));
  EXPECT_TRUE(storage_->remove("heads/x.1", {}));
  EXPECT_TRUE(storage_->remove("nowhere/at/all", {}));
  EXPECT_EQ(get_error("heads/x.1"), ErrorCode::NotFound);
}

TEST_P(EveryStorage, ListsInOrderBelowAPrefix) {
  for (const char* key : {"heads/b.2", "heads/b.10", "heads/a.1", "events/a/0/1.ev", "bell"}) put(key, "1");
  EXPECT_EQ(keys("heads/"), (Keys{"heads/a.1", "heads/b.10", "heads/b.2"}));
  EXPECT_EQ(keys("heads/", "heads/b.10"), (Keys{"heads/b.2"}));
  EXPECT_EQ(keys(""), (Keys{"bell", "events/a/0/1.ev", "heads/a.1", "heads/b.10", "heads/b.2"}));
  EXPECT_EQ(keys("none/"), Keys());
}

// "a/b" sorts before "a.b" by bytes of whole keys, not folder by folder.
TEST_P(EveryStorage, OrdersWholeKeys) {
  for (const char* key : {"x/a/1", "x/a.b", "x/a-c"}) put(key, "");
  EXPECT_EQ(keys("x/"), (Keys{"x/a-c", "x/a.b", "x/a/1"}));
}

TEST_P(EveryStorage, RefusesHostileKeys) {
  for (const std::string key : {"", "/", "/abs", "a//b", "../x", "a/../b", "a/..", ".hidden", "a/.b", "end.",
                                "A", "a b", "a\\b", "a/", "~tmp", "ü", "a\nb"}) {
    EXPECT_EQ(storage_->put(key, {}, {}).error().code, ErrorCode::InvalidArgument) << key;
    EXPECT_EQ(get_error(key), ErrorCode::InvalidArgument) << key;
    EXPECT_EQ(storage_->remove(key, {}).error().code, ErrorCode::InvalidArgument) << key;
  }
  EXPECT_EQ(storage_->put(std::string(65, 'a'), {}, {}).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(storage_->list("heads", "", {}).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(storage_->list("../", "", {}).error().code, ErrorCode::InvalidArgument);
}

TEST_P(EveryStorage, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(storage_->put("a", {}, stop.get_token()).error().code, ErrorCode::Aborted);
  EXPECT_EQ(storage_->list("", "", stop.get_token()).error().code, ErrorCode::Aborted);
}

TEST_P(EveryStorage, ShowsOnlyWholeObjectsWhileManyWrite) {
  const std::string a(200'000, 'a');
  const std::string b(100'000, 'b');
  put("x/bell", a);
  {
    std::vector<std::jthread> writers;
    for (const std::string& text : {a, b}) {
      writers.emplace_back([this, text] {
        for (int i = 0; i < 20; ++i) EXPECT_TRUE(storage_->put("x/bell", as_byte_span(text), {}));
      });
    }
    for (int i = 0; i < 40; ++i) {
      const std::string seen = get("x/bell");
      EXPECT_TRUE(seen == a || seen == b) << seen.size();
    }
  }
  EXPECT_EQ(keys(""), (Keys{"x/bell"}));
}

INSTANTIATE_TEST_SUITE_P(
    All, EveryStorage,
    testing::Values(Backend{"Memory",
                            [](const fs::path&) { return std::make_shared<MemoryStorage>("test"); }},
                    Backend{"Folder",
                            [](const fs::path& path) -> std::shared_ptr<Storage> {
                              return *FolderStorage::open(path, MissingFolder::Make);
                            }},
                    Backend{"Decorated",
                            [](const fs::path&) {
                              return std::make_shared<FlakyStorage>(std::make_shared<MemoryStorage>("test"));
                            }}),
    [](const auto& backend) { return backend.param.name; });

class FolderStorageTest : public testing::Test {
 protected:
  std::shared_ptr<FolderStorage> open(MissingFolder missing = MissingFolder::Make) {
    return *FolderStorage::open(library_, missing);
  }
  void put(Storage& storage, const std::string& key) { ASSERT_TRUE(storage.put(key, as_byte_span("x"), {})); }

  ScopedFolder scratch_;
  const fs::path library_ = scratch_.path() / "library";
};

TEST_F(FolderStorageTest, NeverFollowsASymbolicLink) {
  const auto storage = open();
  std::ofstream(scratch_.path() / "secret") << "secret";
  fs::create_symlink(scratch_.path() / "secret", library_ / "bell");
  fs::create_directory_symlink(scratch_.path(), library_ / "heads");
  EXPECT_EQ(storage->get("bell", 100, {}, {}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(storage->get("heads/secret", 100, {}, {}).error().code, ErrorCode::NotFound);
  EXPECT_TRUE(storage->list("", "", {})->empty());
  EXPECT_FALSE(storage->put("heads/mine", as_byte_span("x"), {}));
  EXPECT_FALSE(fs::exists(scratch_.path() / "mine"));
  put(*storage, "bell");  // the link is replaced, not what it points to
  EXPECT_EQ(fs::file_size(scratch_.path() / "secret"), 6u);
}

TEST_F(FolderStorageTest, IsNotHurtByThingsThatAreNoFiles) {
  const auto storage = open();
  ASSERT_EQ(::mkfifo((library_ / "bell").c_str(), 0600), 0);
  fs::create_directories(library_ / "events" / "1.ev");
  EXPECT_EQ(storage->get("bell", 100, {}, {}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(storage->get("events/1.ev", 100, {}, {}).error().code, ErrorCode::NotFound);
  EXPECT_TRUE(storage->remove("events/1.ev", {}));
  EXPECT_FALSE(storage->put("events/1.ev", as_byte_span("x"), {}));
  put(*storage, "events/2.ev");
  EXPECT_EQ(storage->list("", "", {})->size(), 1u);
}

TEST_F(FolderStorageTest, PassesOverNamesThatAreNoKeys) {
  const auto storage = open();
  for (const char* name : {".hidden", "UPPER", "~0123456789abcdef.tmp", "with space", "dot."}) {
    std::ofstream(library_ / name) << "x";
  }
  put(*storage, "fine");
  EXPECT_EQ(storage->list("", "", {})->size(), 1u);
}

TEST_F(FolderStorageTest, LeavesNoTemporaryFiles) {
  const auto storage = open();
  for (int i = 0; i < 5; ++i) put(*storage, "heads/a." + std::to_string(i));
  EXPECT_EQ(std::distance(fs::directory_iterator(library_ / "heads"), fs::directory_iterator()), 5);
}

TEST_F(FolderStorageTest, SweepsACrashedWritersOldTemporaryFile) {
  const auto storage = open();
  put(*storage, "heads/a.1");
  const auto fresh = library_ / "heads" / "~0123456789abcdef.tmp";
  const auto old = library_ / "heads" / "~00000000000000ff.tmp";
  std::ofstream(fresh) << "x";
  std::ofstream(old) << "x";
  fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(25));
  ASSERT_TRUE(storage->list("heads/", "", {}));
  EXPECT_TRUE(fs::exists(fresh));
  EXPECT_FALSE(fs::exists(old));
}

TEST_F(FolderStorageTest, NeverMakesAVanishedFolderAgain) {
  const auto storage = open();
  put(*storage, "meanwhile.json");
  fs::rename(library_, scratch_.path() / "away");
  EXPECT_EQ(storage->put("bell", {}, {}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(storage->get("bell", 10, {}, {}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(storage->list("heads/", "", {}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(storage->remove("bell", {}).error().code, ErrorCode::Unavailable);
  EXPECT_FALSE(fs::exists(library_));
  EXPECT_EQ(FolderStorage::open(library_, MissingFolder::Refuse).error().code, ErrorCode::Unavailable);
  fs::rename(scratch_.path() / "away", library_);
  EXPECT_TRUE(storage->put("bell", {}, {}));
}

TEST_F(FolderStorageTest, TakesAnEmptyMountPointForNoLibrary) {
  const auto storage = open();
  put(*storage, "meanwhile.json");
  fs::rename(library_, scratch_.path() / "away");
  fs::create_directory(library_);
  EXPECT_EQ(storage->put("bell", {}, {}).error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(fs::is_empty(library_));
  std::ofstream(library_ / "meanwhile.json") << "mounted again elsewhere";
  EXPECT_TRUE(storage->put("bell", {}, {}));
}

TEST_F(FolderStorageTest, SaysThatAFolderIsReadOnly) {
  const auto storage = open();
  put(*storage, "heads/a.1");
  if (::mount(library_.c_str(), library_.c_str(), nullptr, MS_BIND, nullptr) != 0)
    GTEST_SKIP() << "may not mount";
  ASSERT_EQ(::mount(nullptr, library_.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr), 0);
  const auto refused = storage->put("bell", {}, {});
  const auto read = storage->get("heads/a.1", 10, {}, {});
  ::umount(library_.c_str());
  EXPECT_EQ(refused.error().code, ErrorCode::PermissionDenied);
  EXPECT_TRUE(read);
}

TEST_F(FolderStorageTest, SaysThatTheDiskIsFullAndKeepsWhatWasThere) {
  fs::create_directory(library_);
  if (::mount("none", library_.c_str(), "tmpfs", 0, "size=2m") != 0) GTEST_SKIP() << "may not mount";
  const auto storage = open();
  put(*storage, "heads/a.1");
  const auto refused = storage->put("big", Bytes(4 << 20), {});
  const auto left = storage->list("", "", {});
  const bool clean = std::distance(fs::directory_iterator(library_), fs::directory_iterator()) == 1;
  ::umount(library_.c_str());
  EXPECT_EQ(refused.error().code, ErrorCode::NoSpace);
  EXPECT_EQ(left->size(), 1u);
  EXPECT_TRUE(clean);
}

TEST(OpenStorage, SaysWhichUrlsThereAre) {
  for (const char* url : {"", "folder", "ftp://host/x", "/srv/team"}) {
    const auto opened = open_storage(url);
    ASSERT_FALSE(opened) << url;
    EXPECT_EQ(opened.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(opened.error().message.find("folder:"), std::string::npos);
  }
  EXPECT_EQ(open_storage("ftp://me:password@host").error().message.find("password"), std::string::npos);
  EXPECT_EQ(open_storage("folder:relative").error().code, ErrorCode::InvalidArgument);
}

TEST(OpenStorage, GivesOneMemoryPlaceByName) {
  const auto first = *open_storage("memory:one");
  ASSERT_TRUE(first->put("bell", as_byte_span("x"), {}));
  EXPECT_TRUE((*open_storage("memory:one"))->get("bell", 10, {}, {}));
  EXPECT_FALSE((*open_storage("memory:two"))->get("bell", 10, {}, {}));
}

}  // namespace
}  // namespace meanwhile
