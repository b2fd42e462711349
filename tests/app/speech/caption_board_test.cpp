#include "app/speech/caption_board.h"

#include <gtest/gtest.h>

#include "app/speech/caption_edits.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

const CaptionTrack kTrack{"en", {{1s, 2s, "We ship"}, {3s, 4s, "on fry day"}, {5s, 6s, "Questions?"}}};

CaptionBoard board_of(bool is_author, std::vector<SuggestedTrack> suggested = {}) {
  return {.reader = {.person = "ada", .is_author = is_author},
          .captions = {.tracks = {kTrack}},
          .suggested = std::move(suggested),
          .edits = {},
          .dismissed = {}};
}

CaptionTrack corrections(std::vector<VttCue> cues) {
  return {"en", std::move(cues), true};
}

std::vector<std::string> texts_of(const std::vector<CueSuggestion>& suggestions) {
  std::vector<std::string> texts;
  for (const CueSuggestion& each : suggestions)
    texts.push_back(std::to_string(each.cue) + " " + each.person + ": " + each.text);
  return texts;
}

using Texts = std::vector<std::string>;

TEST(CaptionBoard, ShowsWhatDiffersFromTheAuthorsWords) {
  const CaptionBoard board =
      board_of(true, {{"ben", corrections({{3s, 4s, "on Friday"}, {9s, 10s, "of another time"}})},
                      {"carl", {"en", {{1s, 2s, "We ship"}, {3s, 4s, "on\nSunday"}}}},
                      {"dora", {"de", {{1s, 2s, "Wir liefern"}}}}});
  EXPECT_EQ(texts_of(suggestions_for(board, kTrack)), (Texts{"1 ben: on Friday", "1 carl: on Sunday"}));
}

TEST(CaptionBoard, ShowsNothingThatWasDismissedOrUsed) {
  CaptionBoard board = board_of(true, {{"ben", corrections({{3s, 4s, "on Friday"}})}});
  const auto suggestions = suggestions_for(board, kTrack);
  ASSERT_EQ(suggestions.size(), 1u);
  board.dismissed.insert(suggestions[0].key);
  EXPECT_TRUE(suggestions_for(board, kTrack).empty());
  board.dismissed.clear();
  put_edit(board, with_edit(board, kTrack, 1, suggestions[0].text));
  EXPECT_EQ(board.captions.tracks[0].cues[1].text, "on Friday");
  EXPECT_TRUE(suggestions_for(board, board.captions.tracks[0]).empty());
}

TEST(CaptionBoard, AnAuthorsEditIsAllOfTheCaptions) {
  const CaptionTrack edited = with_edit(board_of(true), kTrack, 1, "on Friday");
  EXPECT_FALSE(edited.are_corrections);
  ASSERT_EQ(edited.cues.size(), 3u);
  EXPECT_EQ(edited.cues[1].text, "on Friday");
  EXPECT_EQ(with_edit(board_of(true), kTrack, 2, " ").cues.size(), 2u) << "nothing is said there";
}

TEST(CaptionBoard, OthersSuggestOnlyWhatTheyChanged) {
  CaptionBoard board = board_of(false);
  put_edit(board, with_edit(board, kTrack, 1, "on Friday"));
  put_edit(board, with_edit(board, kTrack, 0, "We ship it"));
  EXPECT_EQ(texts_of(suggestions_for(board, kTrack)), (Texts{"0 ada: We ship it", "1 ada: on Friday"}));
  EXPECT_TRUE(board.suggested[0].track.are_corrections);
  EXPECT_EQ(board.suggested[0].track.cues.size(), 2u);
  put_edit(board, with_edit(board, kTrack, 1, "on fry day"));
  EXPECT_EQ(texts_of(suggestions_for(board, kTrack)), Texts{"0 ada: We ship it"});
  EXPECT_EQ(board.captions.tracks[0].cues, kTrack.cues) << "they are the author's";
}

TEST(CaptionBoard, CorrectionsArePutIntoTheCaptions) {
  const CaptionTrack whole = corrected_track(kTrack, corrections({{3s, 4s, "on Friday"}, {8s, 9s, "x"}}));
  EXPECT_EQ(whole.cues.size(), 3u);
  EXPECT_EQ(whole.cues[1].text, "on Friday");
}

TEST(CaptionTracks, SayWhetherTheyAreCorrections) {
  const CaptionTrack track = corrections({{3s, 4s, "on Friday"}});
  const auto read = parse_caption_track(to_web_vtt(track));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->are_corrections);
  EXPECT_EQ(read->language, "en");
  EXPECT_EQ(read->cues, track.cues);
  EXPECT_FALSE(parse_caption_track(to_web_vtt(kTrack))->are_corrections);
}

class CaptionEditsTest : public testing::Test {
 protected:
  ScopedFolder folder_;
  CaptionEdits edits_{folder_.path() / "captions"};
};

TEST_F(CaptionEditsTest, AreKeptUntilTheyAreDropped) {
  EXPECT_TRUE(edits_.clips().empty());
  ASSERT_TRUE(edits_.keep("clip", kTrack));
  ASSERT_TRUE(edits_.keep("clip", {"", {{1s, 2s, "?"}}}));
  EXPECT_EQ(edits_.clips(), Texts{"clip"});
  const auto some = edits_.of_clip("clip");
  ASSERT_EQ(some.size(), 2u);
  EXPECT_EQ(some[0].track.language, "");
  EXPECT_EQ(some[1].track.cues, kTrack.cues);
  EXPECT_EQ(some[1].group, "");
  edits_.drop("clip", "en");
  edits_.drop("clip", "");
  EXPECT_TRUE(edits_.of_clip("clip").empty());
  EXPECT_TRUE(edits_.clips().empty());
}

TEST_F(CaptionEditsTest, KnowWhatHasThem) {
  ASSERT_TRUE(edits_.keep("clip", kTrack));
  ASSERT_TRUE(edits_.note_given("clip", "en", "group 1"));
  EXPECT_EQ(edits_.of_clip("clip")[0].group, "group 1");
  ASSERT_TRUE(edits_.keep("clip", kTrack));
  ASSERT_TRUE(edits_.keep("clip", kTrack));
  EXPECT_EQ(edits_.of_clip("clip")[0].group, "") << "corrected once more, it is to be given";
  EXPECT_EQ(edits_.of_clip("clip")[0].before, "group 1");
  ASSERT_TRUE(edits_.note_given("clip", "en", "group 2"));
  EXPECT_EQ(edits_.of_clip("clip")[0].before, "");
}

TEST_F(CaptionEditsTest, PassOverWhatIsDamaged) {
  ASSERT_TRUE(edits_.keep("clip", kTrack));
  std::filesystem::resize_file(folder_.path() / "captions" / "clip" / "en.vtt", 3);
  EXPECT_TRUE(edits_.of_clip("clip").empty());
}

TEST_F(CaptionEditsTest, RememberWhatWasDismissed) {
  EXPECT_TRUE(edits_.dismissed("clip").empty());
  ASSERT_TRUE(edits_.dismiss("clip", "b"));
  ASSERT_TRUE(edits_.dismiss("clip", "a"));
  EXPECT_EQ(edits_.dismissed("clip"), (std::set<std::string>{"a", "b"}));
  ASSERT_TRUE(edits_.keep("clip", kTrack));
  edits_.drop("clip", "en");
  EXPECT_EQ(edits_.dismissed("clip").size(), 2u);
}

}  // namespace
}  // namespace meanwhile
