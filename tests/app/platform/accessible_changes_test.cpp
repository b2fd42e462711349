#include "app/platform/accessible_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace meanwhile {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Accessible button(const std::string& key, const std::string& name, int parent = -1) {
  return {.key = key, .parent = parent, .role = AccessibleRole::Button, .name = name, .can_press = true};
}
Accessible words(const std::string& text, int parent = -1) {
  return {.parent = parent, .role = AccessibleRole::Words, .name = text};
}
AccessibleFrame frame_of(std::vector<Accessible> parts) {
  return {.parts = std::move(parts)};
}

TEST(AccessibleChanges, TheSameFrameOnceMoreChangesNothing) {
  AccessibleChanges changes;
  const auto frame = frame_of({button("new", "New update"), words("Inbox")});
  EXPECT_THAT(changes.take(frame).come, SizeIs(2));
  const auto again = changes.take(frame);
  EXPECT_THAT(again.come, IsEmpty());
  EXPECT_THAT(again.gone, IsEmpty());
  EXPECT_THAT(again.differ, IsEmpty());
  EXPECT_THAT(again.children, IsEmpty());
}

TEST(AccessibleChanges, APartKeepsItsIdWhereverItStands) {
  AccessibleChanges changes;
  const auto first = changes.take(frame_of({button("a", "A"), button("b", "B")}));
  const auto second = changes.take(frame_of({button("x", "X"), button("b", "Other"), button("a", "A")}));
  ASSERT_THAT(second.differ, SizeIs(1));
  EXPECT_EQ(second.differ[0].id, first.come[1].id);
  EXPECT_EQ(second.differ[0].now.name, "Other");
  EXPECT_THAT(second.children.at(0), ElementsAre(second.come[0].id, first.come[1].id, first.come[0].id));
}

TEST(AccessibleChanges, WordsAreThoseThatSayTheSameAndElseTheNextInOrder) {
  AccessibleChanges changes;
  const auto first = changes.take(frame_of({words("0:01"), words("Title")}));
  const auto second = changes.take(frame_of({words("Title"), words("0:02")}));
  ASSERT_THAT(second.differ, SizeIs(1));
  EXPECT_EQ(second.differ[0].id, first.come[0].id) << "the time that runs is one label";
  EXPECT_THAT(second.gone, IsEmpty());
  EXPECT_THAT(second.come, IsEmpty());
}

TEST(AccessibleChanges, ChildrenGoBeforeTheirParentAndComeAfterIt) {
  AccessibleChanges changes;
  Accessible group{.key = "group", .role = AccessibleRole::Group};
  const auto come = changes.take(frame_of({group, button("inside", "Inside", 0)}));
  ASSERT_THAT(come.come, SizeIs(2));
  EXPECT_EQ(come.come[1].parent, come.come[0].id);
  const auto gone = changes.take(frame_of({}));
  EXPECT_THAT(gone.gone, ElementsAre(come.come[1].id, come.come[0].id));
  EXPECT_THAT(gone.children.at(0), IsEmpty());
}

TEST(AccessibleChanges, WhatCanDoSomethingElseIsAnother) {
  AccessibleChanges changes;
  const auto first = changes.take(frame_of({button("a", "A")}));
  Accessible off = button("a", "A");
  off.can_press = false;
  const auto second = changes.take(frame_of({off}));
  EXPECT_THAT(second.gone, ElementsAre(first.come[0].id));
  EXPECT_THAT(second.come, SizeIs(1));
}

TEST(AccessibleChanges, PiecesOfOneLinkAreTold) {
  AccessibleChanges changes;
  const auto first = changes.take(frame_of({button("link", "a"), button("link", "b")}));
  ASSERT_THAT(first.come, SizeIs(2));
  EXPECT_NE(first.come[0].id, first.come[1].id);
}

}  // namespace
}  // namespace meanwhile
