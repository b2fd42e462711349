// Disks that fill up, and libraries that can't be written: nothing that was said is lost.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>

#include "media/base/media_time.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::uint64_t kMegabyte = 1'000'000;

// A file system of 20 MB in memory. Only root may make one.
class DiskToFill {
 public:
  explicit DiskToFill(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    is_there_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=20M") == 0;
  }
  ~DiskToFill() {
    if (is_there_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  DiskToFill(const DiskToFill&) = delete;
  DiskToFill& operator=(const DiskToFill&) = delete;

  bool is_there() const { return is_there_; }
  const fs::path& folder() const { return folder_; }
  fs::path filler() const { return folder_ / "filler"; }
  // Not while anything is open for writing there.
  bool set_read_only(bool is_read_only) const {
    return ::mount(nullptr, folder_.c_str(), nullptr, MS_REMOUNT | (is_read_only ? MS_RDONLY : 0), nullptr) ==
           0;
  }
  // Leaves so much room.
  void fill_up_to(std::uint64_t left) const {
    const std::uint64_t size = fs::space(folder_).available - left;
    std::ofstream(filler(), std::ios::binary) << std::string(size, 'x');
  }

 private:
  const fs::path folder_;
  bool is_there_ = false;
};

bool mentions_any(const std::string& text, const std::vector<std::string>& words) {
  return std::ranges::any_of(words,
                             [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

class FullDisk : public testing::Test {
 protected:
  void SetUp() override {
    if (!disk_.is_there()) GTEST_SKIP() << "only root may mount a small disk";
  }
  Answer record_short(const Person& person) {
    const Answer answer = person.ask({"record", "--for", "2s"});
    EXPECT_EQ(answer.status, 0) << answer.err;
    return answer;
  }

  // A clip with one comment, in a library elsewhere; the home is on the disk.
  std::string publish_commented(Person& person) {
    person.move_home(disk_.folder() / "home");
    const std::string clip = record_short(person).json["clip"];
    EXPECT_EQ(person.run({"publish", clip, "--title", "Budget"}).status, 0);
    EXPECT_EQ(person.run({"comment", clip, "--at", "1", "There was room"}).status, 0);
    return clip;
  }
  void expect_all_is_read(const Person& person, const std::string& clip) {
    const std::string film = (stage_.folder() / "film.mp4").string();
    const std::vector<std::vector<std::string>> commands = {
        {"list"},  {"show", clip},        {"comments", clip},    {"search", "budget"},
        {"takes"}, {"library", "status"}, {"export", clip, film}};
    for (const auto& words : commands) {
      const Answer answer = person.run(words);
      EXPECT_EQ(answer.status, 0) << words.front() << ": " << answer.err;
    }
    EXPECT_EQ(person.ask({"list"}).json["clips"].size(), 1U);
    EXPECT_EQ(person.ask({"show", clip}).json["comments"].size(), 1U);
    EXPECT_TRUE(look_at(film).decodes);
  }

  Stage stage_;
  const DiskToFill disk_{stage_.folder() / "disk"};
};

TEST_F(FullDisk, WhileRecordingKeepsTheTakeUpToThere) {
  Person anna = stage_.person("anna");
  anna.move_home(disk_.folder() / "home");
  disk_.fill_up_to(9 * kMegabyte);
  // Noise can't be compressed: some megabytes a second.
  const Answer answer =
      anna.ask({"record", "--for", "60s", "--camera", "lavfi:color=gray:s=640x480:r=30,noise=alls=100:allf=t",
                "--mic", "lavfi:sine=frequency=330:sample_rate=48000"});

  ASSERT_TRUE(answer.json.is_object()) << "status " << answer.status << ", " << answer.err;
  EXPECT_EQ(answer.status, 0) << answer.err;
  const MediaTime length(answer.json["duration_us"].get<std::int64_t>());
  EXPECT_GT(length, milliseconds(500));
  EXPECT_LT(length, std::chrono::seconds(59)) << "the disk never was full";
  ASSERT_FALSE(answer.json["warnings"].empty());
  EXPECT_TRUE(mentions_any(answer.json["warnings"].dump(), {"disk", "space", "full"}))
      << answer.json["warnings"].dump();
  EXPECT_TRUE(mentions_any(answer.err, {"disk", "space", "full"})) << answer.err;

  const fs::path film = stage_.folder() / "film.mp4";
  const Answer exported = anna.run({"export", answer.json["clip"], film.string()});
  EXPECT_EQ(exported.status, 0) << exported.err;
  const Film seen = look_at(film);
  EXPECT_TRUE(seen.decodes);
  EXPECT_NEAR(seen.seconds, to_seconds(length), 0.5);
}

TEST_F(FullDisk, BeforeTheTakeBeginsRefusesAndSaysWhy) {
  Person anna = stage_.person("anna");
  anna.move_home(disk_.folder() / "home");
  ASSERT_EQ(anna.run({"takes"}).status, 0);
  disk_.fill_up_to(0);

  const Answer answer = anna.ask({"record", "--for", "5s"});

  EXPECT_EQ(answer.status, 1);
  EXPECT_TRUE(mentions_any(answer.err, {"disk", "space", "full"})) << answer.err;
  fs::remove(disk_.filler());
  EXPECT_EQ(anna.ask({"takes"}).json["takes"].size(), 0U);
}

TEST_F(FullDisk, WhilePublishingTheTakeWaitsUntilThereIsRoom) {
  Person anna = stage_.person("anna");
  anna.change_library(disk_.folder() / "library");
  fs::create_directories(disk_.folder() / "library");
  ASSERT_EQ(anna.run({"sync"}).status, 0);
  const std::string clip = record_short(anna).json["clip"];
  disk_.fill_up_to(20'000);

  const Answer published = anna.ask({"publish", clip, "--title", "Waits for room"});

  EXPECT_EQ(published.status, 0) << published.err;
  ASSERT_TRUE(published.json.is_object());
  EXPECT_EQ(published.json["published"], false);
  EXPECT_TRUE(mentions_any(published.err, {"disk", "space", "full"})) << published.err;
  EXPECT_EQ(anna.ask({"takes"}).json["takes"].size(), 1U);
  EXPECT_GT(anna.ask({"library", "status"}).json["waiting_items"].get<int>(), 0);

  fs::remove(disk_.filler());
  const Answer synced = anna.ask({"sync"});
  EXPECT_EQ(synced.status, 0) << synced.err;
  EXPECT_EQ(synced.json["waiting_items"], 0);
  EXPECT_EQ(anna.ask({"list"}).json["clips"].size(), 1U);
  EXPECT_EQ(anna.ask({"verify", clip}).json["whole"], true);
  EXPECT_EQ(anna.ask({"takes"}).json["takes"][0]["state"], "published");
}

TEST_F(FullDisk, EverythingIsReadAndWhatCantBeKeptIsNeverSaid) {
  Person anna = stage_.person("anna");
  const std::string clip = publish_commented(anna);
  disk_.fill_up_to(0);

  expect_all_is_read(anna, clip);
  const Answer refused = anna.run({"comment", clip, "--at", "1", "There was none"});
  EXPECT_EQ(refused.status, 1) << refused.err;
  EXPECT_TRUE(mentions_any(refused.err, {"room"})) << refused.err;

  fs::remove(disk_.filler());
  EXPECT_EQ(anna.run({"sync"}).status, 0);
  EXPECT_EQ(anna.ask({"show", clip}).json["comments"].size(), 1U);
}

TEST_F(FullDisk, ReadOnlyDiskIsRead) {
  Person anna = stage_.person("anna");
  const std::string clip = publish_commented(anna);
  ASSERT_TRUE(disk_.set_read_only(true));

  expect_all_is_read(anna, clip);
  EXPECT_EQ(anna.run({"comment", clip, "--at", "1", "Written nowhere"}).status, 1);

  ASSERT_TRUE(disk_.set_read_only(false));
  EXPECT_EQ(anna.run({"comment", clip, "--at", "1", "Written"}).status, 0);
  EXPECT_EQ(anna.ask({"show", clip}).json["comments"].size(), 2U);
}

TEST_F(FullDisk, AnExportSaysSoAndGoesOnWhereThereIsRoomAgain) {
  const Person anna = stage_.person("anna");
  const std::string clip = record_short(anna).json["clip"];
  ASSERT_EQ(anna.run({"publish", clip, "--title", "All of it"}).status, 0);
  disk_.fill_up_to(30'000);
  const std::string folder = (disk_.folder() / "out").string();

  const Answer full = anna.run({"export-library", folder});
  EXPECT_EQ(full.status, 1);
  EXPECT_TRUE(mentions_any(full.err, {"disk", "space", "full"})) << full.err;
  EXPECT_TRUE(mentions_any(full.err, {"run the same command again"})) << full.err;

  fs::remove(disk_.filler());
  const Answer exported = anna.ask({"export-library", folder});
  ASSERT_EQ(exported.status, 0) << exported.err;
  const Json& library = exported.json["libraries"][0];
  EXPECT_EQ(library["failed"], 0);
  ASSERT_EQ(library["clips"].size(), 1U) << library.dump(1);
  EXPECT_EQ(library["clips"][0]["clip"], clip);
  const fs::path root = library["folder"].get<std::string>();
  EXPECT_TRUE(fs::exists(root / "index.html"));
  EXPECT_TRUE(fs::exists(root / library["clips"][0]["folder"].get<std::string>() / "screen.mp4"));
  for (const auto& entry : fs::recursive_directory_iterator(root))
    EXPECT_NE(entry.path().extension(), ".part") << entry.path();
  EXPECT_EQ(anna.ask({"export-library", folder}).json["libraries"][0]["written_bytes"], 0);
}

TEST_F(FullDisk, RecordingGoesOnWhileTheLibraryTakesNothing) {
  Person anna = stage_.person("anna");
  anna.change_library(disk_.folder() / "library");
  fs::create_directories(disk_.folder() / "library");
  ASSERT_EQ(anna.run({"sync"}).status, 0);
  disk_.fill_up_to(20'000);

  const Answer answer = anna.ask({"record", "--for", "4s", "--publish"});

  EXPECT_EQ(answer.status, 0) << answer.err;
  ASSERT_TRUE(answer.json.is_object()) << answer.err;
  EXPECT_GT(MediaTime(answer.json["duration_us"].get<std::int64_t>()), milliseconds(3500));
  EXPECT_TRUE(mentions_any(answer.err, {"space"})) << answer.err;
  fs::remove(disk_.filler());
  EXPECT_EQ(anna.run({"sync"}).status, 0);
  EXPECT_EQ(anna.ask({"verify", answer.json["clip"]}).json["whole"], true);
}

TEST_F(FullDisk, WithoutRoomToCutATrimmedTakeItIsAsItWas) {
  Person anna = stage_.person("anna");
  anna.move_home(disk_.folder() / "home");
  const std::string clip = record_short(anna).json["clip"];
  ASSERT_EQ(anna.run({"trim", clip, "--from", "1"}).status, 0);
  disk_.fill_up_to(kMegabyte);

  const Answer published = anna.ask({"publish", clip});

  EXPECT_EQ(published.status, 1);
  EXPECT_TRUE(mentions_any(published.err, {"space"})) << published.err;
  fs::remove(disk_.filler());
  const Json takes = anna.ask({"takes"}).json["takes"];
  ASSERT_EQ(takes.size(), 1U);
  EXPECT_EQ(takes[0]["state"], "finished");
  EXPECT_EQ(takes[0]["trim"]["from_us"], 1'000'000);
  EXPECT_EQ(anna.ask({"publish", clip}).json["published"], true);
}

TEST_F(FullDisk, ReadOnlyLibraryKeepsClipsAndWordsUntilItTakesThem) {
  Person anna = stage_.person("anna");
  anna.change_library(disk_.folder() / "library");
  fs::create_directories(disk_.folder() / "library");
  ASSERT_EQ(anna.run({"sync"}).status, 0);
  const std::string clip = record_short(anna).json["clip"];
  ASSERT_EQ(::mount("tmpfs", disk_.folder().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, "size=20M"), 0);

  const Answer published = anna.ask({"publish", clip});
  EXPECT_EQ(published.status, 0) << published.err;
  EXPECT_EQ(published.json["published"], false);
  EXPECT_NE(published.json.value("waiting", ""), "");

  ASSERT_EQ(::mount("tmpfs", disk_.folder().c_str(), nullptr, MS_REMOUNT, "size=20M"), 0);
  EXPECT_EQ(anna.run({"sync"}).status, 0);
  EXPECT_EQ(anna.ask({"verify", clip}).json["whole"], true);
}

TEST_F(FullDisk, NewLibraryOnAReadOnlyPlaceIsRefusedAndSaysWhy) {
  Person anna = stage_.person("anna");
  ASSERT_EQ(::mount("tmpfs", disk_.folder().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, "size=20M"), 0);
  const std::string url = "folder:" + (disk_.folder() / "library").string();
  anna.change_library_url(url);

  const Answer used = anna.run({"library", "use", url});
  EXPECT_EQ(used.status, 1);
  EXPECT_TRUE(mentions_any(used.err, {"there is no library"})) << used.err;
  const Answer created = anna.run({"library", "create", url, "--name", "Team"});
  EXPECT_EQ(created.status, 1);
  EXPECT_TRUE(mentions_any(created.err, {"ead-only"})) << created.err;
}

}  // namespace
}  // namespace meanwhile::e2e
