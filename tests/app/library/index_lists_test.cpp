// The lists of the inbox: their order, their pages and their counts.
#include <gtest/gtest.h>

#include "app/library/index.h"
#include "tests/support/environment.h"
#include "tests/support/large_library.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

const WallTime kSeen{std::chrono::milliseconds(kStoryBegin + 3'600'000)};

class IndexListsTest : public testing::Test {
 protected:
  EventId say(Writer& writer, const EventBody& body) {
    const AuthoredEvents batch = writer.batch({writer.write(body, ++now_)});
    EXPECT_TRUE(index_->apply(std::span(&batch, 1)));
    return writer.last();
  }
  void publish(Writer& writer, const std::string& clip, const std::string& channel = "", int length = 60) {
    PublishedEvent event = published(clip, clip, seconds(length));
    event.channel = channel;
    say(writer, event);
  }
  std::vector<std::string> list(const ClipQuery& query) {
    std::vector<std::string> ids;
    const auto clips = index_->clips(query).value();
    for (const Clip& clip : clips) ids.push_back(clip.id);
    return ids;
  }
  using Ids = std::vector<std::string>;

  ScopedFolder folder_;
  Writer anna_{"anna"};
  Writer ben_{"ben"};
  const std::string a_ = id_from("ca");
  const std::string b_ = id_from("cb");
  const std::string c_ = id_from("cc");
  std::int64_t now_ = kStoryBegin;
  std::unique_ptr<Index> index_ = Index::open(folder_.path() / "index.sqlite", anna_.person).value();
};

TEST_F(IndexListsTest, WhereIAmAnsweredComesFirstThenWhatIsNewThenTheRest) {
  publish(ben_, a_);
  publish(ben_, b_);
  publish(ben_, c_);
  say(anna_, WatchedEvent{a_, {{seconds(0), seconds(60)}}});
  say(anna_, WatchedEvent{c_, {{seconds(0), seconds(60)}}});
  const EventId mine = say(anna_, CommentEvent{a_, seconds(1), std::nullopt, "why?"});
  EXPECT_EQ(list({}), (Ids{b_, c_, a_}));
  const EventId his = say(ben_, ReplyEvent{mine, "because"});
  EXPECT_EQ(list({}), (Ids{a_, b_, c_}));
  EXPECT_EQ(list({.filter = ClipFilter::Answered}), Ids{a_});
  EXPECT_EQ(index_->clip(a_)->answers, 1);
  say(anna_, WatchedEvent{a_, {}, std::nullopt, {his}});
  EXPECT_EQ(list({}), (Ids{b_, c_, a_}));
}

TEST_F(IndexListsTest, WhatIAnsweredIsRead) {
  publish(anna_, a_);
  const EventId his = say(ben_, CommentEvent{a_, seconds(1), std::nullopt, "nice"});
  EXPECT_EQ(index_->clip(a_)->last_answer > 0, true);
  say(anna_, ReplyEvent{his, "thanks"});
  EXPECT_EQ(index_->clip(a_)->answers, 0);
  say(ben_, ReplyEvent{his, "and?"});
  EXPECT_EQ(index_->clip(a_)->answers, 1);
}

TEST_F(IndexListsTest, OthersTalkingToEachOtherIsNoAnswerToMe) {
  publish(ben_, a_);
  say(anna_, CommentEvent{a_, seconds(1), std::nullopt, "mine"});
  const EventId his = say(ben_, CommentEvent{a_, seconds(2), std::nullopt, "his"});
  say(ben_, ReplyEvent{his, "and more"});
  EXPECT_EQ(index_->clip(a_)->answers, 0);
  EXPECT_EQ(index_->clip(a_)->new_comments, 2);
}

TEST_F(IndexListsTest, WordsOnMyOwnClipAreAnswersToMe) {
  publish(anna_, a_);
  say(ben_, CommentEvent{a_, seconds(1), std::nullopt, "nice"});
  EXPECT_EQ(index_->clip(a_)->answers, 1);
}

TEST_F(IndexListsTest, OrdersAndFiltersOfAChannel) {
  publish(ben_, a_, "design", 300);
  publish(ben_, b_, "design", 60);
  publish(anna_, c_, "design", 120);
  publish(ben_, id_from("cd"), "other");
  say(ben_, CommentEvent{b_, seconds(1), std::nullopt, "one"});
  const auto ordered = [&](ClipOrder order) { return list({.channel = "design", .order = order}); };
  EXPECT_EQ(ordered(ClipOrder::NewestFirst), (Ids{c_, b_, a_}));
  EXPECT_EQ(ordered(ClipOrder::OldestFirst), (Ids{a_, b_, c_}));
  EXPECT_EQ(ordered(ClipOrder::LongestFirst), (Ids{a_, c_, b_}));
  EXPECT_EQ(ordered(ClipOrder::MostDiscussed), (Ids{b_, c_, a_}));
  EXPECT_EQ(list({.channel = "design", .filter = ClipFilter::Mine}), Ids{c_});
  EXPECT_EQ(list({.channel = "design", .filter = ClipFilter::Unwatched}), (Ids{b_, a_}));
  const ClipCounts counts = index_->counts("design").value();
  EXPECT_EQ(counts.inbox, 3);
  EXPECT_EQ(counts.unwatched, 2);
  EXPECT_EQ(counts.mine, 1);
  EXPECT_EQ(counts.unwatched_length, seconds(360));
  EXPECT_EQ(index_->counts()->inbox, 4);
}

TEST_F(IndexListsTest, ArchivedClipLeavesTheInboxUntilItIsBroughtBack) {
  publish(ben_, a_, "design");
  say(anna_, ArchiveEvent{a_, true});
  EXPECT_TRUE(list({.filter = ClipFilter::Inbox}).empty());
  EXPECT_EQ(list({.filter = ClipFilter::Archived}), Ids{a_});
  EXPECT_TRUE(index_->clip(a_)->is_archived);
  EXPECT_EQ(index_->channels()->at(0).unwatched, 0);
  EXPECT_EQ(index_->counts()->archived, 1);
  say(anna_, ArchiveEvent{a_, false});
  EXPECT_EQ(list({.filter = ClipFilter::Inbox}), Ids{a_});
}

TEST_F(IndexListsTest, WhatAnotherPersonArchivesStaysInMyInbox) {
  publish(ben_, a_);
  say(ben_, ArchiveEvent{a_, true});
  EXPECT_EQ(list({.filter = ClipFilter::Inbox}), Ids{a_});
}

TEST_F(IndexListsTest, AnswerBringsAnArchivedClipBack) {
  publish(ben_, a_);
  const EventId mine = say(anna_, CommentEvent{a_, seconds(1), std::nullopt, "why?"});
  say(anna_, ArchiveEvent{a_, true});
  say(ben_, CommentEvent{a_, seconds(2), std::nullopt, "by the way"});
  EXPECT_TRUE(index_->clip(a_)->is_archived);
  say(ben_, ReplyEvent{mine, "because"});
  EXPECT_EQ(list({.filter = ClipFilter::Answered}), Ids{a_});
}

TEST_F(IndexListsTest, ArchivedChannelTakesItsClipsAlong) {
  publish(ben_, a_, "design");
  publish(ben_, b_);
  say(ben_, ChannelEvent{"design", std::nullopt, true});
  EXPECT_EQ(list({.filter = ClipFilter::Inbox}), Ids{b_});
  publish(ben_, c_, "design");
  EXPECT_EQ(list({.filter = ClipFilter::Archived}).size(), 2U);
  say(anna_, ChannelEvent{"design", std::nullopt, false});
  EXPECT_EQ(list({.filter = ClipFilter::Inbox}).size(), 3U);
}

TEST_F(IndexListsTest, WhereIAmAskedComesFirstUntilIAnswer) {
  publish(ben_, a_);
  publish(ben_, b_);
  const AskEvent ask{
      .clip = a_, .at = seconds(1), .kind = AskKind::Decision, .text = "Ship it?", .people = {anna_.person}};
  const EventId asked = say(ben_, ask);
  EXPECT_EQ(list({.filter = ClipFilter::Asked}), Ids{a_});
  EXPECT_EQ(list({}).front(), a_);
  EXPECT_EQ(index_->counts()->asked, 1);
  say(anna_, ReplyEvent{asked, "yes"});
  EXPECT_TRUE(list({.filter = ClipFilter::Asked}).empty());
}

TEST_F(IndexListsTest, WhereIAmAskedAndAnsweredIsInBothLists) {
  publish(anna_, a_);
  say(ben_, CommentEvent{a_, seconds(1), std::nullopt, "nice"});
  say(ben_, AskEvent{.clip = a_, .at = seconds(1), .text = "Ship it?", .people = {anna_.person}});
  EXPECT_EQ(list({.filter = ClipFilter::Asked}), Ids{a_});
  EXPECT_EQ(list({.filter = ClipFilter::Answered}), Ids{a_});
  EXPECT_EQ(index_->counts()->answered, 1);
  EXPECT_EQ(index_->counts()->waiting, 1);
}

TEST_F(IndexListsTest, WhatIsOnlyToBeKnownIsDoneOnceItWasSeen) {
  say(anna_, ProfileEvent{.name = "Anna"});
  publish(ben_, a_);
  say(ben_, AskEvent{.clip = a_, .at = seconds(1), .kind = AskKind::Know, .text = "Office closed"});
  EXPECT_EQ(index_->clip(a_)->asks, 1);
  say(anna_, WatchedEvent{a_, {{seconds(0), seconds(60)}}});
  EXPECT_EQ(index_->clip(a_)->asks, 0);
}

TEST_F(IndexListsTest, MentionIsAnAnswerToMe) {
  publish(ben_, a_);
  CommentEvent comment{a_, seconds(1), std::nullopt, "@anna look", {}};
  comment.with.mentions = {anna_.person};
  say(ben_, comment);
  EXPECT_EQ(index_->clip(a_)->answers, 1);
}

TEST_F(IndexListsTest, WhatIsForTheMorningIsHeldUntilItIsReleased) {
  PublishedEvent event = published(a_, "Morning");
  event.in_the_morning = true;
  say(ben_, event);
  EXPECT_TRUE(list({.filter = ClipFilter::Inbox}).empty());
  EXPECT_EQ(list({.filter = ClipFilter::Held}), Ids{a_});
  EXPECT_EQ(index_->counts()->unwatched, 0);
  ASSERT_TRUE(index_->release(std::vector<std::string>{a_}, kSeen));
  EXPECT_EQ(list({.filter = ClipFilter::Unwatched}), Ids{a_});
  // It came when its morning did, whenever it was published.
  EXPECT_EQ(index_->unwatched_since(kSeen - seconds(1))->clips, 1);
  EXPECT_EQ(index_->unwatched_since(kSeen)->clips, 0);
  say(ben_, CommentEvent{a_, seconds(1), std::nullopt, "and"});
  EXPECT_EQ(index_->counts()->held, 0);
}

TEST_F(IndexListsTest, PausesAreSummedWithTheLengths) {
  PublishedEvent event = published(a_, "Pauses", seconds(60));
  event.pauses = seconds(20);
  say(ben_, event);
  publish(ben_, b_, "", 30);
  EXPECT_EQ(index_->clip(a_)->pauses, seconds(20));
  EXPECT_EQ(index_->counts()->unwatched_pauses, seconds(20));
  EXPECT_EQ(index_->unwatched_since(WallTime{})->pauses, seconds(20));
  event.pauses = seconds(10);
  say(ben_, event);
  EXPECT_EQ(index_->counts()->unwatched_pauses, seconds(10));
  say(ben_, DeleteClipEvent{a_});
  EXPECT_EQ(index_->counts()->unwatched_pauses, MediaTime{});
}

TEST_F(IndexListsTest, WatchersAreOthersByName) {
  publish(ben_, a_, "", 100);
  Writer carl("carl");
  say(carl, WatchedEvent{a_, {{seconds(0), seconds(40)}}});
  say(anna_, WatchedEvent{a_, {{seconds(0), seconds(100)}}});
  const auto watchers = index_->watchers(a_).value();
  ASSERT_EQ(watchers.size(), 1U);
  EXPECT_EQ(watchers[0].name, "carl");
  EXPECT_DOUBLE_EQ(watchers[0].watched, 0.4);
}

TEST_F(IndexListsTest, UnwatchedSinceAMoment) {
  publish(ben_, a_, "", 100);
  const std::int64_t then = now_;
  publish(ben_, b_, "", 60);
  publish(ben_, c_, "", 30);
  publish(anna_, id_from("cd"));
  say(anna_, WatchedEvent{c_, {{seconds(0), seconds(30)}}});
  const ClipSum sum = index_->unwatched_since(WallTime(std::chrono::milliseconds(then))).value();
  EXPECT_EQ(sum.clips, 1);
  EXPECT_EQ(sum.length, seconds(60));
}

TEST_F(IndexListsTest, DeletedClipIsCountedNoMore) {
  publish(ben_, a_, "design");
  say(ben_, DeleteClipEvent{a_});
  EXPECT_EQ(index_->counts()->everything, 0);
  EXPECT_TRUE(index_->channels()->empty());
}

TEST_F(IndexListsTest, CaptionsAreFoundAtTheirMomentUntilTheyAreReplaced) {
  publish(ben_, a_);
  EXPECT_FALSE(*index_->has_captions(a_));
  const std::vector<CaptionLine> lines = {{seconds(3), seconds(5), "Now the quarterly figures"}};
  ASSERT_TRUE(index_->set_captions(a_, lines));
  const auto hits = index_->search("quarterly", 10).value();
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].kind, HitKind::Caption);
  EXPECT_EQ(hits[0].clip, a_);
  EXPECT_EQ(hits[0].at, seconds(3));
  EXPECT_TRUE(*index_->has_captions(a_));
  EXPECT_EQ(*index_->first_captions(a_, 1), (std::vector<std::string>{"Now the quarterly figures"}));
  ASSERT_TRUE(index_->set_captions(a_, {}));
  EXPECT_TRUE(index_->first_captions(a_, 1)->empty());
  EXPECT_TRUE(index_->search("quarterly", 10)->empty());
}

TEST_F(IndexListsTest, NewestCommentsAreFoundFirstWhateverTheOrderOfArrival) {
  publish(ben_, a_);
  const auto comment = [&](Writer& writer, const std::string& text, std::int64_t at) {
    const AuthoredEvents batch =
        writer.batch({writer.write(CommentEvent{a_, seconds(1), std::nullopt, text}, kStoryBegin + at)});
    ASSERT_TRUE(index_->apply(std::span(&batch, 1)));
  };
  comment(anna_, "words of noon", 5000);
  comment(ben_, "words of morning", 1000);
  comment(anna_, "words of evening", 9000);
  const auto hits = index_->search("words", 2).value();
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].text, "words of evening");
  EXPECT_EQ(hits[1].text, "words of noon");
}

// A made-up library: the pages, one after the other, are the whole list, and the counts are those of a look
// at every clip.
TEST(IndexPages, AreTheWholeListAndTheCountsAreTrue) {
  ScopedFolder folder;
  const std::string me = Writer("reader").person;
  auto index = Index::open(folder.path() / "index.sqlite", me).value();
  const LargeLibrary plan{
      .clips = 60, .comments = 300, .people = 5, .channels = 4, .unwatched = 20, .seed = 3};
  ASSERT_TRUE(fill_index(*index, plan, me));
  for (const ClipFilter filter : {ClipFilter::Everything, ClipFilter::Inbox, ClipFilter::Unwatched,
                                  ClipFilter::Answered, ClipFilter::Mine, ClipFilter::Archived}) {
    for (const ClipOrder order : {ClipOrder::Inbox, ClipOrder::NewestFirst, ClipOrder::OldestFirst,
                                  ClipOrder::LongestFirst, ClipOrder::MostDiscussed}) {
      ClipQuery query{.filter = filter, .order = order};
      const auto whole = index->clips(query).value();
      EXPECT_EQ(static_cast<int>(whole.size()), index->counts()->of(filter));
      query.limit = 7;
      std::vector<std::string> paged;
      for (; query.offset < static_cast<int>(whole.size()); query.offset += query.limit) {
        const auto page = index->clips(query).value();
        for (const Clip& clip : page) paged.push_back(clip.id);
      }
      ASSERT_EQ(paged.size(), whole.size());
      for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_EQ(paged[i], whole[i].id);
    }
  }
  EXPECT_EQ(index->counts()->unwatched, 20);
}

}  // namespace
}  // namespace meanwhile
