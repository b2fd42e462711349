// Each rule by which events merge, seen through the queries: clips, people, channels, search, and the file
// itself.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>

#include "tests/app/library/index_fixture.h"
#include "tests/app/library/index_state.h"

namespace meanwhile {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST_F(IndexTest, ClipIsShownOnceItIsPublished) {
  say(ben_, CommentEvent{clip_, seconds(3), std::nullopt, "early"});
  EXPECT_TRUE(index_->clips({})->empty());
  EXPECT_TRUE(threads().empty());
  say(ben_, published(clip_, "Budget"));

  const Clip clip = index_->clip(clip_).value();
  EXPECT_EQ(clip.title, "Budget");
  EXPECT_EQ(clip.author, ben_.person);
  EXPECT_EQ(clip.author_name, "ben");
  EXPECT_EQ(clip.duration, seconds(60));
  EXPECT_EQ(clip.tracks, (std::vector<PublishedTrack>{{"screen", 1280, 720}, {"voice", 0, 0}}));
  EXPECT_EQ(clip.published, WallTime(std::chrono::milliseconds(now_)));
  EXPECT_FALSE(clip.is_mine);
  EXPECT_FALSE(clip.is_watched);
  EXPECT_EQ(clip.comments, 1);
}

TEST_F(IndexTest, ClipRecordedAsAnAnswerIsNoUpdateOfItsOwn) {
  const std::string answer = id_from("c2");
  say(ben_, published(clip_, "Budget"));
  say(anna_, published(answer, "My answer"));
  EXPECT_EQ(index_->clips({})->size(), 2U);
  const EventId comment = say(anna_, CommentEvent{clip_, seconds(4), std::nullopt, "", {.media = answer}});
  EXPECT_EQ(index_->clips({})->size(), 1U);
  EXPECT_TRUE(index_->search("answer", 10)->empty());
  EXPECT_TRUE(index_->clip(answer));
  EXPECT_EQ(first_comment().media, answer);
  say(anna_, published(answer, "My answer again"));
  EXPECT_EQ(index_->clips({})->size(), 1U);
  say(anna_, DeleteCommentEvent{comment});
  EXPECT_EQ(index_->clips({})->size(), 1U) << "a withdrawn answer must not turn into an update";
}

TEST_F(IndexTest, NobodyHangsUpSomebodyElsesClip) {
  say(ben_, published(clip_, "Budget"));
  say(anna_, CommentEvent{clip_, seconds(4), std::nullopt, "see itself", {.media = clip_}});
  EXPECT_EQ(index_->clips({})->size(), 1U);
}

TEST_F(IndexTest, MissingClipIsNotFound) {
  EXPECT_EQ(index_->clip(clip_).error().code, ErrorCode::NotFound);
  EXPECT_EQ(index_->comment({ben_.device, 1}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(index_->versions({ben_.device, 1}).error().code, ErrorCode::NotFound);
}

TEST_F(IndexTest, DeletedClipIsLeftOutEverywhere) {
  say(ben_, published(clip_, "Budget"));
  const EventId comment = say(anna_, CommentEvent{clip_, seconds(1), std::nullopt, "budget words"});
  say(ben_, DeleteClipEvent{clip_});
  EXPECT_TRUE(index_->clips({})->empty());
  EXPECT_TRUE(threads().empty());
  EXPECT_TRUE(index_->search("budget", 10)->empty());
  EXPECT_EQ(index_->comment(comment).error().code, ErrorCode::NotFound);
  say(ben_, published(clip_, "Budget again"));
  EXPECT_TRUE(index_->clips({})->empty());
}

TEST_F(IndexTest, DeletedClipLiesInTheTrashAndComesBackWithItsWords) {
  say(ben_, published(clip_, "Budget"));
  say(anna_, CommentEvent{clip_, seconds(3), std::nullopt, "hello"});
  say(ben_, DeleteClipEvent{clip_});
  const std::int64_t deleted = now_;
  ASSERT_EQ(index_->trash()->size(), 1U);
  EXPECT_EQ(index_->trash()->front().title, "Budget");
  EXPECT_FALSE(index_->trash()->front().is_mine);
  EXPECT_EQ(index_->trash()->front().deleted, WallTime(std::chrono::milliseconds(deleted)));
  say(ben_, RestoreClipEvent{clip_});
  EXPECT_TRUE(index_->trash()->empty());
  EXPECT_TRUE(index_->clip(clip_));
  EXPECT_EQ(threads().size(), 1U);
  EXPECT_EQ(index_->search("Budget", 10)->size(), 1U);
}

TEST_F(IndexTest, LastOfDeletingAndRestoringCounts) {
  say(ben_, published(clip_, "Budget"));
  say(ben_, DeleteClipEvent{clip_});
  say(ben_, RestoreClipEvent{clip_});
  say(ben_, DeleteClipEvent{clip_});
  EXPECT_FALSE(index_->clip(clip_));
  EXPECT_EQ(index_->trash()->size(), 1U);
}

TEST_F(IndexTest, OnlyTheAuthorRestoresAClip) {
  say(ben_, published(clip_, "Budget"));
  say(ben_, DeleteClipEvent{clip_});
  say(anna_, RestoreClipEvent{clip_});
  EXPECT_FALSE(index_->clip(clip_));
}

TEST_F(IndexTest, RestoringAfterThirtyDaysCountsForNothing) {
  const auto later = [&](const EventBody& body) { apply(ben_, ben_.write(body, now_)); };
  say(ben_, published(clip_, "Budget"));
  say(ben_, DeleteClipEvent{clip_});
  now_ += std::chrono::milliseconds(kTrashGrace).count();
  later(RestoreClipEvent{clip_});
  EXPECT_FALSE(index_->clip(clip_));
  now_ -= 1;
  later(RestoreClipEvent{clip_});
  EXPECT_TRUE(index_->clip(clip_));
}

TEST_F(IndexTest, OnlyTheAuthorDeletesAClip) {
  say(ben_, published(clip_, "Budget"));
  say(anna_, DeleteClipEvent{clip_});
  EXPECT_EQ(index_->clips({})->size(), 1u);
}

TEST_F(IndexTest, NobodyTakesOverAnothersClipByPublishingItLater) {
  say(ben_, published(clip_, "Budget"));
  say(anna_, published(clip_, "Mine now"));
  EXPECT_EQ(index_->clip(clip_)->author, ben_.person);
  EXPECT_EQ(index_->clip(clip_)->title, "Budget");
}

TEST_F(IndexTest, LastTitleWins) {
  const Json late = ben_.write(TitleEvent{clip_, "Late"}, now_ + 100);
  const Json early = ben_.write(TitleEvent{clip_, "Early"}, now_ + 50);
  say(ben_, published(clip_, "First"));
  apply(ben_, late);
  apply(ben_, early);
  EXPECT_EQ(index_->clip(clip_)->title, "Late");
}

TEST_F(IndexTest, WhoRenamedAnothersClipIsNamed) {
  say(ben_, published(clip_, "Budget"));
  EXPECT_FALSE(index_->renaming(clip_).value());
  say(anna_, TitleEvent{clip_, "Nonsense"});
  const auto renaming = index_->renaming(clip_).value();
  ASSERT_TRUE(renaming);
  EXPECT_EQ(renaming->person, anna_.person);
  EXPECT_EQ(renaming->person_name, anna_.name);
  EXPECT_EQ(renaming->before, "Budget");
  // Its author has the last word, by saying it.
  say(ben_, TitleEvent{clip_, "Budget 2027"});
  EXPECT_FALSE(index_->renaming(clip_).value());
  EXPECT_FALSE(index_->renaming("01jd0000000000000000000000").value());
}

TEST_F(IndexTest, OneGoesOnWhereOneStoppedLastOnWhicheverDevice) {
  say(ben_, published(clip_, "Budget", seconds(100)));
  EXPECT_EQ(index_->stopped_at(clip_).value(), MediaTime{});
  say(anna_, WatchedEvent{clip_, {{seconds(0), seconds(40)}}, seconds(40)});
  say(anna_, WatchedEvent{clip_, {{seconds(10), seconds(20)}}, seconds(20)});
  say(ben_, WatchedEvent{clip_, {{seconds(0), seconds(90)}}, seconds(90)});  // another person
  EXPECT_EQ(index_->stopped_at(clip_).value(), seconds(20));
}

TEST_F(IndexTest, WatchedIsTheUnionOfRangesWithinTheClip) {
  say(anna_, WatchedEvent{clip_, {{seconds(0), seconds(20)}, {seconds(10), seconds(30)}}});
  say(ben_, published(clip_, "Budget", seconds(100)));
  EXPECT_DOUBLE_EQ(index_->clip(clip_)->watched, 0.3);
  EXPECT_FALSE(index_->clip(clip_)->is_watched);
  say(anna_, WatchedEvent{clip_, {{seconds(25), minutes(10)}}});
  EXPECT_DOUBLE_EQ(index_->clip(clip_)->watched, 1.0);
  EXPECT_TRUE(index_->clip(clip_)->is_watched);
  EXPECT_EQ(index_->watched(clip_).value(), (std::vector<MomentRange>{{seconds(0), seconds(100)}}));
}

TEST_F(IndexTest, AnothersWatchingIsNotMine) {
  say(ben_, published(clip_, "Budget", seconds(100)));
  say(ben_, WatchedEvent{clip_, {{seconds(0), seconds(100)}}});
  EXPECT_DOUBLE_EQ(index_->clip(clip_)->watched, 0);
  EXPECT_TRUE(index_->watched(clip_)->empty());
}

TEST_F(IndexTest, ProfileFieldsAreTheLastOnesEach) {
  say(ben_, published(clip_, "Budget"));
  say(ben_, ProfileEvent{"Ben B.", "Europe/Berlin", std::nullopt});
  say(ben_, ProfileEvent{"Benjamin", std::nullopt, "09:00-17:00"});
  const auto people = index_->people().value();
  ASSERT_EQ(people.size(), 1u);
  EXPECT_EQ(people[0].name, "Benjamin");
  EXPECT_EQ(people[0].time_zone, "Europe/Berlin");
  EXPECT_EQ(people[0].hours, "09:00-17:00");
  EXPECT_EQ(index_->clip(clip_)->author_name, "Benjamin");
}

TEST_F(IndexTest, WhatItsAuthorChangesOfAClipIsSeenAndSaid) {
  say(ben_, published(clip_, "Budget"));
  EXPECT_FALSE(index_->clip(clip_)->edited);
  const WallTime before = index_->clip(clip_)->published;
  PublishedEvent again = published(clip_, "Budget, final");
  again.channel = channel_id_for("weekly");
  again.description = "See [the plan](https://example.org)";
  say(ben_, again);
  const auto clip = index_->clip(clip_);
  EXPECT_EQ(clip->title, "Budget, final");
  EXPECT_EQ(clip->channel, "weekly");
  EXPECT_EQ(clip->description, again.description);
  EXPECT_TRUE(clip->edited);
  EXPECT_EQ(clip->published, before) << "it stays where it was in the lists";
  again.description = "Mine now";
  say(anna_, again);
  EXPECT_NE(index_->clip(clip_)->description, "Mine now");
}

TEST_F(IndexTest, AClipHasTheChaptersThatItsAuthorSaidLast) {
  PublishedEvent event = published(clip_, "Budget", std::chrono::seconds(60));
  event.chapters = {{std::chrono::seconds(5), "Cost"}, {std::chrono::seconds(30), ""}};
  say(ben_, event);
  EXPECT_EQ(index_->clip(clip_)->chapters, event.chapters);
  event.chapters.push_back({std::chrono::seconds(90), "Past the end"});
  say(ben_, event);
  EXPECT_EQ(index_->clip(clip_)->chapters.size(), 2U);
  event.chapters.clear();
  say(ben_, event);
  EXPECT_TRUE(index_->clip(clip_)->chapters.empty());
}

TEST_F(IndexTest, ChannelsAreMadeRenamedAndArchived) {
  const std::string channel = channel_id_for("Design reviews");
  PublishedEvent event = published(clip_, "Budget");
  event.channel = channel;
  say(ben_, event);
  EXPECT_EQ(index_->channels()->at(0).name, "design-reviews");
  say(ben_, ChannelEvent{channel, "Design reviews", std::nullopt});
  say(anna_, ChannelEvent{"other", "Another", true});
  const auto channels = index_->channels().value();
  ASSERT_EQ(channels.size(), 2u);
  EXPECT_EQ(channels[0].name, "Design reviews");
  EXPECT_EQ(channels[0].clips, 1);
  EXPECT_EQ(channels[0].unwatched, 1);
  EXPECT_TRUE(channels[1].is_archived);
  EXPECT_EQ(channels[1].archived_by, "anna");
  EXPECT_EQ(index_->clip(clip_)->channel_name, "Design reviews");
  ClipQuery query;
  query.channel = "other";
  EXPECT_TRUE(index_->clips(query)->empty());
}

TEST_F(IndexTest, UnwatchedComeFirstThenTheNewest) {
  const std::vector<std::string> ids = {id_from("ca"), id_from("cb"), id_from("cc"), id_from("cd")};
  for (std::size_t i = 0; i < 3; ++i) say(ben_, published(ids[i], "Clip " + std::to_string(i)));
  say(anna_, published(ids[3], "My own"));
  say(anna_, WatchedEvent{ids[2], {{seconds(0), seconds(60)}}});
  std::vector<std::string> order;
  const auto clips = index_->clips({}).value();
  for (const Clip& clip : clips) order.push_back(clip.id);
  EXPECT_EQ(order, (std::vector<std::string>{ids[1], ids[0], ids[3], ids[2]}));
  ClipQuery query;
  query.order = ClipOrder::NewestFirst;
  query.limit = 1;
  EXPECT_EQ(index_->clips(query)->at(0).id, ids[3]);
  query = {};
  query.filter = ClipFilter::Unwatched;
  EXPECT_EQ(index_->clips(query)->size(), 2u);
  query = {};
  query.filter = ClipFilter::Mine;
  EXPECT_EQ(index_->clips(query)->size(), 1u);
}

TEST_F(IndexTest, SearchFindsTitlesPeopleAndComments) {
  say(ben_, published(clip_, "Quarterly budget"));
  const EventId id = say(anna_, CommentEvent{clip_, seconds(7), std::nullopt, "The naïve estimate is wrong"});
  const auto titles = index_->search("quarterly bud", 10).value();
  ASSERT_EQ(titles.size(), 1u);
  EXPECT_EQ(titles[0].kind, HitKind::Title);
  const auto comments = index_->search("NAIVE est", 10).value();
  ASSERT_EQ(comments.size(), 1u);
  EXPECT_EQ(comments[0].comment, to_text(id));
  EXPECT_EQ(comments[0].at, seconds(7));
  const auto people = index_->search("ben", 10).value();
  ASSERT_EQ(people.size(), 1u);
  EXPECT_EQ(people[0].kind, HitKind::Person);
  EXPECT_EQ(people[0].clip, clip_);
}

TEST_F(IndexTest, NothingTypedIntoTheSearchIsAnOperatorOrAnError) {
  say(ben_, published(clip_, "a NEAR b OR c"));
  for (const char* words : {"\"", "*", "a AND", "NEAR(", "title:x", "(", "-", "^a", "' OR 1=1 --", "\xff\xfe",
                            "a\"b", "{}", "", "   "}) {
    EXPECT_TRUE(index_->search(words, 10)) << words;
  }
  EXPECT_EQ(index_->search("NEAR b", 10)->size(), 1u);
}

TEST_F(IndexTest, SearchFindsWordsInsideTextWithoutSpaces) {
  say(ben_, published(clip_, "来週の会議について"));
  EXPECT_EQ(index_->search("会議", 10)->size(), 1u);
  EXPECT_TRUE(index_->search("議会", 10)->empty());
}

TEST_F(IndexTest, SearchPassesOverWhatIsNoWord) {
  say(ben_, published(clip_, "Q3 plan"));
  for (const char* words : {"Q3 – plan", "Q3 · pl", "🚀 plan", "plan …", "„plan“"})
    EXPECT_EQ(index_->search(words, 10)->size(), 1u) << words;
  EXPECT_TRUE(index_->search("—", 10)->empty());
}

TEST_F(IndexTest, TitleIsFoundWhicheverOfItsEventsCameFirst) {
  const Json published_event = ben_.write(published(clip_, "Budget"), ++now_);
  const Json title = ben_.write(TitleEvent{clip_, "Forecast"}, ++now_);
  apply(ben_, title);
  apply(ben_, published_event);
  EXPECT_EQ(index_->search("forecast", 10)->size(), 1u);
  EXPECT_TRUE(index_->search("budget", 10)->empty());
}

TEST_F(IndexTest, RestoredClipIsFoundAgain) {
  say(ben_, published(clip_, "Budget"));
  say(ben_, DeleteClipEvent{clip_});
  EXPECT_TRUE(index_->search("budget", 10)->empty());
  say(ben_, RestoreClipEvent{clip_});
  EXPECT_EQ(index_->search("budget", 10)->size(), 1u);
}

TEST_F(IndexTest, NoTimeAtAllIsBeforeAllOthers) {
  say(ben_, published(clip_, "Budget"));
  const EventId id = say(anna_, CommentEvent{clip_, seconds(1), std::nullopt, "one"});
  say(anna_, EditEvent{id, "two"});
  for (const std::int64_t hlc : {std::int64_t{32'503'680'000'000}, std::int64_t{-1}}) {
    apply(anna_, anna_.write(EditEvent{id, "no time"}, hlc));
    EXPECT_EQ(first_comment().text, "two") << hlc;
  }
}

TEST_F(IndexTest, UnknownAndIllFormedEventsAreKeptAndPassedOver) {
  ApplyReport report = apply(anna_, anna_.raw({{"type", "dance"}, {"step", 1}}, ++now_));
  EXPECT_EQ(report.applied, 1);
  EXPECT_EQ(report.unknown, 1);
  const Json broken = anna_.raw({{"type", "comment"}, {"clip", "../.."}, {"at_us", -1}}, ++now_);
  EXPECT_EQ(apply(anna_, broken).unknown, 1);
  EXPECT_EQ(apply(anna_, broken).known, 1);
  EXPECT_EQ(apply(anna_, Json{{"type", "comment"}}).unknown, 1);
  EXPECT_EQ(apply(anna_, Json(3)).unknown, 1);
}

TEST_F(IndexTest, RepeatedEventsChangeNothing) {
  say(ben_, published(clip_, "Budget"));
  const Json event = anna_.write(CommentEvent{clip_, seconds(1), std::nullopt, "once"}, ++now_);
  apply(anna_, event);
  const auto before = state_hash(folder_.path() / "index.sqlite");
  const auto revision = index_->revision().value();
  EXPECT_EQ(apply(anna_, event).known, 1);
  EXPECT_EQ(state_hash(folder_.path() / "index.sqlite"), before);
  EXPECT_EQ(index_->revision().value(), revision);
}

TEST_F(IndexTest, AnotherPersonsFileIsReplacedByAnEmptyIndex) {
  say(ben_, published(clip_, "Budget"));
  index_.reset();
  auto bens = Index::open(folder_.path() / "index.sqlite", ben_.person).value();
  EXPECT_TRUE(*bens->is_empty());
}

TEST_F(IndexTest, TwoOpenIndexesSeeEachOthersChanges) {
  auto other = Index::open(folder_.path() / "index.sqlite", anna_.person).value();
  const auto before = other->revision().value();
  EXPECT_TRUE(*other->is_empty());
  say(ben_, published(clip_, "Budget"));
  EXPECT_NE(other->revision().value(), before);
  EXPECT_FALSE(*other->is_empty());
  EXPECT_FALSE(other->clip(clip_)->is_mine);
}

TEST_F(IndexTest, SurvivesBeingClosed) {
  say(ben_, published(clip_, "Budget"));
  const auto before = state_hash(folder_.path() / "index.sqlite");
  open();
  EXPECT_EQ(state_hash(folder_.path() / "index.sqlite"), before);
}

TEST_F(IndexTest, GarbageFileIsReplacedByAnEmptyIndex) {
  index_.reset();
  std::ofstream(folder_.path() / "index.sqlite", std::ios::trunc) << std::string(9000, 'x');
  open();
  EXPECT_TRUE(*index_->is_empty());
}

void execute_in(const std::filesystem::path& file, const char* sql) {
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
}

TEST_F(IndexTest, OtherSchemaVersionIsMadeAnewFromItsOwnEvents) {
  say(ben_, published(clip_, "Budget"));
  say(anna_, CommentEvent{clip_, seconds(3), std::nullopt, "how much?"});
  const auto before = state_hash(folder_.path() / "index.sqlite");
  index_.reset();
  execute_in(folder_.path() / "index.sqlite",
             "PRAGMA user_version = 999; DELETE FROM clips; DROP TABLE comments; CREATE TABLE older(x)");
  open();
  EXPECT_EQ(state_hash(folder_.path() / "index.sqlite"), before);
  EXPECT_EQ(index_->clip(clip_)->author_name, "ben");
  EXPECT_EQ(first_comment().text, "how much?");
}

TEST_F(IndexTest, OtherTablesOfEventsAreReplacedByAnEmptyIndex) {
  say(ben_, published(clip_, "Budget"));
  index_.reset();
  execute_in(folder_.path() / "index.sqlite",
             "PRAGMA user_version = 999; ALTER TABLE events RENAME COLUMN json TO text");
  open();
  EXPECT_TRUE(*index_->is_empty());
  say(ben_, published(id_from("c2"), "Works"));
  EXPECT_EQ(index_->clips({})->size(), 1u);
}

TEST_F(IndexTest, FolderThatIsNotThereIsAnError) {
  auto opened = Index::open(folder_.path() / "none" / "index.sqlite", anna_.person);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::PermissionDenied);
}

TEST_F(IndexTest, RemoveLeavesNothingBehind) {
  index_.reset();
  ASSERT_TRUE(Index::remove(folder_.path() / "index.sqlite"));
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

}  // namespace
}  // namespace meanwhile
