// Libraries without room, and libraries that can only be read: what waits says so, words go before segments,
// and everything arrives once it can.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"
#include "tests/support/library_place.h"
#include "tests/upload_servers/servers.h"
#include "upload/folder/folder_storage.h"

namespace meanwhile {
namespace {

constexpr int kSmallMb = 3;
constexpr int kRoomyMb = 16;

// One that has a disk of its own, which is small at first.
struct SmallLibrary {
  std::shared_ptr<Storage> storage;
  std::function<void(DiskState, int size_mb)> change_disk;
  std::unique_ptr<WebDavServer> server;
  std::unique_ptr<ScopedFolder> folder;
  std::unique_ptr<SmallDisk> disk;
};

Result<SmallLibrary> folder_library() {
  SmallLibrary library;
  library.folder = std::make_unique<ScopedFolder>();
  auto disk = SmallDisk::mount(library.folder->path(), kSmallMb);
  if (!disk) return std::unexpected(disk.error());
  library.disk = std::move(*disk);
  library.storage = *FolderStorage::open(library.folder->path() / "team", MissingFolder::Make);
  library.change_disk = [disk = library.disk.get()](DiskState state, int mb) { disk->change(state, mb); };
  return library;
}

Result<SmallLibrary> webdav_library(WebDavKind kind) {
  const std::string missing = WebDavServer::missing_program_of(kind);
  if (!missing.empty()) return fail(ErrorCode::Unsupported, missing + " isn't installed");
  auto server = WebDavServer::start(kind, test_authority(), WebDavServer::Transport::Plain, kSmallMb);
  if (!server) return std::unexpected(server.error());
  SmallLibrary library;
  library.server = std::move(*server);
  library.storage = *open_url(library.server->url("team"), library.server->secret());
  library.change_disk = [dav = library.server.get()](DiskState state, int mb) {
    dav->change_disk(state, mb);
  };
  return library;
}

struct FullCase {
  std::string name;
  std::function<Result<SmallLibrary>()> open;
  std::string full_words;  // what its sentence has when it is full
};
void PrintTo(const FullCase& full, std::ostream* stream) {
  *stream << full.name;
}

class FullLibrary : public testing::TestWithParam<FullCase> {
 protected:
  void SetUp() override {
    auto opened = GetParam().open();
    const bool cannot = !opened && (opened.error().code == ErrorCode::Unsupported ||
                                    opened.error().code == ErrorCode::PermissionDenied);
    if (cannot) GTEST_SKIP() << opened.error().message;
    ASSERT_TRUE(opened) << opened.error().message;
    library_ = std::move(*opened);
    place_ = LibraryPlace::open(home_.path(), library_.storage, "Ada");
    ASSERT_TRUE(library_.storage->put("bell", as_byte_span("x"), {}));
    place_.outbox->start();
  }

  void add_clip(std::size_t bytes) {
    const Bytes segment(bytes, std::byte{'s'});
    ASSERT_TRUE(
        place_.outbox->add("clip", {{.key = "clips/clip/1.m4s", .source = segment}}, {say("published")}));
  }
  std::string why_it_waits() {
    std::string why;
    EXPECT_TRUE(becomes_true([&] {
      const auto status = place_.outbox->status();
      why = status ? status->last_error.value_or("") : "";
      return !why.empty();
    }));
    return why;
  }
  void expect_waiting() {
    const auto group = place_.outbox->group_status("clip");
    ASSERT_TRUE(group);
    EXPECT_FALSE(group->stored);
    EXPECT_FALSE(group->failure) << *group->failure;  // tried again by itself
  }
  void expect_everything_arrives() {
    ASSERT_EQ(*place_.outbox->wait_until_stored("clip", far_deadline()), StoredOutcome::Stored)
        << place_.outbox->status()->last_error.value_or("");
    const ScopedFolder other;
    LibraryPlace reader = LibraryPlace::open(other.path(), library_.storage, "Ben");
    int published = 0;
    ASSERT_TRUE(reader.sync->poll(each_batch([&](const VerifiedBatch& batch) -> Result<void> {
      for (const Json& event : batch.events) published += event["text"] == "published";
      return {};
    })));
    EXPECT_EQ(published, 1);
    EXPECT_TRUE(library_.storage->get("clips/clip/1.m4s", 8 << 20, {}, {}));
  }

  SmallLibrary library_;
  ScopedFolder home_;
  LibraryPlace place_;
};

TEST_P(FullLibrary, SegmentsWaitAndSayWhyWhileWordsGo) {
  add_clip(4 << 20);
  const std::string why = why_it_waits();
  EXPECT_TRUE(why.contains(GetParam().full_words)) << why;
  const auto said = place_.log->append({say("words")});
  ASSERT_TRUE(said);
  EXPECT_EQ(*place_.outbox->wait_until_stored(said->last, far_deadline()), StoredOutcome::Stored);
  expect_waiting();
  library_.change_disk(DiskState::Writable, kRoomyMb);
  expect_everything_arrives();
}

TEST_P(FullLibrary, ReadOnlyItWaitsAndSaysWhy) {
  library_.change_disk(DiskState::ReadOnly, kSmallMb);
  add_clip(100'000);
  const std::string why = why_it_waits();
  EXPECT_TRUE(why.contains("ead-only") || why.contains("permission") || why.contains("forbids")) << why;
  expect_waiting();
  library_.change_disk(DiskState::Writable, kRoomyMb);
  expect_everything_arrives();
}

INSTANTIATE_TEST_SUITE_P(
    Real, FullLibrary,
    testing::Values(FullCase{"Folder", folder_library, "space"},
                    FullCase{"Apache", [] { return webdav_library(WebDavKind::Apache); }, "no space left"},
                    FullCase{"Nginx", [] { return webdav_library(WebDavKind::Nginx); }, "may be full"},
                    FullCase{"Rclone", [] { return webdav_library(WebDavKind::Rclone); }, "may be full"}),
    [](const auto& full) { return full.param.name; });

TEST(CephFull, BeyondTheQuotaItWaitsAndSaysWhy) {
  ServerResult& server = ceph();
  if (!server && server.error().code == ErrorCode::Unsupported) GTEST_SKIP() << server.error().message;
  ASSERT_TRUE(server) << server.error().message;
  auto& cluster = static_cast<CephServer&>(**server);
  const auto storage = *open_url(new_url(cluster, Transport::Plain), cluster.secret());
  const ScopedFolder home;
  LibraryPlace place = LibraryPlace::open(home.path(), storage, "Ada");
  ASSERT_TRUE(storage->put("bell", Bytes(100'000), {}));
  ASSERT_TRUE(cluster.set_quota(4096));
  // The gateway counts now and then.
  EXPECT_TRUE(becomes_true([&] { return !storage->put("bell", Bytes(100'000), {}); }));
  ASSERT_TRUE(
      place.outbox->add("clip", {{.key = "clips/clip/1.m4s", .source = Bytes(100'000)}}, {say("published")}));
  place.outbox->start();
  std::string why;
  EXPECT_TRUE(becomes_true([&] {
    why = place.outbox->status()->last_error.value_or("");
    return !why.empty();
  }));
  EXPECT_TRUE(why.contains("quota")) << why;
  EXPECT_FALSE(place.outbox->group_status("clip")->failure);
  ASSERT_TRUE(cluster.set_quota(0));
  EXPECT_EQ(*place.outbox->wait_until_stored("clip", far_deadline()), StoredOutcome::Stored);
}

}  // namespace
}  // namespace meanwhile
