#include "app/page/share_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

const std::string kAnna(26, 'a');
const std::string kBen(26, 'b');

Comment said(const std::string& id, const std::string& person, const std::string& name,
             const std::string& text) {
  Comment comment;
  comment.id = id;
  comment.author = person;
  comment.author_name = name;
  comment.at = seconds(2);
  comment.text = text;
  comment.created = WallTime(seconds(1'795'000'000));
  return comment;
}

ShareContent content() {
  ShareContent content{.library = "lib", .library_name = "Team"};
  content.clip.id = "c";
  content.clip.title = "Budget";
  content.clip.author = kAnna;
  content.clip.author_name = "Anna";
  content.clip.duration = content.clip.recorded_duration = seconds(60);
  content.clip.manifest_sha256 = std::string(64, '0');
  content.manifest_text = R"({"format":1,"signature":"x"})";
  content.people = {{.id = kAnna, .name = "Anna", .said_name = "Anna"},
                    {.id = kBen, .name = "Anna \u00B7 2nd (bbbb)", .said_name = "Anna"}};
  return content;
}

TEST(ShareDocument, SaysWhoIsAGuest) {
  const std::string sam(26, 'd');
  const std::string kim(26, 'e');
  ShareContent all = content();
  all.threads = {
      {said("1", sam, "Sam (guest)", "Hi"), {said("2", kim, "Anna \u00B7 3rd (eeee) (guest, known)", "Ho")}}};
  const Json json = share_document(all, {});
  EXPECT_EQ(json["people"][0], Json({{"id", sam}, {"name", "Sam"}, {"guest", true}, {"mark", ""}}));
  EXPECT_EQ(json["people"][1],
            Json({{"id", kim}, {"name", "Anna"}, {"guest", true}, {"mark", "3rd (eeee)"}}));
}

TEST(ShareDocument, SaysWhoSaidWhatByPlacesInOneList) {
  ShareContent all = content();
  Thread thread{said("1", kBen, all.people[1].name, "Why?"), {said("2", kAnna, "Anna", "Because")}};
  thread.comment.to = seconds(3);
  thread.comment.is_resolved = true;
  thread.replies[0].edited = thread.replies[0].created;
  all.threads = {thread};
  all.reactions = {{kBen, all.people[1].name, seconds(4), "heart"}};
  const Json json = share_document(all, {});
  EXPECT_EQ(json["people"][0],
            Json({{"id", kBen}, {"name", "Anna"}, {"guest", false}, {"mark", "2nd (bbbb)"}}));
  EXPECT_EQ(json["people"][1], Json({{"id", kAnna}, {"name", "Anna"}, {"guest", false}, {"mark", ""}}));
  const Json& comment = json["comments"][0];
  EXPECT_EQ(comment["by"], 0);
  EXPECT_EQ(comment["at_us"], 2'000'000);
  EXPECT_EQ(comment["to_us"], 3'000'000);
  EXPECT_EQ(comment["resolved"], true);
  EXPECT_FALSE(comment.contains("edited"));
  EXPECT_EQ(comment["replies"][0]["by"], 1);
  EXPECT_EQ(comment["replies"][0]["edited"], true);
  EXPECT_EQ(json["reactions"][0], Json({{"by", 0}, {"at_us", 4'000'000}, {"name", "heart"}}));
}

TEST(ShareDocument, SaysWhichVersionACommentIsAboutIfItIsAnEarlierOne) {
  ShareContent all = content();
  Thread first{said("1", kAnna, "Anna", "Then"), {}};
  first.comment.is_on_earlier = true;
  Thread second{said("2", kAnna, "Anna", "Now"), {}};
  second.comment.version = 2;
  all.threads = {first, second};
  const Json comments = share_document(all, {})["comments"];
  EXPECT_EQ(comments[0]["version"], 1);
  EXPECT_FALSE(comments[1].contains("version"));
}

TEST(ShareDocument, ASmallerVersionIsOneRecordingOfWhatIsShown) {
  ShareContent all = content();
  all.arrangement.parts = {{seconds(0), seconds(10)}, {seconds(70), seconds(73)}};
  all.arrangement.cards = {{{seconds(70), seconds(73)}, "The end", ""}};
  EXPECT_EQ(share_document(all, {})["arrangement"]["cards"][0]["title"], "The end");
  const Json smaller = share_document(all, {.is_rendition = true})["arrangement"];
  EXPECT_EQ(smaller, Json::parse(R"({"parts":[[0,10000000],[70000000,73000000]]})"));
}

TEST(ShareDocument, LeavesOutWhatWasDeleted) {
  ShareContent all = content();
  Thread gone{said("1", kAnna, "Anna", ""), {said("2", kBen, "Ben", "left")}};
  gone.comment.is_deleted = true;
  Thread half{said("3", kAnna, "Anna", "stays"), {said("4", kBen, "Ben", "")}};
  half.replies[0].is_deleted = true;
  all.threads = {gone, half};
  const Json json = share_document(all, {});
  ASSERT_EQ(json["comments"].size(), 1u);
  EXPECT_EQ(json["comments"][0]["text"], "stays");
  EXPECT_TRUE(json["comments"][0]["replies"].empty());
}

TEST(ShareDocument, AQuestionSaysWhomItIsForAndWhoHasAnswered) {
  ShareContent all = content();
  Thread thread{said("1", kAnna, "Anna", "Ship it?"), {}};
  thread.comment.ask = AskInfo{.kind = AskKind::Decision, .by = WallTime(seconds(1'795'100'000))};
  Ask ask{.clip = "c",
          .clip_title = "",
          .clip_author = kAnna,
          .comment = thread.comment,
          .people = {{kBen, "Ben", "", WallTime(seconds(1))}, {kAnna, "Anna", "", {}}}};
  all.threads = {thread};
  all.asks = {ask};
  const Json asked = share_document(all, {})["comments"][0]["ask"];
  EXPECT_EQ(asked["kind"], "decision");
  EXPECT_EQ(asked["for"], Json({1, 0}));
  EXPECT_EQ(asked["answered"], Json({1}));
  EXPECT_EQ(asked["by"], format_rfc3339(*thread.comment.ask->by));
  all.asks[0].comment.ask->is_for_everyone = true;
  EXPECT_TRUE(share_document(all, {})["comments"][0]["ask"]["for"].is_null());
}

TEST(ShareDocument, HasTheManifestAsItIsStoredButOfARendition) {
  ShareContent all = content();
  all.pointer = "{}";
  all.manifest.loudness = Loudness{.integrated_lufs = -20, .peak_dbtp = -10};
  const Json whole = share_document(all, {.media = {{"kind", "inline"}}});
  EXPECT_EQ(whole["manifest"], all.manifest_text);
  EXPECT_EQ(whole["clip"]["loudness_gain_db"], 4.0);
  EXPECT_EQ(whole["pointer"], "{}");
  const Json smaller = share_document(all, {.media = {{"kind", "inline"}}, .is_rendition = true});
  EXPECT_TRUE(smaller["manifest"].is_null());
  EXPECT_TRUE(smaller["pointer"].is_null());
  EXPECT_EQ(smaller["clip"]["loudness_gain_db"], 0.0);
}

TEST(ShareDocument, WhatIsNotThereIsNull) {
  const Json json = share_document(content(), {});
  for (const char* name : {"until", "seal", "inline_key", "envelope", "thumbnails", "pointer", "media"})
    EXPECT_TRUE(json[name].is_null()) << name;
  for (const char* name : {"captions", "chapters", "pauses", "comments", "reactions", "people"})
    EXPECT_EQ(json[name], Json::array()) << name;
  EXPECT_EQ(json["answers"]["kind"], "none");
}

TEST(ShareDocument, SaysHowAnswersComeBack) {
  const PostForm form{
      .url = "https://host/b/", .key_prefix = "team/shares/s/answers/", .fields = {{"policy", "p"}}};
  const Json post = share_document(content(), {.answers = {.way = AnswerWay::Post, .form = form}})["answers"];
  EXPECT_EQ(post["kind"], "post");
  EXPECT_EQ(post["key_prefix"], form.key_prefix);
  EXPECT_EQ(post["fields"], Json({{"policy", "p"}}));
  EXPECT_EQ(post["to"], "Anna");
  const Json put =
      share_document(content(), {.answers = {.way = AnswerWay::Put, .put_base = "answers/"}})["answers"];
  EXPECT_EQ(put["put_base"], "answers/");
  EXPECT_FALSE(put.contains("fields"));
}

TEST(Envelope, HasTheLoudestOfEachTenthOfASecond) {
  EXPECT_THAT(envelope_of({0.0F, 1.0F, 0.5F, 0.0F}, std::chrono::milliseconds(200)), ElementsAre(255, 128));
  EXPECT_THAT(envelope_of({1.0F}, std::chrono::milliseconds(300)), ElementsAre(255, 255, 255));
  EXPECT_THAT(envelope_of({}, seconds(1)), testing::IsEmpty());
}

// Two hundred comments before the first picture: what a phone has to load.
TEST(ShareDocument, OfTwoHundredCommentsStaysSmall) {
  ShareContent all = content();
  for (int i = 0; i < 200; ++i)
    all.threads.push_back(
        {said(std::string(26, 'a') + "." + std::to_string(i), kBen, "Ben", std::string(120, 'w')), {}});
  EXPECT_LT(to_text(share_document(all, {})).size(), 70'000u);
}

}  // namespace
}  // namespace meanwhile
