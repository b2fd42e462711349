#include "app/library/link.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace meanwhile {
namespace {

const std::string kLibrary = "01jd3xk2m4q5r6s7t8v9w0x1y2";
const std::string kClip = "01jd3y00000000000000000abc";
const std::string kLink = "meanwhile://" + kLibrary + "/" + kClip;

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// "<clip>@<ms>", "<clip>" without a moment, "" for what is no link.
std::string read(const std::string& text) {
  const auto link = parse_link(text);
  if (!link || link->library != kLibrary) return "";
  using std::chrono::milliseconds;
  return link->at
             ? link->clip + "@" + std::to_string(std::chrono::duration_cast<milliseconds>(*link->at).count())
             : link->clip;
}

TEST(Link, WhatIsWrittenIsRead) {
  EXPECT_EQ(read(to_text({.library = kLibrary, .clip = kClip, .at = {}})), kClip);
  EXPECT_EQ(read(to_text({.library = kLibrary, .clip = kClip, .at = std::chrono::milliseconds(83'500)})),
            kClip + "@83500");
}

TEST(Link, WhatStandsAroundItIsNoneOfIt) {
  for (const char* end :
       {"/",  "//", ".", ",", ";", ":",  "!",      "?",  ")", "]", ">",  "\"", "'",   "/.",
        ").", "*",  "_", "…", "”", "。", "\u200b", "\n", " ", "#", "?&", "/?", "%22", "%3E"}) {
    EXPECT_EQ(read(kLink + end), kClip) << end;
    EXPECT_EQ(read(kLink + "?t=5.0" + end), kClip + "@5000") << end;
  }
  for (const char* begin : {" ", "<", "\"", "'", "(", "[", "«", "“", "`", "\u200b", "\n"})
    EXPECT_EQ(read(begin + kLink), kClip) << begin;
  EXPECT_EQ(read("<" + kLink + "?t=5>"), kClip + "@5000");
  EXPECT_EQ(read("“" + kLink + "”"), kClip);
  EXPECT_EQ(read(kLink + "?t=5 says Anna"), kClip + "@5000");
}

TEST(Link, MembersOfOthersArePassedOver) {
  for (const char* query :
       {"?t=5.0&utm_source=chat", "?utm_source=chat&t=5.0", "?utm_source=chat&amp;t=5.0", "/?t=5.0",
        "?fbclid=t%3D9x&t=5.0", "#t=5.0", "?ref=x#t=5.0", "?t=0:05", "?t=0%3A05", "?t=5s", "?t=later&t=5"})
    EXPECT_EQ(read(kLink + query), kClip + "@5000") << query;
  for (const char* query : {"?utm_source=chat&utm_medium=x", "?t=", "?t=later", "?t=-5", "?t=1e9", "?at=5",
                            "?start=t=5", "#comments"})
    EXPECT_EQ(read(kLink + query), kClip) << query;
}

TEST(Link, WayOfWritingTheAddressIsTheBrowsers) {
  EXPECT_EQ(read("MEANWHILE" + kLink.substr(9)), kClip);
  EXPECT_EQ(read(upper(kLink) + "?T=5"), kClip + "@5000");
  EXPECT_EQ(read("meanwhile:/" + kLibrary + "/" + kClip), kClip);
  EXPECT_EQ(read("meanwhile:///" + kLibrary + "//" + kClip), kClip);
  EXPECT_EQ(read("meanwhile%3A%2F%2F" + kLibrary + "%2F" + kClip + "%3Ft%3D5"), kClip + "@5000");
}

TEST(Link, OtherThingsAreNone) {
  for (const std::string& text :
       {std::string(), std::string("latest"), std::string("meanwhile://"), std::string("meanwhile:///"),
        kClip, "https://" + kLibrary + "/" + kClip, "meanwhile://" + kLibrary,
        "meanwhile://" + kLibrary + "/", kLink + "x", kLink + "/more", kLink.substr(0, kLink.size() - 1),
        "see " + kLink, "meanwhile://" + kLibrary + kClip, "meanwhile-invitation:" + kLink})
    EXPECT_FALSE(parse_link(text)) << text;
}

TEST(Link, ClipIsMeantByALinkOrByAWord) {
  EXPECT_EQ(parse_clip_reference("latest")->clip, "latest");
  EXPECT_EQ(parse_clip_reference("latest")->library, "");
  EXPECT_EQ(parse_clip_reference(kLink + "/")->clip, kClip);
  EXPECT_EQ(parse_clip_reference(kLink + "/")->library, kLibrary);
  EXPECT_EQ(parse_clip_reference(kLink + "x").error().code, ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace meanwhile
