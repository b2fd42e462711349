// What a guest signed is read by everybody in the same way, or by nobody.
#include "app/library/guest_document.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "app/library/events.h"
#include "app/library/text.h"
#include "tests/support/guest_words.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

const GuestPlace kPlace{.share = id_from("s1"), .clip = id_from("c1")};

ErrorCode code_of(const std::string& document) {
  const auto read = read_guest_document(document);
  return read ? ErrorCode::Aborted : read.error().code;
}

TEST(GuestDocuments, CommentsRepliesAndReactionsAreRead) {
  GuestWriter sam("Sam");
  sam.n = 7;
  const std::string text = sam.document(
      kPlace, {{{"type", "comment"}, {"at_us", 1000}, {"to_us", 2000}, {"text", "Is that this month's?"}},
               guest_reply(id_from("d1") + ".3", "Yes"),
               guest_reaction(5, "heart")});
  const auto read = read_guest_document(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->guest, sam.id());
  EXPECT_EQ(read->name, "Sam");
  EXPECT_EQ(read->share, kPlace.share);
  EXPECT_EQ(read->clip, kPlace.clip);
  EXPECT_EQ(format_rfc3339(read->at), sam.at);
  ASSERT_EQ(read->words.size(), 3U);
  EXPECT_EQ(to_text(read->words[0].id), sam.id() + ".7");
  EXPECT_EQ(to_text(read->words[2].id), sam.id() + ".9");
  const auto& comment = std::get<CommentEvent>(read->words[0].body);
  EXPECT_EQ(comment.clip, kPlace.clip);
  EXPECT_EQ(comment.to, MediaTime(2000));
  EXPECT_EQ(std::get<ReplyEvent>(read->words[1].body).text, "Yes");
  EXPECT_EQ(std::get<ReactEvent>(read->words[2].body).name, "heart");
  EXPECT_EQ(count_words_text(count_words(*read)), "1 comment, 1 reply, 1 reaction");
}

TEST(GuestDocuments, WhatAMemberMaySayBesidesIsLeftOut) {
  GuestWriter sam("Sam");
  const auto read = read_guest_document(sam.document(kPlace, {{{"type", "comment"},
                                                               {"at_us", 1},
                                                               {"text", "Hi"},
                                                               {"clip", id_from("c2")},
                                                               {"media", id_from("c3")},
                                                               {"mentions", {id_from("p1")}},
                                                               {"copy_of", id_from("d1") + ".1"}}}));
  const auto& comment = std::get<CommentEvent>(read.value().words.at(0).body);
  EXPECT_EQ(comment.clip, kPlace.clip);
  EXPECT_EQ(comment.with.media, "");
  EXPECT_TRUE(comment.with.mentions.empty());
  EXPECT_EQ(comment.copy_of, "");
}

TEST(GuestDocuments, WhatIsNotUnderstoodKeepsItsNumber) {
  GuestWriter sam("Sam");
  const auto read = read_guest_document(
      sam.document(kPlace, {{{"type", "sing"}},
                            {{"type", "edit"}, {"comment", id_from("d1") + ".1"}, {"text", "no"}},
                            {{"type", "delete"}, {"comment", id_from("d1") + ".1"}},
                            guest_comment(-1, "before it begins"),
                            guest_comment(1, std::string(kLongestText + 1, 'a')),
                            guest_reaction(1, "skull"),
                            guest_comment(1, "Hi")}));
  ASSERT_EQ(read.value().words.size(), 1U);
  EXPECT_EQ(read->words[0].id.n, 7);
}

TEST(GuestDocuments, ChangedOrSignedByAnotherKeyIsRefused) {
  GuestWriter sam("Sam");
  GuestWriter eve("Eve");
  std::string text = sam.document(kPlace, {guest_comment(1, "I agree")});
  ASSERT_TRUE(read_guest_document(text));
  const auto at = text.find("agree");
  EXPECT_EQ(code_of(text.substr(0, at) + "don't" + text.substr(at + 5)), ErrorCode::Corrupt);
  const Json as_sam = {{"guest", {{"name", "Sam"}, {"key", sam.key.public_key().base64()}}}};
  EXPECT_EQ(code_of(eve.document_with(kPlace, {guest_comment(1, "I agree")}, as_sam)), ErrorCode::Corrupt);
  EXPECT_EQ(code_of(text + " "), ErrorCode::Corrupt);
  EXPECT_EQ(code_of(""), ErrorCode::Corrupt);
}

TEST(GuestDocuments, BoundsAreKept) {
  GuestWriter sam("Sam");
  const std::vector<Json> words = {guest_comment(1, "Hi")};
  const auto refused = [&](const Json& members) {
    return code_of(sam.document_with(kPlace, words, members)) == ErrorCode::Corrupt;
  };
  EXPECT_TRUE(refused({{"share", "x"}}));
  EXPECT_TRUE(refused({{"clip", "../x"}}));
  EXPECT_TRUE(refused({{"says", "member"}}));
  EXPECT_TRUE(refused({{"n", 0}}));
  EXPECT_TRUE(refused({{"n", kLastGuestWord + 1}}));
  EXPECT_TRUE(refused({{"n", nullptr}}));
  EXPECT_TRUE(refused({{"at", "yesterday"}}));
  EXPECT_TRUE(refused({{"at", nullptr}}));
  EXPECT_TRUE(refused({{"events", Json::array()}}));
  EXPECT_TRUE(refused({{"events", nullptr}}));
  EXPECT_TRUE(refused({{"format", nullptr}}));
  EXPECT_EQ(code_of(sam.document_with(kPlace, words, {{"format", 2}})), ErrorCode::Unsupported);
  EXPECT_EQ(code_of(sam.document(kPlace, {guest_comment(1, std::string(9'000, 'a')),
                                          guest_comment(2, std::string(9'000, 'a'))})),
            ErrorCode::Corrupt);
  EXPECT_FALSE(refused({{"n", kLastGuestWord}}));
}

TEST(GuestDocuments, ANameThatNobodyCanSeeIsRefused) {
  for (const char* name : {"", " ", "\u200b", "\u2800"}) {
    GuestWriter guest(name);
    EXPECT_EQ(code_of(guest.document(kPlace, {guest_comment(1, "Hi")})), ErrorCode::Corrupt) << name;
  }
  std::string longest;
  for (int i = 0; i < 100; ++i) longest += "ä";
  EXPECT_TRUE(read_guest_document(GuestWriter(longest).document(kPlace, {guest_comment(1, "Hi")})));
  EXPECT_EQ(code_of(GuestWriter(longest + "ä").document(kPlace, {guest_comment(1, "Hi")})),
            ErrorCode::Corrupt);
}

TEST(GuestEvents, AreWrittenAndReadAgain) {
  GuestWriter sam("Sam \"S\" O'Neil");
  const std::string document = sam.document(kPlace, {guest_comment(1, "größer \\ \"so\"\n")});
  const auto json = to_json(guest_event(document).value());
  ASSERT_TRUE(json) << json.error().message;
  const auto read = parse_event(parse_json(to_text(*json)).value());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(std::get<GuestEvent>(*read).document, document);
  EXPECT_EQ(std::get<GuestEvent>(*read).said->guest, sam.id());
}

TEST(GuestEvents, AForgedDocumentOrOneForAnotherClipOrShareIsRefused) {
  GuestWriter sam("Sam");
  const std::string document = sam.document(kPlace, {guest_comment(1, "Hi")});
  Json event = to_json(guest_event(document).value()).value();
  Json other = event;
  other["clip"] = id_from("c2");
  EXPECT_EQ(parse_event(other).error().code, ErrorCode::Corrupt);
  other = event;
  other["share"] = id_from("s2");
  EXPECT_EQ(parse_event(other).error().code, ErrorCode::Corrupt);
  event["document"] = document.substr(0, document.size() - 1);
  EXPECT_EQ(parse_event(event).error().code, ErrorCode::Corrupt);
}

TEST(GuestEvents, WhoVouchesMayGiveANameThatCanBeSeen) {
  const Json plain = to_json(GuestKnownEvent{.guest = id_from("g1")}).value();
  EXPECT_EQ(to_text(plain), R"({"type":"guest_known","guest":")" + id_from("g1") + R"("})");
  const Json back = to_json(GuestKnownEvent{.guest = id_from("g1"), .known = false}).value();
  EXPECT_FALSE(std::get<GuestKnownEvent>(parse_event(back).value()).known);
  EXPECT_FALSE(to_json(GuestKnownEvent{.guest = id_from("g1"), .name = "\u200b"}));
  EXPECT_FALSE(to_json(GuestKnownEvent{.guest = "sam"}));
}

TEST(GuestDocuments, CountsAreSaidInWords) {
  EXPECT_EQ(count_words_text({}), "nothing");
  EXPECT_EQ(count_words_text({.comments = 3}), "3 comments");
  EXPECT_EQ(count_words_text({.comments = 1, .replies = 2, .reactions = 1}),
            "1 comment, 2 replies, 1 reaction");
}

}  // namespace
}  // namespace meanwhile
