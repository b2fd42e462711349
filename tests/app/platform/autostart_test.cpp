// Starting with the desktop: the file by which it knows.
#include "app/platform/autostart.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

TEST(Autostart, IsAFileThatTheDesktopRunsAndThatGoesAgain) {
  const ScopedFolder folder;
  const ScopedEnvironment environment({{"XDG_CONFIG_HOME", folder.path().string()}});
  const auto file = folder.path() / "autostart" / "meanwhile.desktop";
  ASSERT_TRUE(set_autostart(false)) << "it wasn't there";
  ASSERT_TRUE(set_autostart(true));
  const auto bytes = read_file(file, 10'000);
  ASSERT_TRUE(bytes);
  const std::string text(as_text(*bytes));
  EXPECT_NE(text.find("Type=Application\n"), std::string::npos);
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  EXPECT_NE(text.find("\nExec=\"" + program + "\" open --minimised\n"), std::string::npos) << text;
  ASSERT_TRUE(set_autostart(false));
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(Autostart, WhereNothingCanBeWrittenIsAnError) {
  const ScopedFolder folder;
  ASSERT_TRUE(write_file_durably(folder.path() / "taken", to_bytes("a file")));
  const ScopedEnvironment environment({{"XDG_CONFIG_HOME", (folder.path() / "taken").string()}});
  EXPECT_FALSE(set_autostart(true));
}

}  // namespace
}  // namespace meanwhile
