#include "app/library/library_address.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

TEST(LibraryAddress, TellsWhatWasTyped) {
  EXPECT_EQ(kind_of_address("  "), AddressKind::None);
  EXPECT_EQ(kind_of_address("/srv/team"), AddressKind::Folder);
  EXPECT_EQ(kind_of_address("~/team"), AddressKind::Folder);
  EXPECT_EQ(kind_of_address(" folder:/srv/team "), AddressKind::Folder);
  EXPECT_EQ(kind_of_address("webdavs://cloud.example.org/team"), AddressKind::Server);
  EXPECT_EQ(kind_of_address("s3://bucket/team?endpoint=https://host"), AddressKind::Server);
  EXPECT_EQ(kind_of_address("meanwhile-invitation:abc"), AddressKind::Invitation);
  EXPECT_EQ(kind_of_address("Here: meanwhile-answers:abc"), AddressKind::Answers);
}

TEST(LibraryAddress, ASlipIsNone) {
  for (const char* text :
       {"fodler:/srv/team", "folder:srv", "webdavs://", "team", "https://cloud.example.org"})
    EXPECT_EQ(kind_of_address(text), AddressKind::Unknown) << text;
}

TEST(LibraryAddress, AFolderMayBeWrittenAsPeopleWriteIt) {
  EXPECT_EQ(library_address(" /srv/team ", "/home/ada"), "folder:/srv/team");
  EXPECT_EQ(library_address("~/team", "/home/ada"), "folder:/home/ada/team");
  EXPECT_EQ(library_address("~/team", ""), "~/team");
  EXPECT_EQ(library_address("s3://bucket", "/home/ada"), "s3://bucket");
}

}  // namespace
}  // namespace meanwhile
