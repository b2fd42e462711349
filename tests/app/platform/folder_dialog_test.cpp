#include "app/platform/folder_dialog.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

TEST(FolderDialog, APortalsAddressIsAFolderHere) {
  EXPECT_EQ(path_of_file_uri("file:///srv/a%20team"), "/srv/a team");
  EXPECT_EQ(path_of_file_uri("file://localhost/srv/%C3%A9"), "/srv/\xC3\xA9");
  EXPECT_EQ(path_of_file_uri("file:///srv/x%41"), "/srv/xA");
}

TEST(FolderDialog, AnythingElseIsNone) {
  for (const char* uri : {"", "https://example.org/x", "file://other/srv", "file:///srv/%4",
                          "file:///srv/%zz", "file:///srv/%00x"})
    EXPECT_FALSE(path_of_file_uri(uri)) << uri;
}

}  // namespace
}  // namespace meanwhile
