// What an author removes for good is nowhere any more, and either all of that happens or nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/person.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// A hash of each whole file below a folder, however it is called.
std::set<std::size_t> contents_of(const fs::path& folder) {
  std::set<std::size_t> contents;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) contents.insert(std::hash<std::string>()(text_of_file(entry.path())));
  return contents;
}

class Removal : public testing::Test {
 protected:
  Person person(const char* name) const {
    return {folder_.path() / name, library(), {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}}};
  }
  fs::path library() const { return folder_.path() / "library"; }
  std::string publish(const Person& author, const std::string& seconds) const {
    return publish_film(author, folder_.path(), "testsrc2=size=320x180:rate=10", seconds);
  }
  fs::path clip_folder(const std::string& clip) const {
    for (const auto& month : fs::directory_iterator(library() / "clips"))
      if (fs::exists(month.path() / clip)) return month.path() / clip;
    return {};
  }
  // Segments and what is made of them: what a removal replaces.
  std::map<std::string, std::string> objects(const std::string& clip) const {
    std::map<std::string, std::string> bytes;
    const fs::path folder = clip_folder(clip);
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file())
        bytes[fs::relative(entry.path(), folder).string()] = text_of_file(entry.path());
    return bytes;
  }
  // How loud the recording's sound is, and how light its picture, at that second of what everybody can fetch.
  Film exported(const Person& who, const std::string& clip) {
    const fs::path film = folder_.path() / "film.mp4";
    fs::remove(film);
    const Answer answer = who.run({"export", clip, film.string()});
    EXPECT_EQ(answer.status, 0) << answer.err;
    return look_at(film);
  }

  ScopedFolder folder_;
};

TEST_F(Removal, TheBytesAreGoneHereThereAndAtOthersAndTheRestPlays) {
  const Person ann = person("ann");
  const Person ben = person("ben");
  const std::string clip = publish(ann, "30");
  ASSERT_EQ(ben.ask({"fetch", clip}).status, 0);
  ASSERT_EQ(ann.ask({"comment", clip, "--at", "13", "In what goes"}).status, 0);
  const auto before = objects(clip);
  const auto nothing = ann.run({"arrange", clip, "--remove-for-good"});
  EXPECT_NE(nothing.status, 0);
  EXPECT_THAT(nothing.err, HasSubstr("Nothing of the update is cut or covered"));
  ASSERT_EQ(ann.ask({"arrange", clip, "--cut", "11..16"}).status, 0);
  ASSERT_EQ(ben.ask({"sync"}).status, 0);
  EXPECT_THAT(ben.run({"arrange", clip, "--remove-for-good"}).err, HasSubstr("Only who made an update"));

  const Answer removed = ann.ask({"arrange", clip, "--remove-for-good"});
  ASSERT_EQ(removed.status, 0) << removed.err;
  EXPECT_EQ(removed.json["settled"], true) << removed.err;
  const auto after = objects(clip);
  std::set<std::size_t> gone;
  int kept = 0;
  for (const auto& [name, bytes] : before) {
    const auto there = after.find(name);
    if (there == after.end()) gone.insert(std::hash<std::string>()(bytes));
    if (there != after.end()) {
      EXPECT_EQ(there->second, bytes) << name << " is another thing under a used name";
    }
    kept += there != after.end() && name.ends_with(".m4s");
  }
  EXPECT_GE(gone.size(), 4U) << "segments of both tracks, the waveform, the small pictures";
  EXPECT_GE(kept, 2) << "what lies far from the cut isn't touched";
  EXPECT_FALSE(after.contains("waveform.json"));

  ASSERT_EQ(ben.ask({"sync"}).status, 0);
  for (const fs::path& place : {library(), ann.home(), ben.home()})
    for (const std::size_t content : contents_of(place)) EXPECT_FALSE(gone.contains(content)) << place;

  EXPECT_EQ(ann.ask({"verify", clip}).json["whole"], true);
  EXPECT_EQ(ben.ask({"verify", clip}).json["whole"], true);
  for (const Person* who : {&ann, &ben}) {
    const Film film = exported(*who, clip);
    EXPECT_TRUE(film.decodes);
    EXPECT_NEAR(film.seconds, 25, 0.4);
  }
  EXPECT_EQ(ben.ask({"show", clip}).json["comments"].size(), 1U);
  // Nobody can bring it back.
  ASSERT_EQ(ann.ask({"arrange", clip, "--undo"}).status, 0);
  EXPECT_NEAR(exported(ann, clip).seconds, 30, 0.5);
  const Colour there = colour_at(folder_.path() / "film.mp4", 13, 0.1, 0.1, 0.8, 0.8);
  EXPECT_LT(there.red + there.green + there.blue, 30);
  const Colour beside = colour_at(folder_.path() / "film.mp4", 2, 0.1, 0.1, 0.8, 0.8);
  EXPECT_GT(beside.red + beside.green + beside.blue, 100);
}

TEST_F(Removal, OnceMoreAndFromAnotherMachineOfTheAuthor) {
  const Person ann = person("ann");
  const std::string clip = publish(ann, "8");
  ASSERT_EQ(ann.ask({"arrange", clip, "--cut", "1..2"}).status, 0);
  ASSERT_EQ(ann.ask({"arrange", clip, "--remove-for-good"}).json["settled"], true);
  const auto once = objects(clip);
  // The recording isn't on this machine any more.
  ASSERT_EQ(ann.ask({"discard", clip}).status, 0);
  ASSERT_EQ(ann.ask({"arrange", clip, "--cut", "5..6"}).status, 0);
  const Answer again = ann.ask({"arrange", clip, "--remove-for-good"});
  ASSERT_EQ(again.status, 0) << again.err;
  for (const auto& [name, bytes] : objects(clip)) {
    const auto there = once.find(name);
    if (there != once.end()) {
      EXPECT_EQ(there->second, bytes) << name << " is another thing under a used name";
    }
  }
  EXPECT_EQ(ann.ask({"verify", clip}).json["whole"], true);
  EXPECT_NEAR(exported(ann, clip).seconds, 6, 0.3);
}

// MEANWHILE_REMOVAL_KILLS: how many; the home and the library are as before for each.
TEST_F(Removal, KilledAnywhereAllOfItHappensOrNothing) {
  const char* wanted = std::getenv("MEANWHILE_REMOVAL_KILLS");
  const int kills = wanted != nullptr ? std::atoi(wanted) : 8;
  const Person ann = person("ann");
  const std::string clip = publish(ann, "8");
  ASSERT_EQ(ann.ask({"arrange", clip, "--cut", "3..5"}).status, 0);
  const auto before = objects(clip);
  fs::copy(ann.home(), folder_.path() / "home-before", fs::copy_options::recursive);
  fs::copy(library(), folder_.path() / "library-before", fs::copy_options::recursive);
  std::mt19937 random(7);
  std::uniform_int_distribution<int> moment(5, 900);
  int done = 0;
  for (int i = 0; i < kills; ++i) {
    fs::remove_all(ann.home());
    fs::remove_all(library());
    fs::copy(folder_.path() / "home-before", ann.home(), fs::copy_options::recursive);
    fs::copy(folder_.path() / "library-before", library(), fs::copy_options::recursive);
    RunningCommand removing = ann.start({"arrange", clip, "--remove-for-good"});
    std::this_thread::sleep_for(std::chrono::milliseconds(moment(random)));
    removing.signal(SIGKILL);
    removing.wait();
    // Twice: the first sends the word, the second is sure that everybody has it.
    for (int times = 0; times < 2; ++times) ASSERT_EQ(ann.ask({"sync"}).status, 0);
    const auto after = objects(clip);
    const bool happened = !after.contains("waveform.json");
    done += happened;
    for (const auto& [name, bytes] : before)
      EXPECT_TRUE(happened || after.contains(name)) << name << " is gone, kill " << i;
    EXPECT_EQ(ann.ask({"verify", clip}).json["whole"], true) << "kill " << i << ", happened: " << happened;
    for (const auto& entry : fs::directory_iterator(ann.takes()))
      EXPECT_NE(entry.path().filename().string().front(), '.') << entry.path() << ", kill " << i;
    EXPECT_NEAR(exported(ann, clip).seconds, 6, 0.3) << "kill " << i;
    const Answer again = ann.ask({"arrange", clip, "--remove-for-good"});
    EXPECT_EQ(again.status, 0) << again.err << ", kill " << i;
    EXPECT_FALSE(objects(clip).contains("waveform.json"));
  }
  std::printf("%d kills: %d times all of it had happened\n", kills, done);
}

}  // namespace
}  // namespace meanwhile::e2e
