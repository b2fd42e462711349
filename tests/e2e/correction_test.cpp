// Another recording takes an update's place: what stays, what counts anew, and that the first isn't lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/e2e/person.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Correction : public testing::Test {
 protected:
  Person person(const char* name) const {
    return {folder_.path() / name, folder_.path() / "library", {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}}};
  }
  // A screen of one colour. Its clip's id.
  std::string record(const Person& author, const std::string& colour, const std::string& seconds,
                     bool publishes) const {
    const std::string screen = "color=" + colour + ":size=320x180:rate=10";
    return publishes ? publish_film(author, folder_.path(), screen, seconds)
                     : import_film(author, folder_.path(), screen, seconds);
  }
  Film exported(const Person& who, std::vector<std::string> words) {
    fs::remove(film());
    words.insert(words.begin(), "export");
    words.push_back(film().string());
    const Answer answer = who.run(words);
    EXPECT_EQ(answer.status, 0) << answer.err;
    return look_at(film());
  }
  fs::path film() const { return folder_.path() / "film.mp4"; }
  Colour colour() const { return colour_at(film(), 1, 0.2, 0.2, 0.6, 0.6); }
  static Json listed(const Person& who, const std::string& clip) {
    for (const Json& entry : who.ask({"list"}).json.value("clips", Json::array()))
      if (entry.value("clip", "") == clip) return entry;
    return {};
  }

  ScopedFolder folder_;
};

TEST_F(Correction, TakesTheUpdatesPlaceAndTheFirstCanBeOpened) {
  const Person ann = person("ann");
  const Person ben = person("ben");
  const std::string clip = record(ann, "red", "6", true);
  ASSERT_EQ(ann.ask({"arrange", clip, "--cut", "4..5"}).status, 0);
  ASSERT_EQ(ben.ask({"sync"}).status, 0);
  ASSERT_EQ(ben.ask({"comment", clip, "--at", "5.5", "About the first"}).status, 0);
  ASSERT_EQ(ben.ask({"watched", clip}).status, 0);
  EXPECT_EQ(listed(ben, clip)["watched"], true);

  const std::string again = record(ann, "blue", "3", false);
  const Answer corrected = ann.ask({"publish", again, "--corrects", clip});
  ASSERT_EQ(corrected.status, 0) << corrected.err;
  EXPECT_EQ(corrected.json["clip"], clip);
  EXPECT_EQ(corrected.json["published"], true) << corrected.out;

  ASSERT_EQ(ben.ask({"sync"}).status, 0);
  for (const Person* who : {&ann, &ben}) {
    const Json now = listed(*who, clip);
    EXPECT_EQ(now["version"], 2) << who->home();
    EXPECT_NEAR(now["duration_us"].get<double>(), 3e6, 0.3e6);
    EXPECT_TRUE(listed(*who, again).is_null()) << "it is no update of its own";
    EXPECT_NEAR(exported(*who, {clip}).seconds, 3, 0.3);
    EXPECT_GT(colour().blue, colour().red + 100);
    EXPECT_NEAR(exported(*who, {clip, "--version", "1"}).seconds, 5, 0.3) << "as it was arranged";
    EXPECT_GT(colour().red, colour().blue + 100);
    EXPECT_EQ(who->ask({"verify", clip}).json["whole"], true);
  }
  EXPECT_EQ(listed(ben, clip)["watched"], false) << "what was seen of the first says nothing of this one";
  ASSERT_EQ(ben.ask({"comment", clip, "--at", "1", "About the second"}).status, 0);
  const Json comments = ben.ask({"show", clip}).json["comments"];
  ASSERT_EQ(comments.size(), 2U);
  for (const Json& comment : comments) {
    EXPECT_EQ(comment["text"] == "About the first", comment.contains("version")) << comment;
    if (comment["text"] == "About the first") {
      EXPECT_EQ(comment["at_us"], 5'500'000) << "where it was said, though this one is shorter";
    }
  }
  EXPECT_THAT(ben.run({"show", clip}).out, HasSubstr("on version 1"));
  EXPECT_NE(ben.run({"export", clip, "--version", "7", film().string()}).status, 0);
}

TEST_F(Correction, AThirdVersionCutsAndRemovalsKeepTheEarlierOnes) {
  const Person ann = person("ann");
  const std::string clip = record(ann, "red", "4", true);
  const std::string second = record(ann, "blue", "5", false);
  EXPECT_NE(ann.run({"publish", second, "--corrects", clip, "--title", "Another"}).status, 0);
  ASSERT_EQ(ann.ask({"publish", second, "--corrects", clip}).status, 0);
  ASSERT_EQ(ann.ask({"arrange", clip, "--cut", "3..4"}).status, 0);
  const Answer removed = ann.ask({"arrange", clip, "--remove-for-good"});
  ASSERT_EQ(removed.status, 0) << removed.err;
  EXPECT_FALSE(fs::exists(ann.takes() / second)) << "what was removed is still on this machine";
  const Answer third = ann.ask({"publish", record(ann, "green", "2", false), "--corrects", clip});
  ASSERT_EQ(third.status, 0) << third.err;
  EXPECT_EQ(listed(ann, clip)["version"], 3);
  EXPECT_NEAR(exported(ann, {clip}).seconds, 2, 0.3);
  EXPECT_GT(colour().green, colour().blue + 50);
  EXPECT_NEAR(exported(ann, {clip, "--version", "2"}).seconds, 4, 0.3);
  EXPECT_GT(colour().blue, colour().red + 100);
  EXPECT_NEAR(exported(ann, {clip, "--version", "1"}).seconds, 4, 0.3);
  EXPECT_GT(colour().red, colour().blue + 100);
  EXPECT_EQ(ann.ask({"verify", clip}).json["whole"], true);
}

TEST_F(Correction, OnlyItsAuthorsAndNothingHappensOtherwise) {
  const Person ann = person("ann");
  const Person ben = person("ben");
  const std::string clip = record(ann, "red", "2", true);
  ASSERT_EQ(ben.ask({"sync"}).status, 0);
  const std::string bens = record(ben, "blue", "2", false);
  const Answer refused = ben.run({"publish", bens, "--corrects", clip});
  EXPECT_NE(refused.status, 0);
  EXPECT_THAT(refused.err, HasSubstr("Only who made an update can correct it"));
  EXPECT_EQ(ben.ask({"takes"}).json["takes"][0]["state"], "finished") << "the draft is as it was";
  EXPECT_EQ(listed(ann, clip).value("version", 1), 1);
}

}  // namespace
}  // namespace meanwhile::e2e
