// Clips that are kept on a machine play when the library is out of reach.
#include <gtest/gtest.h>

#include "tests/e2e/person.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;

class Keep : public testing::Test {
 protected:
  Person person(const char* name) const {
    return {folder_.path() / name, folder_.path() / "library", {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}}};
  }
  std::string publish(const Person& author, const std::string& channel) const {
    const Answer answer =
        author.ask({"record", "--screen", "lavfi:testsrc2=size=320x180:rate=10", "--camera", "none", "--mic",
                    "none", "--for", "2s", "--channel", channel, "--publish"});
    EXPECT_EQ(answer.status, 0) << answer.err;
    return answer.json.value("clip", "");
  }
  static Json clip_of(const Person& person, const std::string& clip) {
    const Answer answer = person.ask({"list"});
    for (const Json& listed : answer.json["clips"])
      if (listed["clip"] == clip) return listed;
    return {};
  }

  ScopedFolder folder_;
};

TEST_F(Keep, AKeptClipPlaysWithoutTheLibrary) {
  const Person anna = person("anna");
  const Person ben = person("ben");
  const std::string clip = publish(anna, "team");
  const Answer kept = ben.ask({"keep", clip});
  ASSERT_EQ(kept.status, 0) << kept.err;
  EXPECT_EQ(kept.json["kept"][0]["here"], true);
  fs::rename(folder_.path() / "library", folder_.path() / "away");

  const Json listed = clip_of(ben, clip);
  EXPECT_EQ(listed.value("kept", false), true) << listed.dump();
  EXPECT_EQ(ben.ask({"show", clip}).json.value("here", false), true);
  const fs::path film = folder_.path() / "film.mp4";
  const Answer exported = ben.run({"export", clip, film.string()});
  EXPECT_EQ(exported.status, 0) << exported.err;
  EXPECT_TRUE(look_at(film).decodes);
}

TEST_F(Keep, ChannelsAndNewOnesAreKeptUntilTheyAreLetGo) {
  const Person anna = person("anna");
  const Person ben = person("ben");
  const std::string first = publish(anna, "team");
  EXPECT_EQ(ben.ask({"keep", "--channel", "Team"}).json["kept"].size(), 1U);
  const std::string second = publish(anna, "other");
  EXPECT_EQ(ben.ask({"keep", "--new"}).json["kept"].size(), 2U);
  EXPECT_EQ(ben.ask({"keep", "--off", second}).json["kept"].size(), 1U);
  EXPECT_EQ(clip_of(ben, first).value("kept", false), true);
  EXPECT_EQ(clip_of(ben, second).value("kept", true), false);
  EXPECT_EQ(ben.ask({"keep", "--off", "--new", "--channel", "team"}).json["kept"].size(), 0U);
  EXPECT_EQ(clip_of(ben, first).value("here", true), false);
  EXPECT_EQ(ben.ask({"keep", "--off"}).status, 2);
}

}  // namespace
}  // namespace meanwhile::e2e
