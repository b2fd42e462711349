// An update is cut after it was published: from the command line, and what comes of it for others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/e2e/person.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Arrange : public testing::Test {
 protected:
  Person person(const char* name) const {
    return {folder_.path() / name, folder_.path() / "library", {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}}};
  }
  static std::string publish(const Person& author, const std::string& title, const std::string& seconds) {
    const Answer answer = author.ask({"record", "--screen", "lavfi:testsrc2=size=320x180:rate=10", "--camera",
                                      "none", "--mic", "lavfi:sine=frequency=300:sample_rate=48000", "--for",
                                      seconds, "--title", title, "--publish"});
    EXPECT_EQ(answer.status, 0) << answer.err;
    return answer.json.value("clip", "");
  }
  static std::int64_t length_of(const Person& person, const std::string& clip) {
    for (const Json& entry : person.ask({"list"}).json.value("clips", Json::array()))
      if (entry.value("clip", "") == clip) return entry.value("duration_us", std::int64_t{0});
    return -1;
  }
  std::string written(const std::string& text, const std::string& name = "given.json") const {
    std::ofstream(folder_.path() / name) << text;
    return (folder_.path() / name).string();
  }

  ScopedFolder folder_;
};

TEST_F(Arrange, OthersSeeWhatIsLeftAndAnExportHasNothingElse) {
  const Person ann = person("ann");
  const Person ben = person("ben");
  const std::string clip = publish(ann, "Long", "4s");
  ASSERT_EQ(ann.ask({"arrange", clip, "--cut", "1..3"}).status, 0);
  EXPECT_EQ(ben.ask({"sync"}).status, 0);
  const std::int64_t left = length_of(ben, clip);
  EXPECT_GT(left, 1'500'000);
  EXPECT_LT(left, 2'800'000);
  for (const Person* who : {&ann, &ben}) {
    const std::string out = (folder_.path() / (who == &ann ? "a.mp4" : "b.mp4")).string();
    const Answer exported = who->ask({"export", clip, out});
    ASSERT_EQ(exported.status, 0) << exported.err;
    EXPECT_EQ(exported.json.value("duration_us", std::int64_t{0}), left)
        << "also of one's own, whose recording is here";
  }
  ASSERT_EQ(ann.ask({"arrange", clip, "--undo"}).status, 0);
  EXPECT_EQ(ben.ask({"sync"}).status, 0);
  EXPECT_GT(length_of(ben, clip), 3'500'000);
}

TEST_F(Arrange, JoinsAndCardsGoByTheSamePrintedForm) {
  const Person ann = person("ann");
  const std::string clip = publish(ann, "First", "2s");
  const std::string other = publish(ann, "Second", "2s");
  const Answer joined = ann.ask({"arrange", clip, "--join", other, "1", "--card", "The plan"});
  ASSERT_EQ(joined.status, 0) << joined.err;
  EXPECT_EQ(joined.json["parts"].size(), 4U) << joined.out;
  const Answer again = ann.ask({"arrange", clip, written(joined.out)});
  ASSERT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(again.json, joined.json);
  EXPECT_GT(length_of(ann, clip), 6'000'000);
}

TEST_F(Arrange, ADraftIsPublishedAsItWasArranged) {
  const Person ann = person("ann");
  const Person ben = person("ben");
  const Answer recorded =
      ann.ask({"record", "--screen", "lavfi:testsrc2=size=320x180:rate=10", "--camera", "none", "--mic",
               "lavfi:sine=frequency=300:sample_rate=48000", "--for", "5s", "--title", "A draft"});
  ASSERT_EQ(recorded.status, 0) << recorded.err;
  const std::string draft = recorded.json.value("clip", "");
  ASSERT_EQ(ann.ask({"trim", draft, "--from", "1"}).status, 0);
  const Answer arranged = ann.ask({"arrange", "latest", "--cut", "2..4", "--card", "Ahead"});
  ASSERT_EQ(arranged.status, 0) << arranged.err;
  EXPECT_NE(ann.ask({"arrange", draft, "--remove-for-good"}).status, 0);
  EXPECT_EQ(ann.ask({"arrange", draft, "--zoom-clicks"}).status, 2) << "nothing was clicked";
  ASSERT_EQ(ann.ask({"publish", draft}).status, 0);
  EXPECT_EQ(ben.ask({"sync"}).status, 0);
  const std::int64_t left = length_of(ben, draft);
  EXPECT_GT(left, 4'500'000) << "a card of three seconds, and what is left";
  EXPECT_LT(left, 5'500'000);
  for (const Person* who : {&ben, &ann}) {
    const std::string out = (folder_.path() / (who == &ann ? "a.mp4" : "b.mp4")).string();
    const Answer exported = who->ask({"export", draft, out});
    ASSERT_EQ(exported.status, 0) << exported.err;
    EXPECT_EQ(exported.json.value("duration_us", std::int64_t{0}), left)
        << "also of one's own, whose recording is here and ends a little earlier";
  }
}

TEST_F(Arrange, SaysInASentenceWhatCannotBe) {
  const Person ann = person("ann");
  const Person ben = person("ben");
  const std::string clip = publish(ann, "Ann's", "2s");
  const std::string bens = publish(ben, "Ben's", "2s");
  EXPECT_EQ(ann.ask({"sync"}).status, 0);
  const std::vector<std::pair<std::vector<std::string>, std::string>> tries = {
      {{"arrange", clip, "--cut", "0..9"}, "Nothing of the update would be left"},
      {{"arrange", clip, "--cut", "1"}, "is no range"},
      {{"arrange", clip, "--cut", "2..1"}, "ends before it begins"},
      {{"arrange", clip, "--cut", "x..1"}, "x"},
      {{"arrange", clip, "--restore", "0..1"}, "nothing is cut"},
      {{"arrange", clip, "--join", clip, "1"}, "another update of your own"},
      {{"arrange", clip, "--join", bens, "1"}, "another update of your own"},
      {{"arrange", clip, "--join", "nothing", "1"}, "nothing"},
      {{"arrange", bens, "--cut", "0..1"}, "Only who made an update"},
      {{"arrange", clip, (folder_.path() / "nowhere.json").string()}, "nowhere.json"},
      {{"arrange", clip, folder_.path().string()}, folder_.path().filename().string()},
      {{"arrange", clip, written("{\"parts\":[{\"from_us\":0,\"to_us\":99000000}]}")},
       "Nothing was recorded"},
      {{"arrange", clip, written("not JSON", "other.json")}, "other.json"},
      {{"arrange", "never"}, "never"}};
  for (const auto& [words, said] : tries) {
    const Answer answer = ann.run(words);
    EXPECT_NE(answer.status, 0) << words.back();
    EXPECT_THAT(answer.err, HasSubstr(said)) << words.back();
  }
  EXPECT_GT(length_of(ann, clip), 1'500'000) << "nothing of it has changed anything";
}

TEST_F(Arrange, AHalfSyncedLibraryShowsNothingThatWasCutAndItsAuthorLosesNothing) {
  const Person ann = person("ann");
  const Person ben = person("ben");
  const std::string clip = publish(ann, "Long", "2s");
  ASSERT_EQ(ann.ask({"arrange", clip, "--cut", "0..1"}).status, 0);
  for (const fs::path& folder : {folder_.path() / "library", folder_.path() / "ann"})
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.path().parent_path().filename() == "added" ||
          entry.path().string().find("objects") != std::string::npos)
        if (entry.is_regular_file()) fs::remove(entry.path());
  EXPECT_EQ(ben.ask({"sync"}).status, 0);
  const Answer bens = ben.run({"export", clip, (folder_.path() / "b.mp4").string()});
  EXPECT_NE(bens.status, 0);
  EXPECT_THAT(bens.err, HasSubstr("isn't here yet"));
  const Answer anns = ann.run({"export", clip, (folder_.path() / "a.mp4").string()});
  EXPECT_EQ(anns.status, 0) << anns.err;
  EXPECT_THAT(anns.err, HasSubstr("as it was recorded"));
  EXPECT_EQ(ann.ask({"arrange", clip, "--undo"}).status, 0);
  EXPECT_EQ(ben.ask({"sync"}).status, 0);
  EXPECT_EQ(ben.run({"export", clip, (folder_.path() / "b.mp4").string()}).status, 0);
}

}  // namespace
}  // namespace meanwhile::e2e
