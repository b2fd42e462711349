// The source keeps its order: who may include whom.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/structure/include_rules.h"
#include "tests/support/environment.h"

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const fs::path kSource = MEANWHILE_SOURCE_DIR;

class PlantedIncludes : public testing::Test {
 protected:
  void plant(const std::string& file, const std::string& text) {
    fs::create_directories((folder_.path() / file).parent_path());
    std::ofstream(folder_.path() / file) << text;
  }
  ScopedFolder folder_;
};

TEST(Includes, GoDownwardsOnly) {
  EXPECT_THAT(forbidden_includes(kSource, include_rules()), IsEmpty());
}

TEST(Includes, CirclesOfUnitsStaySmall) {
  constexpr std::size_t kLargest = 4;
  const auto circles = include_circles(kSource);
  for (const auto& circle : circles) EXPECT_LE(circle.size(), kLargest) << testing::PrintToString(circle);
}

TEST_F(PlantedIncludes, ToARoomAboveAreFound) {
  plant("app/fetching/clip_store.h", "#pragma once\n#include \"app/libraries/library_session.h\"\n");
  plant("media/play/player.cpp", "#include \"media/base/result.h\"\n#include \"upload/storage.h\"\n");
  EXPECT_THAT(
      forbidden_includes(folder_.path(), include_rules()),
      ElementsAre(
          "app/fetching/clip_store.h includes app/libraries/library_session.h: not below app/fetching",
          "media/play/player.cpp includes upload/storage.h: not below media/play"));
}

TEST_F(PlantedIncludes, OfALibraryThatIsAnothersMatterAreFound) {
  plant("app/window/exports.cpp", "#include <libavformat/avformat.h>\n");
  plant("media/capture/x11/window.cpp", "#include <SDL.h>\n");
  plant("app/platform/window.cpp", "#include <SDL.h>\n");
  EXPECT_THAT(forbidden_includes(folder_.path(), include_rules()),
              ElementsAre(HasSubstr("includes libavformat/avformat.h: not a matter of app/window"),
                          HasSubstr("includes SDL.h: not a matter of media/capture")));
}

TEST_F(PlantedIncludes, OfAFileInNoRoomAreFound) {
  plant("media/stray.cpp", "#include <string>\n");
  EXPECT_THAT(forbidden_includes(folder_.path(), include_rules()),
              ElementsAre("media/stray.cpp lies in no room"));
}

TEST_F(PlantedIncludes, OfTheRootOfAppAreNotThoseOfItsMain) {
  plant("app/main.cpp", "#include \"app/cli/commands.h\"\n");
  plant("app/link.cpp", "#include \"app/cli/commands.h\"\n");
  EXPECT_THAT(forbidden_includes(folder_.path(), include_rules()),
              ElementsAre(HasSubstr("app/link.cpp includes")));
}

TEST_F(PlantedIncludes, ThatMakeACircleAreFound) {
  plant("upload/a.h", "#include \"upload/b.h\"\n");
  plant("upload/b.cpp", "#include \"upload/b.h\"\n#include \"upload/c.h\"\n");
  plant("upload/c.h", "#include \"upload/a.h\"\n");
  plant("upload/d.h", "#include \"upload/a.h\"\n");
  EXPECT_THAT(include_circles(folder_.path()), ElementsAre(ElementsAre("upload/a", "upload/b", "upload/c")));
}

}  // namespace
}  // namespace meanwhile::test
