// The program is killed at random moments; what it had promised outside of its own journal must arrive.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <random>
#include <thread>

#include "media/base/child_process.h"
#include "media/base/files.h"
#include "tests/support/environment.h"
#include "tests/support/library_place.h"
#include "upload/folder/folder_storage.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

// A promise is a line that is on the disk before the child goes on.
void promise(int descriptor, const std::string& line) {
  ASSERT_EQ(::write(descriptor, line.data(), line.size()), static_cast<ssize_t>(line.size()));
  ASSERT_EQ(::fdatasync(descriptor), 0);
}

std::shared_ptr<Storage> library_of(const std::filesystem::path& home) {
  return *FolderStorage::open(home / "library", MissingFolder::Make);
}

std::uintmax_t promised_bytes(const std::filesystem::path& home) {
  std::error_code error;
  const auto size = std::filesystem::file_size(home / "promises", error);
  return error ? 0 : size;
}

void wait_for_another_promise(const std::filesystem::path& home) {
  const auto before = promised_bytes(home);
  const auto deadline = far_deadline();
  while (promised_bytes(home) == before && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

// Adds groups and words until it is killed.
TEST(OutboxCrash, DISABLED_Child) {
  const std::filesystem::path home = std::getenv("MEANWHILE_TEST_HOME");
  const int promises = ::open((home / "promises").c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  LibraryPlace place = LibraryPlace::open(home, library_of(home), "Ada");
  place.outbox->start();
  std::mt19937 random(std::random_device{}());
  while (true) {
    const std::string group = new_clip_id(wall_now());
    const std::string text(random() % 20'000, static_cast<char>('a' + random() % 26));
    const auto file = home / (group + ".mp4");
    ASSERT_TRUE(write_file_durably(file, as_byte_span(text)));
    const std::uint64_t half = text.size() / 2;
    std::vector<OutboxItem> items{
        {.key = "clips/" + group + "/1.m4s", .source = FileRange{file, 0, half}},
        {.key = "clips/" + group + "/2.m4s", .source = FileRange{file, half, text.size() - half}},
        {.key = "clips/" + group + "/clip.json", .source = to_bytes("manifest " + group), .stage = 1}};
    ASSERT_TRUE(place.outbox->add(group, items, {say("published " + group)}));
    promise(promises, group + " " + sha256_hex(as_byte_span(text)) + "\n");
    (void)place.outbox->wait_until_stored(
        group, std::chrono::steady_clock::now() + std::chrono::milliseconds(random() % 20));
  }
}

TEST(OutboxCrash, EveryPromiseIsKeptThroughThirtyKills) {
  const ScopedFolder home;
  std::mt19937 random(7);
  for (int kill = 0; kill < 30; ++kill) {
    const auto child = ChildProcess::start(
        {"/proc/self/exe", "--gtest_also_run_disabled_tests", "--gtest_filter=OutboxCrash.DISABLED_Child"},
        {.environment = {{"MEANWHILE_TEST_HOME", home.path().string()}}, .output = {}});
    ASSERT_TRUE(child);
    // The moment is meant to be anywhere: in some runs also before the child has promised anything.
    if (kill % 5 != 0) wait_for_another_promise(home.path());
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 100));
    (*child)->signal(SIGKILL);
    (*child)->wait();
  }
  const auto storage = library_of(home.path());
  LibraryPlace place = LibraryPlace::open(home.path(), storage, "Ada");
  place.outbox->start();
  std::ifstream promises(home.path() / "promises");
  int kept = 0;
  for (std::string group, hash; promises >> group >> hash; ++kept) {
    ASSERT_EQ(*place.outbox->wait_until_stored(group, far_deadline()), StoredOutcome::Stored) << group;
    Bytes bytes = *storage->get("clips/" + group + "/1.m4s", 1 << 20, {}, {});
    const Bytes second = *storage->get("clips/" + group + "/2.m4s", 1 << 20, {}, {});
    bytes.insert(bytes.end(), second.begin(), second.end());
    EXPECT_EQ(sha256_hex(bytes), hash);
    EXPECT_TRUE(storage->get("clips/" + group + "/clip.json", 1000, {}, {}));
  }
  EXPECT_GE(kept, 20);

  const ScopedFolder other;
  LibraryPlace reader = LibraryPlace::open(other.path(), storage, "Ben");
  std::map<std::string, int> published;
  ASSERT_TRUE(reader.sync->poll(each_batch([&](const VerifiedBatch& batch) -> Result<void> {
    for (const Json& event : batch.events) ++published[*string_member(event, "text")];
    return {};
  })));
  EXPECT_GE(static_cast<int>(published.size()), kept);
  for (const auto& [text, times] : published) EXPECT_EQ(times, 1) << text;
}

}  // namespace
}  // namespace meanwhile
