// Captions of the update that is watched: corrected by its author, suggested by others, chosen by language.
#include "app/window/caption_desk.h"

#include <gtest/gtest.h>

#include "app/library/manifest.h"
#include "app/sending/addition_sender.h"
#include "app/speech/caption_board.h"
#include "tests/app/window/desk_story.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

const CaptionTrack kEnglish{"en", {{1s, 2s, "We ship"}, {3s, 4s, "on fry day"}}};
const CaptionTrack kGerman{"de", {{1s, 2s, "Wir liefern"}, {3s, 4s, "am Freitag"}}};

class CaptionDeskTest : public testing::Test {
 protected:
  CaptionDeskTest() { rig_.library().outbox().start(); }

  Clip clip(const std::string& id) { return rig_.library().index().clip(id).value(); }
  void i_add(const std::string& id, const CaptionTrack& track) {
    const auto group = add_to_clip(rig_.library(), clip(id),
                                   {.language = track.language, .bytes = to_bytes(to_web_vtt(track))});
    ASSERT_TRUE(group) << group.error().message;
    ASSERT_EQ(rig_.library().outbox().wait_until_stored(*group, far_deadline()).value(),
              StoredOutcome::Stored);
    rig_.library().index_own_events();
  }
  void ben_adds(const std::string& id, const CaptionTrack& track) {
    const std::string text = to_web_vtt(track);
    const std::string hash = sha256_hex(as_byte_span(text));
    const AddedObject object{added_name(AdditionKind::Captions, std::string(26, 'b'), hash), text.size(),
                             hash};
    ASSERT_TRUE(rig_.library().storage().put(added_key(id, object.name), as_byte_span(text), {}));
    rig_.ben_says(AdditionEvent{id, AdditionKind::Captions, track.language, object});
  }
  void open(CaptionDesk& desk, const std::string& id) {
    tools() = {};
    desk.open(rig_.open_library().clips, {.clip = id, .media = {}, .additions = clip(id).additions});
    ASSERT_TRUE(rig_.comes_true([&] { return tools().captions != nullptr; }));
  }
  PlayTools& tools() { return rig_.state.watch.tools; }
  std::string shown(std::size_t cue) const { return (*rig_.state.watch.tools.captions)[cue].text; }
  std::filesystem::path edits() const { return rig_.application->home().data() / "captions"; }
  // What the library has of this person's.
  std::string stored(const std::string& id) {
    rig_.library().index_own_events();
    for (const Addition& addition : clip(id).additions) {
      if (addition.person != rig_.library().identity().person()) continue;
      const auto bytes = rig_.open_library().clips->added_file(id, addition, {});
      return bytes ? std::string(as_text(*bytes)) : bytes.error().message;
    }
    return "";
  }
  bool becomes_stored(const std::string& id, const std::string& words) {
    return becomes_true([&] { return stored(id).find(words) != std::string::npos; });
  }

  DeskStory rig_;
  CaptionDesk desk_{rig_.desk};
};

TEST_F(CaptionDeskTest, AnAuthorsCorrectionCountsAtOnceAndReachesTheLibrary) {
  const std::string mine = rig_.i_publish("mine", "Talk");
  i_add(mine, kEnglish);
  open(desk_, mine);
  desk_.correct(1, "on Friday");
  EXPECT_EQ(shown(1), "on Friday");
  EXPECT_EQ(shown(0), "We ship");
  EXPECT_TRUE(desk_.next_change().has_value()) << "more may be corrected: it waits a little";
  desk_.correct(0, "We publish");
  rig_.clock.advance(10s);
  desk_.update(rig_.clock.now());
  EXPECT_FALSE(desk_.next_change().has_value());
  EXPECT_TRUE(becomes_stored(mine, "We publish"));
  EXPECT_NE(stored(mine).find("on Friday"), std::string::npos);
}

TEST_F(CaptionDeskTest, LeavingTheUpdateGivesWhatWasCorrected) {
  const std::string mine = rig_.i_publish("mine", "Talk");
  i_add(mine, kEnglish);
  open(desk_, mine);
  desk_.correct(1, "on Friday");
  desk_.close();
  EXPECT_TRUE(becomes_stored(mine, "on Friday"));
  desk_.give_what_is_left();
  EXPECT_FALSE(std::filesystem::exists(edits() / mine)) << "the library has it";
}

TEST_F(CaptionDeskTest, ACorrectionSurvivesTheEndOfTheProgram) {
  const std::string mine = rig_.i_publish("mine", "Talk");
  i_add(mine, kEnglish);
  {
    CaptionDesk killed(rig_.desk);
    open(killed, mine);
    killed.correct(1, "on Friday");
  }
  open(desk_, mine);
  EXPECT_EQ(shown(1), "on Friday");
  EXPECT_TRUE(becomes_stored(mine, "on Friday")) << "it was given as it was opened again";
}

TEST_F(CaptionDeskTest, WhatANewerCorrectionReplacesNeverCountsAgain) {
  const std::string mine = rig_.i_publish("mine", "Talk");
  i_add(mine, kEnglish);
  rig_.library().outbox().stop();
  open(desk_, mine);
  desk_.correct(1, "on Thursday");
  desk_.close();
  open(desk_, mine);
  EXPECT_EQ(shown(1), "on Thursday") << "it isn't in the library yet";
  desk_.correct(1, "on Friday");
  desk_.close();
  rig_.library().outbox().start();
  EXPECT_TRUE(becomes_stored(mine, "on Friday"));
}

TEST_F(CaptionDeskTest, OthersSuggestAndTakeBack) {
  const std::string theirs = rig_.ben_publishes("theirs", "Talk");
  ben_adds(theirs, kEnglish);
  open(desk_, theirs);
  desk_.correct(1, "on Friday");
  EXPECT_EQ(shown(1), "on fry day") << "the author's words stay";
  ASSERT_TRUE(tools().suggestions);
  EXPECT_EQ(tools().suggestions->at(0).text, "on Friday");
  EXPECT_TRUE(tools().suggestions->at(0).is_mine);
  desk_.close();
  EXPECT_TRUE(becomes_stored(theirs, "on Friday"));
  EXPECT_NE(stored(theirs).find("Kind: corrections"), std::string::npos);
  EXPECT_EQ(stored(theirs).find("We ship"), std::string::npos) << "only what was changed";
  open(desk_, theirs);
  ASSERT_TRUE(tools().suggestions);
  desk_.take_back(std::string(tools().suggestions->at(0).key));
  EXPECT_FALSE(tools().suggestions);
  desk_.close();
  EXPECT_TRUE(becomes_true([&] { return stored(theirs).empty(); }));
}

TEST_F(CaptionDeskTest, TheAuthorUsesOrDismissesWhatIsSuggested) {
  const std::string mine = rig_.i_publish("mine", "Talk");
  i_add(mine, kEnglish);
  ben_adds(mine, {"en", {{1s, 2s, "We publish"}, {3s, 4s, "on Friday"}}, true});
  open(desk_, mine);
  ASSERT_TRUE(tools().suggestions);
  ASSERT_EQ(tools().suggestions->size(), 2u);
  EXPECT_EQ(tools().suggestions->at(0).name, "ben");
  EXPECT_FALSE(tools().suggestions->at(0).is_mine);
  desk_.use(std::string(tools().suggestions->at(1).key));
  EXPECT_EQ(shown(1), "on Friday");
  desk_.dismiss(std::string(tools().suggestions->at(0).key));
  EXPECT_FALSE(tools().suggestions);
  EXPECT_EQ(shown(0), "We ship");
  desk_.close();
  EXPECT_TRUE(becomes_stored(mine, "on Friday"));
  open(desk_, mine);
  EXPECT_FALSE(tools().suggestions) << "neither is shown again";
}

TEST_F(CaptionDeskTest, WhatComesMeanwhileIsShown) {
  const std::string mine = rig_.i_publish("mine", "Talk");
  i_add(mine, kEnglish);
  open(desk_, mine);
  EXPECT_FALSE(tools().suggestions);
  ben_adds(mine, {"en", {{3s, 4s, "on Friday"}}, true});
  desk_.refresh();
  EXPECT_TRUE(rig_.comes_true([&] { return tools().suggestions != nullptr; }));
}

TEST_F(CaptionDeskTest, LanguagesAreChosenAndRemembered) {
  const std::string mine = rig_.i_publish("mine", "Talk");
  i_add(mine, kEnglish);
  i_add(mine, kGerman);
  rig_.application->settings().caption_language = "en-GB";
  open(desk_, mine);
  EXPECT_EQ(shown(0), "We ship");
  ASSERT_EQ(tools().caption_languages.size(), 2u);
  EXPECT_FALSE(tools().second_captions);
  const std::size_t english = tools().caption_language;
  EXPECT_EQ(tools().caption_languages[1 - english].name, "German");
  desk_.choose_languages(1 - english, english);
  EXPECT_EQ(shown(0), "Wir liefern");
  EXPECT_EQ(tools().second_captions->at(0).text, "We ship");
  EXPECT_EQ(rig_.application->settings().caption_language, "de");
  CaptionDesk other(rig_.desk);
  open(other, mine);
  EXPECT_EQ(shown(0), "Wir liefern");
  EXPECT_EQ(tools().second_captions->at(0).text, "We ship");
  other.choose_languages(0, 0);
  EXPECT_FALSE(tools().second_captions) << "nothing is shown twice";
}

}  // namespace
}  // namespace meanwhile
