// What each backend adds to what all promise.
#include "upload/storage.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "tests/upload/storage_suite.h"
#include "upload/decorate/reopening_storage.h"
#include "upload/folder/folder_storage.h"
#include "upload/memory/memory_storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

Result<void> any_place(Storage& /*place*/, std::stop_token /*stop*/) {
  return {};
}

namespace fs = std::filesystem;

using Opened = Result<std::shared_ptr<Storage>>;

INSTANTIATE_TEST_SUITE_P(All, EveryStorage,
                         testing::Values(Backend{.name = "Memory",
                                                 .open = [](const fs::path&) -> Opened {
                                                   return std::make_shared<MemoryStorage>("test");
                                                 }},
                                         // Each put is synced to the disk.
                                         Backend{.name = "Folder",
                                                 .open = [](const fs::path& path) -> Opened {
                                                   return FolderStorage::open(path, MissingFolder::Make);
                                                 },
                                                 .many = 1000},
                                         Backend{.name = "Reopening",
                                                 .open = [](const fs::path& path) -> Opened {
                                                   fs::create_directories(path);
                                                   return std::make_shared<ReopeningStorage>(
                                                       "folder:" + path.string(), find_secret_in_environment,
                                                       any_place);
                                                 }},
                                         Backend{.name = "Decorated",
                                                 .open = [](const fs::path&) -> Opened {
                                                   return std::make_shared<FlakyStorage>(
                                                       std::make_shared<MemoryStorage>("test"));
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
  const auto stored = storage->put("heads/mine", as_byte_span("x"), {});
  ASSERT_FALSE(stored);
  EXPECT_TRUE(stored.error().message.contains("heads is a symbolic link")) << stored.error().message;
  EXPECT_FALSE(fs::exists(scratch_.path() / "mine"));
  put(*storage, "bell");  // the link is replaced, not what it points to
  EXPECT_EQ(fs::file_size(scratch_.path() / "secret"), 6u);
}

TEST_F(FolderStorageTest, IsNotHurtByThingsThatAreNoFiles) {
  const auto storage = open();
  ASSERT_EQ(::mkfifo((library_ / "bell").c_str(), 0600), 0);
  fs::create_directories(library_ / "events" / "1.ev" / "others");
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

class FolderStorageDeathTest : public FolderStorageTest {
 protected:
  // Killed while it writes.
  void kill_while_putting(const std::string& key) {
    const auto storage = open();
    EXPECT_EXIT(put_until_killed(*storage, key), testing::KilledBySignal(SIGXFSZ), "");
  }
  static void put_until_killed(Storage& storage, const std::string& key) {
    const rlimit most{.rlim_cur = 100, .rlim_max = 100};
    ::setrlimit(RLIMIT_FSIZE, &most);
    (void)storage.put(key, Bytes(1000), {});
  }
  std::ptrdiff_t files_in(const char* folder) const {
    return std::distance(fs::directory_iterator(library_ / folder), fs::directory_iterator());
  }
};

TEST_F(FolderStorageDeathTest, WhatAKillLeftGoesWithTheNextWriteOfThatName) {
  kill_while_putting("clips/1.m4s");
  EXPECT_EQ(files_in("clips"), 1);
  put(*open(), "clips/1.m4s");
  EXPECT_EQ(files_in("clips"), 1);
  EXPECT_EQ(fs::file_size(library_ / "clips" / "1.m4s"), 1u);
}

TEST_F(FolderStorageDeathTest, WhatAKillLeftGoesWhenThatNameIsRemoved) {
  kill_while_putting("clips/1.m4s");
  ASSERT_TRUE(open()->remove("clips/1.m4s", {}));
  EXPECT_EQ(files_in("clips"), 0);
}

// Nobody may have us write into a file of ours that lies elsewhere.
TEST_F(FolderStorageDeathTest, AnotherNameOfAFileIsNotTakenForATemporaryOne) {
  kill_while_putting("clips/1.m4s");
  const fs::path left = fs::directory_iterator(library_ / "clips")->path();
  fs::remove(left);
  const auto precious = scratch_.path() / "precious";
  std::ofstream(precious) << "precious";
  fs::create_hard_link(precious, left);
  put(*open(), "clips/1.m4s");
  EXPECT_EQ(fs::file_size(precious), 8u);
  EXPECT_EQ(fs::file_size(library_ / "clips" / "1.m4s"), 1u);
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

// A private umask and another group: what the team's folder allows is what counts.
TEST_F(FolderStorageTest, WhatIsMadeAllowsWhatTheFolderAllows) {
  const auto storage = open();
  constexpr gid_t kTeam = 23'000;
  const bool is_root = ::geteuid() == 0;
  if (is_root) {
    ASSERT_EQ(::chown(library_.c_str(), 0, kTeam), 0);
  }
  ASSERT_EQ(::chmod(library_.c_str(), 02775), 0);
  fs::create_directory(library_ / "heads");  // by an older version
  const mode_t before = ::umask(0077);
  put(*storage, "heads/a.1");
  put(*storage, "clips/2026-11/x/clip.json");
  ::umask(before);
  const auto info = [&](const char* name) {
    struct stat found{};
    EXPECT_EQ(::stat((library_ / name).c_str(), &found), 0) << name;
    return found;
  };
  for (const char* folder : {"heads", "clips", "clips/2026-11", "clips/2026-11/x"}) {
    EXPECT_EQ(info(folder).st_mode & 07777, 02775U) << folder;
    EXPECT_TRUE(!is_root || info(folder).st_gid == kTeam) << folder;
  }
  for (const char* file : {"heads/a.1", "clips/2026-11/x/clip.json"}) {
    EXPECT_EQ(info(file).st_mode & 07777, 0664U) << file;
    EXPECT_TRUE(!is_root || info(file).st_gid == kTeam) << file;
  }
}

TEST_F(FolderStorageTest, APrivateFolderStaysPrivate) {
  const auto storage = open();
  ASSERT_EQ(::chmod(library_.c_str(), 0700), 0);
  const mode_t before = ::umask(0077);
  put(*storage, "heads/a.1");
  ::umask(before);
  struct stat found{};
  ASSERT_EQ(::stat((library_ / "heads/a.1").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0600U);
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

TEST(ReopeningStorage, HandsOnWhatABucketCanDoOnceItIsOpen) {
  ReopeningStorage storage(
      "s3://bucket/team?region=eu-central-1",
      [](const std::string&) -> Result<std::optional<Secret>> { return std::nullopt; }, any_place);
  EXPECT_FALSE(checks_uploads(storage));
  EXPECT_FALSE(storage.stat("bell", {})) << "nobody knows who we are";
  EXPECT_TRUE(checks_uploads(storage));
  EXPECT_TRUE(storage.capabilities().upload_pace);
  EXPECT_TRUE(storage.capabilities().server_clock);
}

TEST_F(FolderStorageTest, ThatIsOpenedLaterCanDoThenWhatFoldersCan) {
  ReopeningStorage storage("folder:" + library_.string(), find_secret_in_environment, any_place);
  EXPECT_EQ(storage.stat("bell", {}).error().code, ErrorCode::Unavailable);
  EXPECT_FALSE(storage.capabilities().conflict_copies);
  fs::create_directory(library_);
  put(storage, "bell");
  EXPECT_TRUE(storage.capabilities().conflict_copies);
  EXPECT_TRUE(storage.capabilities().watchable);
  EXPECT_FALSE(storage.capabilities().hashed_uploads);
}

}  // namespace
}  // namespace meanwhile
