#include "app/platform/file_dialog.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/environment.h"

namespace meanwhile {
namespace {

TEST(FileDialog, APortalsAddressIsAFolderHere) {
  EXPECT_EQ(path_of_file_uri("file:///srv/a%20team"), "/srv/a team");
  EXPECT_EQ(path_of_file_uri("file://localhost/srv/%C3%A9"), "/srv/\xC3\xA9");
  EXPECT_EQ(path_of_file_uri("file:///srv/x%41"), "/srv/xA");
}

TEST(FileDialog, AnythingElseIsNone) {
  for (const char* uri : {"", "https://example.org/x", "file://other/srv", "file:///srv/%4",
                          "file:///srv/%zz", "file:///srv/%00x"})
    EXPECT_FALSE(path_of_file_uri(uri)) << uri;
}

// A zenity that answers as the test says, and no bus to ask a portal on.
class FileDialogTest : public ::testing::Test {
 protected:
  void answer_with(const std::string& script) {
    std::ofstream(folder_.path() / "zenity")
        << "#!/bin/sh\nprintf '%s\\n' \"$@\" > '" << words().string() << "'\n"
        << script << "\n";
    std::filesystem::permissions(folder_.path() / "zenity", std::filesystem::perms::owner_all);
  }
  [[nodiscard]] std::filesystem::path words() const { return folder_.path() / "words"; }
  [[nodiscard]] std::string asked() const {
    std::ifstream in(words());
    return {std::istreambuf_iterator<char>(in), {}};
  }

  ScopedFolder folder_;
  ScopedEnvironment environment_{{{"PATH", folder_.path().string() + ":/usr/bin:/bin"},
                                  {"DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"}}};
};

TEST_F(FileDialogTest, ANewFileIsAskedForWithItsNameAndOverwritingConfirmed) {
  answer_with("echo '/srv/a film.mp4'");
  const auto chosen = choose_new_file("Export as MP4", "/home/ada/Videos/Plan.mp4", {});
  ASSERT_TRUE(chosen) << chosen.error().message;
  EXPECT_EQ(*chosen, "/srv/a film.mp4");
  EXPECT_NE(asked().find("--filename=/home/ada/Videos/Plan.mp4"), std::string::npos) << asked();
  EXPECT_NE(asked().find("--confirm-overwrite"), std::string::npos) << asked();
  EXPECT_EQ(asked().find("--directory"), std::string::npos) << asked();
}

TEST_F(FileDialogTest, WhoClosesItHasChosenNone) {
  answer_with("exit 1");
  const auto file = choose_new_file("Export as MP4", "/home/ada/Plan.mp4", {});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(*file, std::nullopt);
  const auto folder = choose_folder("The folder", {});
  ASSERT_TRUE(folder) << folder.error().message;
  EXPECT_EQ(*folder, std::nullopt);
  EXPECT_NE(asked().find("--directory"), std::string::npos) << asked();
}

TEST_F(FileDialogTest, ADesktopWithoutOneSaysWhatToDoInstead) {
  const ScopedEnvironment nothing({{"PATH", folder_.path().string()}});
  const auto chosen = choose_new_file("Export as MP4", "/home/ada/Plan.mp4", {});
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().code, ErrorCode::Unavailable);
  EXPECT_NE(chosen.error().message.find("write the file's name instead"), std::string::npos);
}

}  // namespace
}  // namespace meanwhile
