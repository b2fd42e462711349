// The transcript beside the picture: read, followed, searched, chosen from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

using testing::StartsWith;

UiState reading() {
  UiState state = on(PageId::Watch);
  state.settings.chosen.transcript_beside = true;
  return state;
}

// In the first line of a row: so many points from where its words begin.
ImVec2 in_words(const PageDesk& desk, const std::string& row, float points) {
  const auto box = desk.ui.input().find(row);
  EXPECT_TRUE(box.has_value()) << row;
  return box ? ImVec2(box->left + 68 + points, box->top + 14) : ImVec2();
}

TEST(TranscriptPanel, APressGoesToTheWord) {
  PageDesk desk(reading(), 1280, 800);
  const ImVec2 the = in_words(desk, "transcript/row/1", 8);
  desk.window->click(the.x, the.y, desk.draw());
  EXPECT_EQ(desk.actions.calls.back(), "seek 82000000");
  const ImVec2 freeze = in_words(desk, "transcript/row/1", 48);
  desk.window->click(freeze.x, freeze.y, desk.draw());
  EXPECT_EQ(desk.actions.calls.back(), "seek 82300000");
}

TEST(TranscriptPanel, WordsThatAreDraggedOverBecomeACommentOrAreCopied) {
  PageDesk desk(reading(), 1280, 800);
  const ImVec2 from = in_words(desk, "transcript/row/1", 8);
  const ImVec2 to = in_words(desk, "transcript/row/1", 48);
  desk.drag(from.x, from.y, to.x, to.y);
  desk.click("transcript/copy");
  EXPECT_EQ(desk.actions.calls.back(), "copy_words 1:22 The freeze");
  desk.frames(2);
  desk.click("transcript/comment");
  EXPECT_TRUE(desk.actions.has("mark_range 82000000 82900000"));
  for (const std::string& call : desk.actions.calls) EXPECT_THAT(call, Not(StartsWith("seek")));
}

TEST(TranscriptPanel, IsSearched) {
  PageDesk desk(reading(), 1280, 800);
  EXPECT_TRUE(desk.ui.input().find("transcript/row/0").has_value());
  desk.click("transcript/search");
  desk.frames(2);
  desk.window->type("importer");
  desk.frames(3);
  EXPECT_FALSE(desk.ui.input().find("transcript/row/0").has_value());
  EXPECT_TRUE(desk.ui.input().find("transcript/row/1").has_value());
}

TEST(TranscriptPanel, ADoubleClickCorrectsAndEnterKeepsIt) {
  UiState state = reading();
  state.watch.clip.is_mine = true;
  PageDesk desk(state, 1280, 800);
  const ImVec2 the = in_words(desk, "transcript/row/1", 8);
  desk.window->click(the.x, the.y, desk.draw());
  desk.window->click(the.x, the.y, desk.draw());
  desk.frames(3);
  ASSERT_TRUE(desk.ui.input().find("transcript/correction").has_value());
  desk.actions.calls.clear();
  desk.window->type(" Really");
  desk.frames(3);
  desk.press({.key = Key::Enter});
  EXPECT_EQ(
      desk.actions.calls,
      (std::vector<std::string>{"correct_caption 1 The freeze moves the importer by two days. Really"}));
  desk.frames(1);
  EXPECT_FALSE(desk.ui.input().find("transcript/correction").has_value());
}

TEST(TranscriptPanel, ACorrectionCanBeLeft) {
  PageDesk desk(reading(), 1280, 800);
  desk.click_right("transcript/row/0");
  desk.frames(2);
  desk.click("transcript/menu/3");
  desk.frames(3);
  desk.actions.calls.clear();
  desk.window->type("Nonsense ");
  desk.frames(2);
  desk.press({.key = Key::Escape});
  desk.frames(1);
  EXPECT_FALSE(desk.ui.input().find("transcript/correction").has_value());
  EXPECT_TRUE(desk.actions.calls.empty());
}

TEST(TranscriptPanel, SuggestionsAreUsedDismissedAndTakenBack) {
  UiState state = reading();
  state.watch.tools.suggestions = std::make_shared<const std::vector<CaptionSuggestion>>(
      std::vector<CaptionSuggestion>{{0, "Ada", "We freeze on the eighth.", "k1"}, {1, "Ben", "No.", "k2"}});
  PageDesk desk(state, 1280, 800);
  desk.click("suggestion/k1/use");
  EXPECT_EQ(desk.actions.calls.back(), "use_suggestion k1");
  desk.click("suggestion/k2/dismiss");
  EXPECT_EQ(desk.actions.calls.back(), "dismiss_suggestion k2");
  desk.click("transcript/next-suggestion");
  EXPECT_EQ(desk.actions.calls.back(), "seek 10000000");
  desk.frames(2);
  desk.click("transcript/next-suggestion");
  EXPECT_EQ(desk.actions.calls.back(), "seek 82000000");
  state.watch.tools.suggestions = std::make_shared<const std::vector<CaptionSuggestion>>(
      std::vector<CaptionSuggestion>{{0, "Me", "We freeze.", "k3", true}});
  PageDesk own(state, 1280, 800);
  own.click("suggestion/k3/take-back");
  EXPECT_EQ(own.actions.calls.back(), "take_back_suggestion k3");
}

TEST(TranscriptPanel, GivesWayToTheCommentsWhereNothingIsWrittenDown) {
  UiState state = reading();
  state.watch.tools.captions = nullptr;
  PageDesk desk(state, 1280, 800);
  EXPECT_FALSE(desk.ui.input().find("transcript/search").has_value());
  EXPECT_FALSE(desk.ui.input().find("side/transcript").has_value());
}

TEST(TranscriptPanel, IsReachedByItsNameAndAKey) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.click("side/transcript");
  EXPECT_EQ(desk.actions.calls.back(), "change transcript_beside true");
  PageDesk other(on(PageId::Watch), 1280, 800);
  other.key('t');
  EXPECT_EQ(other.actions.calls.back(), "change transcript_beside true");
}

}  // namespace
}  // namespace meanwhile
