// Each rule by which events merge, seen through the queries: comments, asks, reactions.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/app/library/index_fixture.h"

namespace meanwhile {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST_F(IndexTest, CommentKeepsWhatIsAttachedAndMentionsOfItsLastVersion) {
  say(ben_, published(clip_, "Budget"));
  const Drawing drawing = {{ShapeKind::Arrow, ShapeColor::Red, 40, {{1, 2}, {3, 4}}}};
  const EventId id = say(
      ben_,
      CommentEvent{clip_, seconds(1), seconds(4), "@anna", {.drawing = drawing, .mentions = {anna_.person}}});
  EXPECT_EQ(first_comment().drawing, drawing);
  EXPECT_EQ(first_comment().mentions, std::vector{anna_.person});
  say(ben_, EditEvent{id, "nobody"});
  EXPECT_TRUE(first_comment().mentions.empty());
  EXPECT_EQ(first_comment().drawing, drawing);
  say(ben_, EditEvent{id, "@anna again", {anna_.person}});
  EXPECT_EQ(first_comment().mentions, std::vector{anna_.person});
}

TEST_F(IndexTest, AskIsAnsweredByRepliesInItsThread) {
  Writer carl("carl");
  say(ben_, ProfileEvent{"Ben", std::nullopt, std::nullopt});
  say(carl, ProfileEvent{"Carl", "America/Chicago", std::nullopt});
  say(anna_, ProfileEvent{"Anna", std::nullopt, std::nullopt});
  say(ben_, published(clip_, "Budget"));
  const WallTime by{std::chrono::milliseconds(kStoryBegin + 86'400'000)};
  const EventId ask =
      say(ben_, AskEvent{clip_, seconds(20), AskKind::Decision, "Ship?", {anna_.person, carl.person}, by});
  const auto first = [&] { return index_->asks(clip_).value().at(0); };
  EXPECT_EQ(first().comment.ask->kind, AskKind::Decision);
  EXPECT_EQ(first().comment.ask->by, by);
  EXPECT_TRUE(first().is_for_me);
  EXPECT_EQ(first().answered, 0);
  ASSERT_EQ(first().people.size(), 2U);
  EXPECT_EQ(first().people[1].time_zone, "America/Chicago");
  ASSERT_EQ(index_->asks_of_me()->size(), 1U);

  const EventId reply = say(carl, ReplyEvent{ask, "yes"});
  say(ben_, ReplyEvent{reply, "thanks"});
  EXPECT_EQ(first().answered, 1);
  EXPECT_EQ(index_->asks_of_me()->size(), 1U);
  const EventId mine = say(anna_, ReplyEvent{reply, "yes, too"});
  EXPECT_EQ(first().answered, 2);
  EXPECT_TRUE(first().is_answered_by_me);
  EXPECT_TRUE(index_->asks_of_me()->empty());
  say(anna_, DeleteCommentEvent{mine});
  EXPECT_EQ(index_->asks_of_me()->size(), 1U);
  say(anna_, ResolveEvent{ask, true});
  EXPECT_TRUE(index_->asks_of_me()->empty());
}

TEST_F(IndexTest, WhoAnsweredIsSaidAlsoWhereNobodyElseIs) {
  say(anna_, published(clip_, "Budget"));
  say(anna_, AskEvent{.clip = clip_, .at = seconds(4), .kind = AskKind::Know, .text = "We ship"});
  EXPECT_EQ(answered_words(index_->asks(clip_)->at(0)), "nobody else is here yet");
  say(ben_, ProfileEvent{.name = "Ben"});
  const EventId later =
      say(anna_, AskEvent{.clip = clip_, .at = seconds(5), .kind = AskKind::Know, .text = "We shipped"});
  const auto asks = index_->asks(clip_).value();
  ASSERT_EQ(asks.size(), 2U);
  EXPECT_EQ(asks[1].comment.id, to_text(later));
  EXPECT_EQ(answered_words(asks[1]), "0 of 1 know");
}

TEST_F(IndexTest, AQuestionToEveryoneIsForThoseWhoWereThereThen) {
  say(ben_, published(clip_, "Budget"));
  say(ben_, AskEvent{clip_, seconds(2), AskKind::Answer, "Before Anna came"});
  say(anna_, ProfileEvent{.name = "Anna"});
  const EventId mine = say(ben_, AskEvent{clip_, seconds(3), AskKind::Answer, "Since"});
  const auto asks = index_->asks_of_me().value();
  ASSERT_EQ(asks.size(), 1U);
  EXPECT_EQ(asks[0].comment.id, to_text(mine));
  EXPECT_EQ(index_->clip(clip_)->asks, 1);
  const auto all = index_->asks(clip_).value();
  EXPECT_TRUE(all.at(0).people.empty());
  EXPECT_EQ(all.at(1).people.size(), 1U);
}

// Batches come in any order: what the person said first may be read last.
TEST_F(IndexTest, ThatOneWasThereMayBeLearnedLater) {
  const Json hello = anna_.write(ProfileEvent{.name = "Anna"}, ++now_);
  say(ben_, published(clip_, "Budget"));
  say(ben_, AskEvent{clip_, seconds(2), AskKind::Answer, "When?"});
  EXPECT_EQ(index_->clip(clip_)->asks, 0);
  apply(anna_, hello);
  EXPECT_EQ(index_->clip(clip_)->asks, 1);
  EXPECT_EQ(index_->asks_of_me()->size(), 1U);
}

TEST_F(IndexTest, AskOfEveryoneConcernsAllButWhoAsks) {
  say(anna_, ProfileEvent{"Anna", std::nullopt, std::nullopt});
  say(ben_, published(clip_, "Budget"));
  const EventId later = say(ben_, AskEvent{clip_, seconds(2), AskKind::Know, "FYI"});
  const EventId soon = say(
      ben_,
      AskEvent{clip_, seconds(9), AskKind::Answer, "When?", {}, WallTime(std::chrono::milliseconds(now_))});
  const auto asks = index_->asks_of_me().value();
  ASSERT_EQ(asks.size(), 2U);
  EXPECT_EQ(asks[0].comment.id, to_text(soon));
  EXPECT_EQ(asks[0].people.size(), 1U);
  EXPECT_TRUE(asks[0].comment.ask->is_for_everyone);
  say(anna_, AskEvent{clip_, seconds(3), AskKind::Know, "mine"});
  EXPECT_EQ(index_->asks_of_me()->size(), 2U);
  EXPECT_EQ(index_->asks_by_me()->size(), 1U);
  say(ben_, DeleteCommentEvent{later});
  EXPECT_EQ(index_->asks_of_me()->size(), 1U);
  say(ben_, DeleteClipEvent{clip_});
  EXPECT_TRUE(index_->asks_of_me()->empty());
}

TEST_F(IndexTest, CommentsHangAtTheirMomentsAndRepliesBelowThem) {
  say(ben_, published(clip_, "Budget"));
  const EventId late = say(anna_, CommentEvent{clip_, seconds(30), seconds(35), "late"});
  say(anna_, CommentEvent{clip_, seconds(10), std::nullopt, "early"});
  const EventId reply = say(ben_, ReplyEvent{late, "why?"});
  const EventId second = say(anna_, ReplyEvent{reply, "because"});

  const auto all = threads();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].comment.text, "early");
  EXPECT_EQ(all[1].comment.to, seconds(35));
  ASSERT_EQ(all[1].replies.size(), 2u);
  EXPECT_EQ(all[1].replies[0].text, "why?");
  EXPECT_EQ(all[1].replies[0].at, seconds(30));
  EXPECT_EQ(all[1].replies[1].id, to_text(second));
  EXPECT_EQ(all[1].replies[1].reply_to, to_text(reply));
  EXPECT_TRUE(all[1].replies[1].is_mine);
  EXPECT_EQ(index_->clip(clip_)->comments, 4);
  EXPECT_EQ(index_->comment(second)->clip, clip_);
  EXPECT_EQ(index_->comment(second)->comment.at, seconds(30));
}

TEST_F(IndexTest, ReplyWaitsForItsParent) {
  const Json root = anna_.write(CommentEvent{clip_, seconds(5), std::nullopt, "root"}, ++now_);
  const EventId root_id = anna_.last();
  const Json middle = ben_.write(ReplyEvent{root_id, "middle"}, ++now_);
  const Json leaf = anna_.write(ReplyEvent{ben_.last(), "leaf"}, ++now_);
  apply(ben_, ben_.write(published(clip_, "Budget"), ++now_));
  apply(anna_, leaf);
  EXPECT_TRUE(threads().empty());
  apply(ben_, middle);
  EXPECT_TRUE(threads().empty());
  EXPECT_EQ(index_->clip(clip_)->comments, 0);
  apply(anna_, root);
  ASSERT_EQ(threads().size(), 1u);
  EXPECT_EQ(threads()[0].replies.size(), 2u);
}

TEST_F(IndexTest, RepliesInACircleNeverShowNorHang) {
  say(ben_, published(clip_, "Budget"));
  Writer one("eve");
  Writer other("mal");
  apply(one, one.write(ReplyEvent{{other.device, 1}, "a"}, ++now_));
  apply(other, other.write(ReplyEvent{{one.device, 1}, "b"}, ++now_));
  Writer self("self");
  apply(self, self.write(ReplyEvent{{self.device, 1}, "me"}, ++now_));
  EXPECT_TRUE(threads().empty());
}

TEST_F(IndexTest, MomentPastTheEndHangsAtTheEnd) {
  say(ben_, published(clip_, "Budget", seconds(20)));
  say(anna_, CommentEvent{clip_, minutes(5), minutes(6), "far"});
  EXPECT_EQ(first_comment().at, seconds(20));
  EXPECT_EQ(first_comment().to, seconds(20));
}

TEST_F(IndexTest, EditCountsFromTheSamePersonOnAnyDevice) {
  say(ben_, published(clip_, "Budget"));
  const EventId id = say(anna_, CommentEvent{clip_, seconds(1), std::nullopt, "frist"});
  Writer annas_phone("anna", 2);
  say(annas_phone, EditEvent{id, "first"});
  say(ben_, EditEvent{id, "hijacked"});
  EXPECT_EQ(first_comment().text, "first");
  EXPECT_TRUE(first_comment().edited.has_value());
  EXPECT_EQ(index_->versions(id).value(), (std::vector<std::string>{"frist", "first"}));
}

TEST_F(IndexTest, LastEditWinsWhateverTheOrderOfArrival) {
  say(ben_, published(clip_, "Budget"));
  const EventId id = say(anna_, CommentEvent{clip_, seconds(1), std::nullopt, "one"});
  const Json two = anna_.write(EditEvent{id, "two"}, now_ + 10);
  const Json three = anna_.write(EditEvent{id, "three"}, now_ + 20);
  apply(anna_, three);
  apply(anna_, two);
  EXPECT_EQ(first_comment().text, "three");
  EXPECT_EQ(index_->versions(id)->size(), 3u);
}

TEST_F(IndexTest, DeletionBeatsLaterEdits) {
  say(ben_, published(clip_, "Budget"));
  const EventId id = say(anna_, CommentEvent{clip_, seconds(1), std::nullopt, "secret word"});
  say(anna_, DeleteCommentEvent{id});
  say(anna_, EditEvent{id, "secret word again"});
  EXPECT_TRUE(threads().empty());
  EXPECT_TRUE(index_->search("secret", 10)->empty());
  EXPECT_EQ(index_->clip(clip_)->comments, 0);
  EXPECT_EQ(index_->comment(id).error().code, ErrorCode::NotFound);
}

TEST_F(IndexTest, OnlyTheWriterDeletesAComment) {
  say(ben_, published(clip_, "Budget"));
  const EventId id = say(anna_, CommentEvent{clip_, seconds(1), std::nullopt, "stays"});
  say(ben_, DeleteCommentEvent{id});
  EXPECT_EQ(first_comment().text, "stays");
}

TEST_F(IndexTest, DeletedCommentStaysWithoutItsTextWhereItWasAnswered) {
  say(ben_, published(clip_, "Budget"));
  const EventId id = say(anna_, CommentEvent{clip_, seconds(1), std::nullopt, "gone"});
  const EventId reply = say(ben_, ReplyEvent{id, "but"});
  say(anna_, DeleteCommentEvent{id});
  ASSERT_EQ(threads().size(), 1u);
  EXPECT_TRUE(first_comment().is_deleted);
  EXPECT_EQ(first_comment().text, "");
  say(ben_, DeleteCommentEvent{reply});
  EXPECT_TRUE(threads().empty());
}

TEST_F(IndexTest, LastResolutionWinsFromAnyone) {
  say(ben_, published(clip_, "Budget"));
  const EventId id = say(anna_, CommentEvent{clip_, seconds(1), std::nullopt, "fix"});
  say(ben_, ResolveEvent{id, true});
  EXPECT_TRUE(first_comment().is_resolved);
  EXPECT_EQ(first_comment().resolved_by, "ben");
  say(anna_, ResolveEvent{id, false});
  EXPECT_FALSE(first_comment().is_resolved);
}

TEST_F(IndexTest, OneReactionAPersonAndMomentTheLastWins) {
  say(ben_, published(clip_, "Budget"));
  say(anna_, ReactEvent{clip_, seconds(4), "thumbs-up"});
  say(anna_, ReactEvent{clip_, seconds(4), "heart"});
  say(ben_, ReactEvent{clip_, seconds(4), "thumbs-up"});
  say(ben_, ReactEvent{clip_, seconds(9), "laugh"});
  say(ben_, ReactEvent{clip_, seconds(9), ""});
  const auto reactions = index_->reactions(clip_).value();
  ASSERT_EQ(reactions.size(), 2u);
  EXPECT_EQ(std::ranges::count(reactions, "heart", &Reaction::name), 1);
  EXPECT_EQ(std::ranges::count(reactions, "thumbs-up", &Reaction::name), 1);
}

TEST_F(IndexTest, CommentsByOthersAreNewUntilIReadThem) {
  say(ben_, published(clip_, "Budget"));
  say(anna_, CommentEvent{clip_, seconds(1), std::nullopt, "mine"});
  const EventId his = say(ben_, CommentEvent{clip_, seconds(2), std::nullopt, "news"});
  EXPECT_EQ(index_->clip(clip_)->new_comments, 1);
  EXPECT_TRUE(threads()[1].comment.is_new);
  EXPECT_FALSE(threads()[0].comment.is_new);
  say(anna_, WatchedEvent{clip_, {{seconds(0), seconds(5)}}, std::nullopt, {his}});
  EXPECT_EQ(index_->clip(clip_)->new_comments, 0);
  EXPECT_FALSE(threads()[1].comment.is_new);
}

// Both were offline: what he wrote before I watched comes after it.
TEST_F(IndexTest, WhatWasWrittenBeforeButComesLaterIsNew) {
  say(ben_, published(clip_, "Budget"));
  const EventId mine = say(anna_, CommentEvent{clip_, seconds(1), std::nullopt, "mine"});
  const Json his = ben_.write(ReplyEvent{mine, "his"}, ++now_);
  say(anna_, WatchedEvent{clip_, {{seconds(0), seconds(60)}}});
  say(anna_, ReplyEvent{mine, "one thing more"});
  apply(ben_, his);
  EXPECT_EQ(index_->clip(clip_)->new_comments, 1);
  EXPECT_EQ(index_->clip(clip_)->answers, 1);
}

TEST_F(IndexTest, ForkKeepsBothCommentsUnderOneId) {
  say(ben_, published(clip_, "Budget"));
  Writer copy = anna_;
  apply(anna_, anna_.write(CommentEvent{clip_, seconds(1), std::nullopt, "original"}, now_ + 1));
  const ApplyReport report =
      apply(copy, copy.write(CommentEvent{clip_, seconds(2), std::nullopt, "copy"}, now_ + 2));
  EXPECT_TRUE(report.forked);
  const auto all = threads();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_NE(all[0].comment.id, all[1].comment.id);
  EXPECT_EQ(parse_event_id(all[0].comment.id), parse_event_id(all[1].comment.id));
}

}  // namespace
}  // namespace meanwhile
