#include "app/ui/draft.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using std::chrono::seconds;

TEST(Draft, FirstCharacterPausesAndRemembersTheMoment) {
  const DraftStep step = edit_draft({}, "H", seconds(83));
  EXPECT_TRUE(step.pause);
  EXPECT_EQ(step.draft.at, MediaTime(seconds(83)));
}

TEST(Draft, LaterCharactersKeepTheFirstMoment) {
  const DraftStep first = edit_draft({}, "H", seconds(83));
  const DraftStep second = edit_draft(first.draft, "Hi", seconds(90));
  EXPECT_FALSE(second.pause);
  EXPECT_EQ(second.draft.at, MediaTime(seconds(83)));
}

TEST(Draft, EmptiedFieldForgetsTheMoment) {
  const DraftStep first = edit_draft({}, "H", seconds(83));
  const DraftStep emptied = edit_draft(first.draft, "", seconds(90));
  EXPECT_FALSE(emptied.draft.at.has_value());
  EXPECT_EQ(edit_draft(emptied.draft, "x", seconds(95)).draft.at, MediaTime(seconds(95)));
}

TEST(Draft, ReplyPausesButHasNoMomentOfItsOwn) {
  const DraftStep step = edit_draft(reply_draft({}, "c1"), "H", seconds(83));
  EXPECT_TRUE(step.pause);
  EXPECT_FALSE(step.draft.at.has_value());
  EXPECT_EQ(step.draft.reply_to, "c1");
}

TEST(Draft, TurningToAReplyKeepsWhatWasWritten) {
  const DraftStep first = edit_draft({}, "Half a thought", seconds(83));
  const Draft reply = reply_draft(first.draft, "c1");
  EXPECT_EQ(reply.text, "Half a thought");
  EXPECT_NE(reply.generation, first.draft.generation);
}

TEST(Draft, OnlySpacesCannotBeSent) {
  EXPECT_FALSE(can_send({.text = " \n\t"}));
  EXPECT_TRUE(can_send({.text = " x "}));
}

TEST(Draft, EmptyDraftStartsTheFieldOver) {
  const Draft sent = empty_draft({.text = "Hi", .at = seconds(1), .reply_to = "c", .generation = 4});
  EXPECT_TRUE(sent.text.empty());
  EXPECT_FALSE(sent.at || sent.reply_to);
  EXPECT_EQ(sent.generation, 5);
}

TEST(Draft, RangeIsMarkedInEitherDirectionAndStaysWhileTheFieldIsEmpty) {
  const Draft marked = ranged_draft({}, seconds(9), seconds(4));
  EXPECT_EQ(marked.at, MediaTime(seconds(4)));
  EXPECT_EQ(marked.to, MediaTime(seconds(9)));
  const DraftStep typed = edit_draft(marked, "x", seconds(30));
  EXPECT_EQ(typed.draft.at, MediaTime(seconds(4)));
  EXPECT_EQ(edit_draft(typed.draft, "", seconds(30)).draft.to, MediaTime(seconds(9)));
}

TEST(Draft, RangesBeginningIsKeptUntilItsEndIsMarked) {
  const Draft begun = ranged_draft({}, seconds(5), seconds(5));
  EXPECT_EQ(begun.at, MediaTime(seconds(5)));
  EXPECT_FALSE(begun.to);
  EXPECT_TRUE(is_begun(begun));
  EXPECT_EQ(edit_draft(begun, "x", seconds(30)).draft.at, MediaTime(seconds(5)));
  EXPECT_FALSE(is_begun(empty_draft(begun)));
}

TEST(Draft, DrawingRemembersTheMomentAndCanBeSentWithoutWords) {
  const Shape stroke{.kind = ShapeKind::Pen, .points = {{1, 1}}};
  const Draft drawn = drawn_draft({}, stroke, seconds(7));
  EXPECT_EQ(drawn.at, MediaTime(seconds(7)));
  EXPECT_TRUE(can_send(drawn));
  EXPECT_FALSE(undrawn_draft(drawn).at);
  EXPECT_EQ(edit_draft(drawn, "", seconds(9)).draft.at, MediaTime(seconds(7)));
}

TEST(Draft, TooManyShapesAreNotTaken) {
  Draft draft;
  for (std::size_t i = 0; i <= kMostShapes; ++i)
    draft = drawn_draft(draft, {.kind = ShapeKind::Pen, .points = {{1, 1}}}, seconds(1));
  EXPECT_EQ(draft.drawing.size(), kMostShapes);
}

TEST(Draft, AskNeedsWords) {
  EXPECT_FALSE(can_send({.ask = AskDraft{}}));
  EXPECT_TRUE(is_begun({.ask = AskDraft{}}));
}

TEST(Draft, IsSentWithoutTheBlanksAroundIt) {
  EXPECT_EQ(text_to_send({.text = " Is that\nall? \n"}), "Is that\nall?");
  EXPECT_FALSE(can_send({.text = " \n"}));
}

}  // namespace
}  // namespace meanwhile
