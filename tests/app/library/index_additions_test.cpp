// What comes to a clip after its clip.json, as the index tells of it.
#include <gtest/gtest.h>

#include "app/library/addition.h"
#include "app/library/replacing.h"
#include "tests/app/library/index_fixture.h"

namespace meanwhile {
namespace {

class IndexAdditions : public IndexTest {
 protected:
  IndexAdditions() { say(anna_, published(clip_, "Talk")); }

  static AddedObject object(char letter) {
    return {std::string(8, letter) + ".vtt", 100, std::string(64, letter)};
  }
  AdditionEvent captions(char letter, const std::string& language = "") {
    return {clip_, AdditionKind::Captions, language, object(letter)};
  }
  Clip clip() { return index_->clip(clip_).value(); }
  // "a", "de b": what counts; "(c)": what was only suggested.
  std::vector<std::string> there() {
    std::vector<std::string> all;
    for (const Addition& addition : clip().additions) {
      std::string text = addition.language.empty() ? "" : addition.language + " ";
      text += addition.object.name[0];
      all.push_back(addition.is_suggestion ? "(" + text + ")" : text);
    }
    return all;
  }
};

TEST_F(IndexAdditions, OfEachLanguageTheAuthorsLastCounts) {
  say(anna_, captions('a'));
  say(anna_, captions('b', "de"));
  say(anna_, captions('c'));
  EXPECT_EQ(there(), (std::vector<std::string>{"c", "de b"}));
  EXPECT_EQ(clip().additions[0].object, object('c'));
}

TEST_F(IndexAdditions, OthersOnlySuggest) {
  say(ben_, captions('b'));
  EXPECT_EQ(there(), (std::vector<std::string>{"(b)"}));
  EXPECT_EQ(clip().additions[0].person, ben_.person);
  EXPECT_EQ(caption_version(clip().additions), "");
  say(anna_, captions('a'));
  say(ben_, captions('c'));
  EXPECT_EQ(there(), (std::vector<std::string>{"a", "(c)"}));
}

AdditionEvent version_of(const std::string& clip, int version, MediaTime duration) {
  return {clip,     AdditionKind::Manifest,
          "",       AddedObject{"v-" + std::to_string(version) + ".json", 100, std::string(64, 'e')},
          duration, version};
}

TEST_F(IndexAdditions, NobodyElseReplacesAManifest) {
  say(ben_, version_of(clip_, 2, std::chrono::seconds(5)));
  EXPECT_TRUE(clip().additions.empty());
  EXPECT_EQ(clip().version, 1);
}

TEST_F(IndexAdditions, OfALaterVersionOnlyItsOwnWatchingCounts) {
  const std::string bens = id_from("c8");
  say(ben_, published(bens, "Ben's"));
  const auto clip = [&] { return index_->clip(bens).value(); };
  const auto watch = [&](int version) {
    say(anna_, WatchedEvent{.clip = bens,
                            .ranges = {{MediaTime{}, clip().recorded_duration}},
                            .stopped_at = std::chrono::seconds(9),
                            .version = version});
  };
  watch(1);
  EXPECT_TRUE(clip().is_watched);
  EXPECT_FALSE(index_->watched(bens)->empty());
  say(ben_, version_of(bens, 2, clip().recorded_duration));
  EXPECT_EQ(clip().version, 2);
  EXPECT_FALSE(clip().is_watched);
  EXPECT_TRUE(index_->watched(bens)->empty());
  EXPECT_EQ(index_->stopped_at(bens).value(), MediaTime{});
  watch(1);
  EXPECT_FALSE(clip().is_watched) << "said offline, of the first";
  watch(2);
  EXPECT_TRUE(clip().is_watched);
  EXPECT_EQ(index_->stopped_at(bens).value(), std::chrono::seconds(9));
}

TEST_F(IndexAdditions, CommentsSayWhichVersionTheyWereMadeOn) {
  const auto comment = [&](int version, const std::string& text) {
    say(ben_, CommentEvent{
                  .clip = clip_, .at = std::chrono::seconds(50), .to = {}, .text = text, .version = version});
  };
  comment(1, "first");
  EXPECT_FALSE(index_->comments(clip_)->front().comment.is_on_earlier);
  say(anna_, version_of(clip_, 2, std::chrono::seconds(10)));
  comment(2, "second");
  const auto all = threads();
  for (const Thread& thread : all) {
    EXPECT_EQ(thread.comment.is_on_earlier, thread.comment.text == "first");
    EXPECT_EQ(thread.comment.version, thread.comment.text == "first" ? 1 : 2);
    EXPECT_EQ(thread.comment.at, std::chrono::seconds(50)) << "its moment is kept";
  }
}

TEST_F(IndexAdditions, WhatIsTakenBackIsNotThere) {
  say(anna_, captions('a'));
  AdditionEvent back = captions('a');
  back.object.reset();
  say(anna_, back);
  EXPECT_TRUE(there().empty());
}

TEST_F(IndexAdditions, MayComeBeforeTheClipDoes) {
  Writer carl("carl");
  const std::string other = id_from("c9");
  say(carl, AdditionEvent{other, AdditionKind::Captions, "", object('a')});
  EXPECT_FALSE(index_->clip(other));
  say(carl, published(other, "Late"));
  EXPECT_EQ(index_->clip(other)->additions.size(), 1u);
}

TEST_F(IndexAdditions, WhatIsNamedAsReplacedNeverCountsAgainWhateverAClockSaid) {
  const AdditionEvent first = captions('a');
  apply(anna_, anna_.write(first, now_ + 1'000'000));
  Json second = to_json(captions('b')).value();
  write_replaced(second, index_->replaced_by(captions('b')).value());
  apply(anna_, anna_.raw(second, ++now_));
  EXPECT_EQ(there(), std::vector<std::string>{"b"});
}

TEST_F(IndexAdditions, AreThereAfterTheIndexIsBuiltAnew) {
  say(anna_, captions('a', "de"));
  open();
  EXPECT_EQ(there(), std::vector<std::string>{"de a"});
}

TEST_F(IndexAdditions, NewCaptionsAreToldUntilTheSearchKnowsThem) {
  say(anna_, captions('a'));
  ASSERT_EQ(index_->clips_with_new_captions(10)->size(), 1u);
  const std::vector<CaptionLine> lines = {{{}, std::chrono::seconds(1), "quarterly"}};
  ASSERT_TRUE(index_->set_captions(clip_, lines, caption_version(clip().additions)));
  EXPECT_TRUE(index_->clips_with_new_captions(10)->empty());
  EXPECT_TRUE(*index_->has_captions(clip_));
  say(anna_, captions('b'));
  EXPECT_EQ(index_->clips_with_new_captions(10)->size(), 1u);
  EXPECT_FALSE(*index_->has_captions(clip_));
  EXPECT_EQ(index_->search("quarterly", 5)->size(), 1u)
      << "the old ones are found until the new ones are here";
}

class IndexArrangements : public IndexAdditions {
 protected:
  AdditionEvent arranged(MediaTime left, const Writer&) {
    AdditionEvent event{clip_, AdditionKind::Arrangement, "",
                        AddedObject{"aaa.json", 100, std::string(64, 'a')}};
    event.duration = left;
    return event;
  }
};

TEST_F(IndexArrangements, SayHowLongThereIsToWatch) {
  const MediaTime recorded = clip().duration;
  say(anna_, arranged(recorded / 2, anna_));
  EXPECT_EQ(clip().duration, recorded / 2);
  EXPECT_EQ(clip().recorded_duration, recorded);
  open();
  EXPECT_EQ(clip().duration, recorded / 2) << "also after the index is built anew";
  AdditionEvent back = arranged(recorded / 2, anna_);
  back.object.reset();
  say(anna_, back);
  EXPECT_EQ(clip().duration, recorded);
}

TEST_F(IndexArrangements, OfOthersDoNotCount) {
  const MediaTime recorded = clip().duration;
  say(ben_, arranged(recorded / 2, ben_));
  EXPECT_EQ(clip().duration, recorded);
  EXPECT_EQ(arrangement_in(clip().additions), nullptr);
}

TEST_F(IndexArrangements, WhoSawAllThatIsLeftHasWatchedIt) {
  const MediaTime recorded = clip().duration;
  say(anna_, arranged(recorded / 2, anna_));
  say(ben_, WatchedEvent{.clip = clip_, .ranges = {{MediaTime{}, recorded / 2}}, .stopped_at = {}});
  ASSERT_EQ(index_->watchers(clip_)->size(), 1u);
  EXPECT_EQ(index_->watchers(clip_)->front().watched, 1);
}

TEST_F(IndexArrangements, WordsOnWhatWasJoinedKeepTheirMomentBehindTheEnd) {
  const MediaTime behind = clip().duration + std::chrono::seconds(20);
  say(anna_, arranged(clip().duration * 2, anna_));
  say(ben_, CommentEvent{.clip = clip_, .at = behind, .text = "there"});
  EXPECT_EQ(index_->comments(clip_)->front().comment.at, behind);
}

TEST(LanguageTag, HasTheFormOfOne) {
  for (const char* tag : {"en", "pt-BR", "zh-Hant-TW", "gsw", "es-419"})
    EXPECT_TRUE(is_language_tag(tag)) << tag;
  for (const char* tag :
       {"", "e", "1a", "en-", "-en", "en--us", "en_US", "englishlanguage", "en-us/..", "en us"})
    EXPECT_FALSE(is_language_tag(tag)) << tag;
}

TEST(AddedName, IsSafeWhoeverMadeIt) {
  const std::string name = added_name(AdditionKind::Captions, std::string(26, 'A'), std::string(64, 'f'));
  EXPECT_TRUE(is_added_name(AdditionKind::Captions, name)) << name;
  for (const char* bad : {"", ".vtt", "../a.vtt", "a/b.vtt", "a.vtt/", "A.vtt", "a.vtt.exe", "a b.vtt"})
    EXPECT_FALSE(is_added_name(AdditionKind::Captions, bad)) << bad;
}

}  // namespace
}  // namespace meanwhile
