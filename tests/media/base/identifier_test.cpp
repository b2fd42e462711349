#include "media/base/identifier.h"

#include <gtest/gtest.h>

#include <set>

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

TEST(ClipId, IsUniqueAndSortsByTime) {
  const WallTime now = wall_now();
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(new_clip_id(now));
  EXPECT_EQ(ids.size(), 1000u);
  for (const std::string& id : ids) EXPECT_TRUE(is_clip_id(id));
  EXPECT_GT(new_clip_id(now + 1ms), *ids.rbegin());
}

TEST(ClipId, TellsItsMonth) {
  EXPECT_EQ(month_of_clip(new_clip_id(*parse_rfc3339("2026-11-22T20:34:47.123Z"))), "2026-11");
  EXPECT_EQ(month_of_clip(new_clip_id(*parse_rfc3339("2027-01-01T00:00:00Z"))), "2027-01");
}

TEST(ClipId, OtherTextIsNone) {
  const std::string id = new_clip_id(wall_now());
  for (const std::string& text : {std::string(), id.substr(1), id + "0", "../" + id.substr(3),
                                  "i" + id.substr(1), "Z" + id.substr(1), "8" + id.substr(1)}) {
    EXPECT_FALSE(is_clip_id(text)) << text;
  }
}

TEST(Rfc3339, IsReadBackAsWritten) {
  const std::string text = "2026-11-22T20:34:47.123Z";
  EXPECT_EQ(format_rfc3339(*parse_rfc3339(text)), text);
}

TEST(Rfc3339, OffsetsAndFractionsAreUnderstood) {
  EXPECT_EQ(*parse_rfc3339("2026-11-22T22:34:47+02:00"), *parse_rfc3339("2026-11-22T20:34:47Z"));
  EXPECT_EQ(*parse_rfc3339("2026-11-22T20:34:47.5Z"), *parse_rfc3339("2026-11-22T20:34:47.500000Z"));
}

TEST(Rfc3339, NonsenseIsRefused) {
  for (const char* text : {"", "2026", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T25:00:00Z",
                           "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Zjunk"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(KeyId, HasTwentySixCharacters) {
  const unsigned char bytes[17] = {0xff, 0x00, 0xab};
  const std::string id = base32_130(bytes);
  EXPECT_TRUE(is_key_id(id));
  EXPECT_TRUE(id.starts_with("zw0"));
  EXPECT_FALSE(is_key_id(id.substr(1)));
}

}  // namespace
}  // namespace meanwhile::test
