// What `cmake --install` leaves, as a desktop sees it.
#include <gtest/gtest.h>

#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

TEST(Installation, HasProgramIconAndAnEntryThatOpensLinks) {
  const ScopedFolder folder;
  const auto prefix = (folder.path() / "usr").string();
  ASSERT_EQ(run_program({"cmake", "--install", MEANWHILE_BUILD_DIR, "--prefix", prefix}, {}).value_or(-1), 0);

  const auto shared = folder.path() / "usr" / "share";
  const auto entry = shared / "applications" / "meanwhile.desktop";
  EXPECT_TRUE(std::filesystem::exists(shared / "icons/hicolor/scalable/apps/meanwhile.svg"));
  const auto said = folder.path() / "said";
  EXPECT_EQ(run_program({"desktop-file-validate", entry.string()}, {.output = said}).value_or(-1), 0)
      << text_of_file(said);
  EXPECT_NE(text_of_file(entry).find("MimeType=x-scheme-handler/meanwhile;"), std::string::npos);

  const auto version = folder.path() / "version";
  const auto program = (folder.path() / "usr/bin/meanwhile").string();
  EXPECT_EQ(run_program({program, "--version"}, {.output = version}).value_or(-1), 0);
  EXPECT_FALSE(text_of_file(version).empty());
}

}  // namespace
}  // namespace meanwhile::e2e
