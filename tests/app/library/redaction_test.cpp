// What a report says about people: nothing.
#include "app/library/redaction.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace meanwhile {
namespace {

const std::vector<PrivateWord> kKnown{{"Ada Berg", "a name"},
                                      {"Ada", "a name"},
                                      {"Design team", "a library"},
                                      {"ann", "a name"},
                                      {"x", "a name"}};

std::string clean(const std::string& text) {
  return without_private(text, kKnown);
}

TEST(Redaction, NamesGoInAnyCaseButNotFromWithinWords) {
  EXPECT_EQ(clean("Ada Berg wrote to ADA in \"design TEAM\""),
            "<a name> wrote to <a name> in \"<a library>\"");
  EXPECT_EQ(clean("it cannot be planned, Adam"), "it cannot be planned, Adam");
  EXPECT_EQ(clean("ann_b x"), "<a name>_b x") << "one letter is no secret";
}

TEST(Redaction, AddressesGoWithAllThatIsInThem) {
  EXPECT_EQ(clean("opening s3://bucket/team?endpoint=https://h.example&secret=abc failed"),
            "opening s3:<address> failed");
  EXPECT_EQ(clean("webdavs://anna:hunter2@files.example/team: no answer"), "webdavs:<address> no answer");
  EXPECT_EQ(clean("paste 'meanwhile-invitation:abcDEF123', or meanwhile:c/01J"),
            "paste 'meanwhile-invitation:<address>', or meanwhile:<address>");
  EXPECT_EQ(clean("from 192.168.1.20 and fe80:0:0:1::5, ask ben@shop.example"),
            "from <machine> and <machine>, ask <mail address>");
}

TEST(Redaction, PathsKeepWhatIsOfUseInThem) {
  EXPECT_EQ(
      clean("writing /home/somebody/.local/share/meanwhile/takes/01J0000000000000000000000A/screen.mp4"),
      "writing ~/.local/share/meanwhile/takes/<id>/screen.mp4");
}

TEST(Redaction, KeysAndHashesGo) {
  EXPECT_EQ(clean("sha256 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae."),
            "sha256 <id>.");
  EXPECT_EQ(clean("version 0.1.0, libavcodec 59.37.100, 1920x1080"),
            "version 0.1.0, libavcodec 59.37.100, 1920x1080");
}

TEST(Redaction, LinesStayLinesAndLongOnesEnd) {
  EXPECT_EQ(clean("a\n\nb\n"), "a\n\nb\n");
  EXPECT_LE(clean(std::string(100'000, 'a') + " " + std::string(100'000, 'b')).size(), 2000U);
}

}  // namespace
}  // namespace meanwhile
