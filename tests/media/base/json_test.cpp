#include "media/base/json.h"

#include <gtest/gtest.h>

#include <string>

namespace meanwhile::test {
namespace {

TEST(Json, KeepsMembersInTheirOrder) {
  const std::string text = R"({"zebra":1,"apple":2})";
  EXPECT_EQ(to_text(*parse_json(text)), text);
}

TEST(Json, BadTextIsCorrupt) {
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[1,]"), std::string("\"\xff\xfe\""),
        std::string("{} x"), std::string(100'000, '[')}) {
    const auto json = parse_json(text);
    ASSERT_FALSE(json);
    EXPECT_EQ(json.error().code, ErrorCode::Corrupt);
  }
}

TEST(Json, NestingHasALimit) {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(parse_json(nested(kJsonMaxDepth)));
  EXPECT_FALSE(parse_json(nested(kJsonMaxDepth + 1)));
  EXPECT_TRUE(parse_json(R"({"text":"[[[[[[[[[[[[[[[[[[[[ \" [[[["})"));
}

TEST(Json, MembersOfAnotherTypeAreMissing) {
  const Json json =
      *parse_json(R"({"s":"x","i":5,"f":1.5,"b":true,"big":18446744073709551615,"a":[],"o":{}})");
  EXPECT_EQ(string_member(json, "s"), "x");
  EXPECT_EQ(string_member(json, "i"), std::nullopt);
  EXPECT_EQ(integer_member(json, "i"), 5);
  EXPECT_EQ(integer_member(json, "f"), std::nullopt);
  EXPECT_EQ(integer_member(json, "big"), std::nullopt);
  EXPECT_EQ(integer_member(json, "b"), std::nullopt);
  EXPECT_EQ(bool_member(json, "b"), true);
  EXPECT_EQ(bool_member(json, "i"), std::nullopt);
  EXPECT_NE(array_member(json, "a"), nullptr);
  EXPECT_EQ(array_member(json, "o"), nullptr);
  EXPECT_NE(object_member(json, "o"), nullptr);
  EXPECT_EQ(object_member(json, "none"), nullptr);
  EXPECT_EQ(string_member(Json::array(), "s"), std::nullopt);
}

TEST(Json, InvalidUtf8IsReplacedWhenWritten) {
  EXPECT_EQ(to_text(Json("a\xff")), "\"a\xEF\xBF\xBD\"");
}

TEST(ParseJson, ObjectsWithVeryManyMembersAreRefused) {
  std::string text = "{";
  for (int i = 0; i <= kJsonMostMembers; ++i) text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":1";
  text += "}";

  const auto json = parse_json(text);

  ASSERT_FALSE(json.has_value());
  EXPECT_EQ(json.error().code, ErrorCode::Corrupt);
}

}  // namespace
}  // namespace meanwhile::test
