// A person's files on this machine: home, settings, drafts.
#include "app/library/home.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <map>

#include "app/library/drafts.h"
#include "app/library/settings.h"
#include "tests/support/environment.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

EnvironmentReader variables(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  };
}

mode_t mode_of(const fs::path& path) {
  struct stat info{};
  ::stat(path.c_str(), &info);
  return info.st_mode & 0777;
}

std::string read(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

class HomeTest : public testing::Test {
 protected:
  ScopedFolder folder_;
  const fs::path file_ = folder_.path() / "settings.json";
  const std::string clip_ = id_from("c1");
};

TEST_F(HomeTest, ChosenFolderHoldsEverythingForNobodyElse) {
  const Home home = Home::open(folder_.path() / "a" / "b", variables({})).value();
  for (const fs::path& path : {home.config(), home.data(), home.cache()}) {
    EXPECT_TRUE(path.string().starts_with((folder_.path() / "a" / "b").string()));
    EXPECT_EQ(mode_of(path), 0700u);
  }
  const fs::path library = home.library_folder("01abc").value();
  EXPECT_EQ(mode_of(library), 0700u);
  EXPECT_EQ(library, home.data() / "libraries" / "01abc");
}

TEST_F(HomeTest, VariablesSayWhereElse) {
  const fs::path root = folder_.path();
  EXPECT_EQ(Home::open({}, variables({{"MEANWHILE_HOME", root / "m"}, {"HOME", root}}))->data(),
            root / "m" / "data");
  const Home xdg =
      Home::open(
          {},
          variables({{"XDG_DATA_HOME", root / "d"}, {"XDG_CACHE_HOME", "relative"}, {"HOME", root / "h"}}))
          .value();
  EXPECT_EQ(xdg.data(), root / "d" / "meanwhile");
  EXPECT_EQ(xdg.cache(), root / "h" / ".cache" / "meanwhile");
  EXPECT_EQ(xdg.config(), root / "h" / ".config" / "meanwhile");
}

TEST_F(HomeTest, NowhereAndFilesInTheWayAreErrors) {
  EXPECT_EQ(Home::open({}, variables({})).error().code, ErrorCode::InvalidArgument);
  std::ofstream(folder_.path() / "file") << "x";
  EXPECT_FALSE(Home::open(folder_.path() / "file", variables({})));
  const Home home = Home::open(folder_.path(), variables({})).value();
  for (const char* id : {"", "..", "a/b", "A", ".x"}) {
    EXPECT_EQ(home.library_folder(id).error().code, ErrorCode::InvalidArgument) << id;
  }
}

TEST_F(HomeTest, SettingsAreDefaultsUntilSaved) {
  const LoadedSettings none = load_settings(file_).value();
  EXPECT_TRUE(none.warnings.empty());
  EXPECT_TRUE(none.settings.countdown);
  Settings settings;
  settings.name = "Anna";
  settings.greeted = true;  // as whoever has a name
  settings.libraries = {"folder:/srv/team"};
  settings.theme = ThemeSetting::Light;
  settings.volume = 0.25;
  settings.layout = Layout::Bubble;
  settings.countdown = false;
  settings.max_width = 3840;
  settings.highlight_clicks = false;
  settings.motion = false;
  ASSERT_TRUE(save_settings(file_, settings));
  const LoadedSettings loaded = load_settings(file_).value();
  EXPECT_TRUE(loaded.warnings.empty());
  EXPECT_EQ(to_json(loaded.settings), to_json(settings));
}

TEST_F(HomeTest, UnknownSettingsAreKept) {
  std::ofstream(file_) << R"({"format":1,"name":"A","later":{"x":1}})";
  const Settings settings = load_settings(file_)->settings;
  ASSERT_TRUE(save_settings(file_, settings));
  EXPECT_EQ(load_settings(file_)->settings.json["later"]["x"], 1);
}

TEST_F(HomeTest, SettingsChangedByTwoAreMergedFieldByField) {
  Settings base;
  base.volume = 0.5;
  base.name = "Anna";
  Settings ours = base;
  ours.volume = 0.7;
  Settings theirs = base;
  theirs.share_watching = false;
  theirs.name = "Anna B.";
  const Settings merged = merged_settings(base, ours, theirs);
  EXPECT_EQ(merged.volume, 0.7);
  EXPECT_FALSE(merged.share_watching);
  EXPECT_EQ(merged.name, "Anna B.");
}

TEST_F(HomeTest, WhatWasChosenForAChannelOutlivesTheSwitch) {
  Settings settings;
  set_shares_watching(settings, "lib", "hr", false);
  EXPECT_FALSE(shares_watching(settings, "lib", "hr"));
  EXPECT_TRUE(shares_watching(settings, "lib", "design"));
  settings.share_watching = false;
  EXPECT_FALSE(shares_watching(settings, "lib", "hr"));
  EXPECT_FALSE(shares_watching(settings, "lib", "design"));
  set_shares_watching(settings, "lib", "hr", true);
  EXPECT_TRUE(shares_watching(settings, "lib", "hr"));
}

TEST_F(HomeTest, GarbageSettingsAreSetAside) {
  for (const char* garbage : {"", "{", "[1]", "\xff\xfe"}) {
    std::ofstream(file_) << garbage;
    const LoadedSettings loaded = load_settings(file_).value();
    EXPECT_EQ(loaded.warnings.size(), 1u) << garbage;
    EXPECT_EQ(read(file_.string() + ".bad"), garbage);
    EXPECT_FALSE(fs::exists(file_));
  }
}

TEST_F(HomeTest, WrongSettingsGetTheirDefaults) {
  const char* wrong =
      R"({"name":7,"time_zone":"Nowhere/City","hours":"late","libraries":[1],"theme":"pink","scale":1e99,)"
      R"("volume":-1,"speed":"fast","layout":"x","countdown":"yes","frames_per_second":1000000,"window_width":-5})";
  std::vector<std::string> warnings;
  const Settings settings = settings_from_json(parse_json(wrong).value(), warnings);
  EXPECT_EQ(warnings.size(), 12u);
  EXPECT_EQ(settings.volume, 1);
  EXPECT_EQ(settings.frames_per_second, 30);
  EXPECT_TRUE(settings.libraries.empty());
}

TEST_F(HomeTest, NewerSettingsAreNotTouched) {
  std::ofstream(file_) << R"({"format":2})";
  EXPECT_EQ(load_settings(file_).error().code, ErrorCode::Unsupported);
  EXPECT_TRUE(fs::exists(file_));
}

TEST_F(HomeTest, SettingsIntoNoFolderAreAnError) {
  EXPECT_EQ(save_settings(folder_.path() / "none" / "settings.json", {}).error().code, ErrorCode::NotFound);
}

TEST_F(HomeTest, DraftsComeBackUntilTheyAreEmptied) {
  const DraftStore drafts(folder_.path() / "drafts");
  EXPECT_FALSE(drafts.load(clip_));
  ASSERT_TRUE(drafts.save(
      clip_, {"half a thou", seconds(3), seconds(4), EventId{id_from("d1"), 2}, {}, std::nullopt}));
  const auto draft = drafts.load(clip_);
  ASSERT_TRUE(draft);
  EXPECT_EQ(draft->text, "half a thou");
  EXPECT_EQ(draft->at, seconds(3));
  EXPECT_EQ(draft->reply_to, (EventId{id_from("d1"), 2}));
  ASSERT_TRUE(drafts.save(clip_, {}));
  EXPECT_FALSE(drafts.load(clip_));
  EXPECT_TRUE(drafts.remove(clip_));
}

TEST_F(HomeTest, DraftsKeepADrawingWithoutWordsAndAnEditBesideThem) {
  const DraftStore drafts(folder_.path() / "drafts");
  const Drawing drawing = {{ShapeKind::Box, ShapeColor::Blue, 40, {{1, 2}, {300, 400}}}};
  const SavedEdit edit{EventId{id_from("d1"), 9}, "better words"};
  ASSERT_TRUE(drafts.save(clip_, {.at = seconds(3), .drawing = drawing, .edit = edit}));
  const auto draft = drafts.load(clip_);
  ASSERT_TRUE(draft && draft->edit);
  EXPECT_EQ(draft->drawing, drawing);
  EXPECT_EQ(draft->edit->comment, edit.comment);
  EXPECT_EQ(draft->edit->text, edit.text);
  EXPECT_FALSE(draft->to);
}

TEST_F(HomeTest, DamagedDraftsAndStrangeClipsAreNone) {
  const DraftStore drafts(folder_.path());
  std::ofstream(folder_.path() / (clip_ + ".json")) << "{\"text\": 5";
  EXPECT_FALSE(drafts.load(clip_));
  EXPECT_FALSE(drafts.load("../settings"));
  EXPECT_EQ(drafts.save("../x", {"x"}).error().code, ErrorCode::InvalidArgument);
}

TEST(SettingsTest, WhoHasANameOrALibraryIsNoNewcomer) {
  std::vector<std::string> warnings;
  EXPECT_FALSE(settings_from_json(Json::object(), warnings).greeted);
  EXPECT_TRUE(settings_from_json(Json{{"name", "Anna"}}, warnings).greeted);
  EXPECT_TRUE(settings_from_json(Json{{"libraries", Json::array({"folder:/srv/team"})}}, warnings).greeted);
}

TEST(SettingsTest, WithoutAChoiceTheScaleIsTheDesktops) {
  Settings settings;
  EXPECT_EQ(window_scale(settings), 0);
  settings.scale = 1.5;
  EXPECT_EQ(window_scale(settings), 1.5);
  settings.scale = 3;
  EXPECT_EQ(window_scale(settings), 2);
}

}  // namespace
}  // namespace meanwhile
