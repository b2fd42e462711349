// Two people whose names look the same can be told apart wherever names are shown.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "app/library/comment_export.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/mentions.h"
#include "app/library/person_name.h"
#include "media/base/json.h"
#include "tests/app/library/index_fixture.h"
#include "tests/app/library/index_state.h"
#include "tests/support/environment.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

Writer person(const std::string& id, const std::string& name) {
  Writer writer(id);
  writer.person = id_from(id).substr(2) + "00";
  writer.name = name;
  return writer;
}

class IndexNames : public IndexTest {
 protected:
  std::string name_of(const Writer& writer) {
    const auto people = index_->people().value();
    for (const Person& one : people)
      if (one.id == writer.person) return one.name;
    return "(not there)";
  }

  // By a certificate, and by a profile: as the real program does.
  void introduce(Writer& writer) { say(writer, ProfileEvent{.name = writer.name}); }

  Writer first_ = person("a1b2", "Ada");
  Writer second_ = person("k3f9", "Ada");
};

TEST_F(IndexNames, TheLaterOfTwoIsMarked) {
  introduce(first_);
  introduce(second_);
  EXPECT_EQ(name_of(first_), "Ada");
  EXPECT_EQ(name_of(second_), "Ada · 2nd (k3f9)");
}

TEST_F(IndexNames, NamesThatOnlyLookTheSameAreMarkedToo) {
  introduce(first_);
  int place = 1;
  for (const char* name : {"Аda", "A\u200Dda", "ADA", "Ada · 1st"}) {
    Writer other = person("x" + std::to_string(++place), name);
    introduce(other);
    EXPECT_EQ(name_of(other), shown_name(name, other.person, place));
  }
  EXPECT_EQ(name_of(first_), "Ada");
}

TEST_F(IndexNames, ANameByCertificateAloneIsMarkedToo) {
  say(first_, published(clip_, "One"));
  say(second_, CommentEvent{clip_, seconds(1), std::nullopt, "Two"});
  EXPECT_EQ(index_->clip(clip_)->author_name, "Ada");
  EXPECT_EQ(first_comment().author_name, "Ada · 2nd (k3f9)");
}

TEST_F(IndexNames, WhoTakesAnothersNameLaterIsTheSecondHoweverLongTheyAreHere) {
  Writer bea = person("k3f9", "Bea");
  introduce(bea);
  introduce(first_);
  say(bea, ProfileEvent{.name = "Ada"});
  EXPECT_EQ(name_of(bea), "Ada · 2nd (k3f9)");
  EXPECT_EQ(name_of(first_), "Ada");
}

TEST_F(IndexNames, WhoSaysTheirNameAgainStaysTheFirst) {
  introduce(first_);
  introduce(second_);
  say(first_, ProfileEvent{.name = "Ada", .time_zone = "Europe/Berlin"});
  EXPECT_EQ(name_of(first_), "Ada");
}

TEST_F(IndexNames, TheMarkGoesWithTheOtherName) {
  introduce(first_);
  introduce(second_);
  say(first_, ProfileEvent{.name = "Ada Lovelace"});
  EXPECT_EQ(name_of(first_), "Ada Lovelace");
  EXPECT_EQ(name_of(second_), "Ada");
}

TEST_F(IndexNames, WhoHasNoNameToSeeGetsAStandIn) {
  Writer filler = person("k3f9", "\u3164");
  Writer joiner = person("m4n5", "\u200D");
  introduce(filler);
  introduce(joiner);
  EXPECT_EQ(name_of(filler), "Unnamed (k3f9)");
  EXPECT_EQ(name_of(joiner), "Unnamed (m4n5)");
}

TEST_F(IndexNames, EverythingThatShowsNamesShowsTheMark) {
  const std::string marked = "Ada · 2nd (k3f9)";
  introduce(first_);
  introduce(second_);
  say(second_, published(clip_, "Budget"));
  say(second_, CommentEvent{clip_, seconds(1), std::nullopt, "Look"});
  say(second_, ReactEvent{clip_, seconds(2), "heart"});
  say(anna_, AskEvent{clip_, seconds(3), AskKind::Answer, "Well?", {second_.person}});
  const std::string other = id_from("c2");
  say(first_, published(other, "Other"));
  say(second_, WatchedEvent{other, {{seconds(0), seconds(30)}}});
  say(second_, FetchedEvent{other});

  EXPECT_EQ(index_->clip(clip_)->author_name, marked);
  EXPECT_EQ(first_comment().author_name, marked);
  EXPECT_EQ(index_->reactions(clip_)->at(0).person_name, marked);
  EXPECT_EQ(index_->asks(clip_)->at(0).people.at(0).name, marked);
  EXPECT_EQ(index_->watchers(other)->at(0).name, marked);
  EXPECT_EQ(index_->arrivals(other)->at(0).person_name, marked);
  EXPECT_EQ(index_->search("budget", 10)->at(0).person_name, marked);
  for (const CommentFormat format :
       {CommentFormat::Markdown, CommentFormat::Table, CommentFormat::WebVtt, CommentFormat::Document}) {
    const std::string text =
        export_comments({index_->clip(clip_).value(), threads(), index_->asks(clip_).value(),
                         index_->reactions(clip_).value(), "UTC"},
                        format);
    EXPECT_TRUE(text.contains(marked)) << text;
  }
}

TEST_F(IndexNames, ASearchForTheNameFindsBoth) {
  introduce(first_);
  introduce(second_);
  say(first_, published(clip_, "One"));
  say(second_, published(id_from("c2"), "Two"));
  EXPECT_EQ(index_->search("ada", 10)->size(), 2U);
}

TEST_F(IndexNames, AMentionOfTheNameMeansAllAndOneWithTheMarkMeansOne) {
  Writer lookalike = person("x7y8", "Аda");
  introduce(first_);
  introduce(second_);
  introduce(lookalike);
  const auto people = index_->people().value();
  EXPECT_EQ(mentions_in("@ada, look", people).size(), 3U);
  EXPECT_EQ(mentions_in("@Ada · 2nd (k3f9) look", people), std::vector{second_.person});
  EXPECT_EQ(mentions_in("@Аda · 3rd (x7y8)", people), std::vector{lookalike.person});
}

// Seven people of two names, who change them back and forth.
struct Rename {
  std::size_t writer;
  Json event;
};

std::vector<Rename> renames(std::vector<Writer>& writers, std::mt19937& random) {
  const std::vector<std::string> names = {"Ada", "Аda", "Ben", "BEN", "\u3164", "Carl"};
  std::vector<Rename> told;
  for (int i = 0; i < 40; ++i) {
    const std::size_t who = random() % writers.size();
    const ProfileEvent profile{.name = names[random() % names.size()]};
    told.push_back({who, writers[who].write(profile, kStoryBegin + static_cast<std::int64_t>(random() % 9))});
  }
  return told;
}

std::string state_after(const std::vector<Writer>& writers, const std::vector<Rename>& told) {
  const ScopedFolder folder;
  const auto file = folder.path() / "index.sqlite";
  const auto index = Index::open(file, "me").value();
  for (const Rename& rename : told) {
    const AuthoredEvents batch = writers[rename.writer].batch({rename.event});
    EXPECT_TRUE(index->apply(std::span(&batch, 1)));
  }
  return state_hash(file);
}

TEST(IndexNamesOrder, EverybodySeesTheSameMarksWhateverArrivesFirst) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    std::mt19937 random(seed);
    std::vector<Writer> writers;
    for (int i = 0; i < 7; ++i)
      writers.push_back(person("w" + std::to_string(i), i % 2 == 0 ? "Ada" : "Ben"));
    auto told = renames(writers, random);
    const std::string expected = state_after(writers, told);
    for (int i = 0; i < 3; ++i) {
      std::ranges::shuffle(told, random);
      EXPECT_EQ(state_after(writers, told), expected) << "story " << seed;
    }
  }
}

}  // namespace
}  // namespace meanwhile
