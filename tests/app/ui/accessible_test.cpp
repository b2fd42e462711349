// What the window tells a screen reader, and what one can do with it.
#include "app/platform/accessible.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

// What a frame of a state tells.
std::vector<Accessible> told_by(PageDesk& desk) {
  desk.window->let_listen();
  desk.frames(2);
  return desk.window->take_told();
}

const Accessible* find(const std::vector<Accessible>& told, AccessibleRole role, std::string_view name) {
  const auto found = std::ranges::find_if(told, [&](const Accessible& part) {
    return part.role == role && std::string_view(part.name).contains(name);
  });
  return found == told.end() ? nullptr : &*found;
}

// Icons are characters that fonts of their own have (U+E000 and above): nobody can read them.
bool has_icon(std::string_view words) {
  return words.contains('\xEE') || words.contains("\xF3\xB0");
}

std::string mistake_of(const Accessible& part) {
  if (part.role == AccessibleRole::Unknown) return "says not what it is";
  if (has_icon(part.name) || has_icon(part.description)) return "is an icon, not words";
  const bool is_used = part.takes_focus || part.range || part.text || part.is_on;
  if (is_used && part.name.empty()) return "has no name";
  if (!part.key.empty() && part.key.contains('/') && part.name == part.key) return "has an internal name";
  return "";
}

// A link that is broken into lines is told piece by piece.
std::set<std::string> keys_told_twice(const std::vector<Accessible>& told) {
  std::set<std::string> once;
  std::set<std::string> twice;
  for (const Accessible& part : told)
    if (part.takes_focus && part.role != AccessibleRole::Link && !once.insert(part.key).second)
      twice.insert(part.key);
  return twice;
}

TEST(Accessible, EveryPartOfEveryStateHasARoleAndANameAndAKeyOfItsOwn) {
  for (const NamedState& each : all_states()) {
    for (const int width : {1280, 620}) {
      PageDesk desk(each.state, width, 800);
      const auto told = told_by(desk);
      for (const Accessible& part : told)
        EXPECT_EQ(mistake_of(part), "")
            << each.name << ", " << width << " wide: \"" << part.key << "\" \"" << part.name << '"';
      EXPECT_THAT(keys_told_twice(told), testing::IsEmpty()) << each.name << ", " << width << " wide";
    }
  }
}

TEST(Accessible, TellsNothingWhileNobodyListens) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  EXPECT_TRUE(desk.window->take_told().empty());
}

TEST(Accessible, WordsInsideOfAPartAreToldOnce) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  const auto told = told_by(desk);
  const Accessible* card = find(told, AccessibleRole::ListItem, "Weekly update");
  ASSERT_NE(card, nullptr);
  EXPECT_THAT(card->name, testing::HasSubstr("You"));
  EXPECT_EQ(find(told, AccessibleRole::Words, "Weekly update"), nullptr);
}

TEST(Accessible, TheBarSaysTheMomentInWords) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  const auto told = told_by(desk);
  const Accessible* bar = find(told, AccessibleRole::Slider, "Position");
  ASSERT_TRUE(bar && bar->range);
  EXPECT_EQ(bar->range->words, "1:23 of 4:12");
}

TEST(Accessible, NoticesSayInWordsWhatTheirColourSays) {
  UiState state = on(PageId::Inbox);
  state.notices = {{.id = 7, .kind = NoticeKind::Failure, .text = "It can't be sent"}};
  PageDesk desk(state, 1280, 800);
  const auto told = told_by(desk);
  EXPECT_NE(find(told, AccessibleRole::Alert, "Failure: It can't be sent"), nullptr);
}

// What is asked of a part through the tree, and what the page asks of the application then.
struct Asked {
  explicit Asked(UiState state) : desk(std::move(state), 1280, 800) {}
  std::vector<std::string> calls_after(AccessibleWish wish) {
    desk.window->wish(std::move(wish));
    desk.frames(1);
    return desk.actions.calls;
  }
  PageDesk desk;
};

TEST(Accessible, APressIsThePersons) {
  Asked asked(on(PageId::Inbox));
  EXPECT_THAT(asked.calls_after({.key = "new"}), testing::Contains(testing::HasSubstr("show_page")));
}

TEST(Accessible, AValueMovesThePlayer) {
  Asked asked(on(PageId::Watch));
  EXPECT_THAT(asked.calls_after({.kind = AccessibleWish::Kind::Value, .key = "timeline", .value = 10}),
              testing::Contains(testing::HasSubstr("seek")));
}

TEST(Accessible, TextIsTypedIntoAFieldThatHasNotTheKeyboard) {
  Asked asked(on(PageId::Watch));
  EXPECT_THAT(asked.calls_after({.kind = AccessibleWish::Kind::Text, .key = "draft", .text = "Said"}),
              testing::Contains("edit_draft Said"));
}

TEST(Accessible, WhatADialogLiesOverAnswersNothing) {
  UiState state = on(PageId::Inbox);
  state.shortcuts_shown = true;
  Asked asked(state);
  EXPECT_THAT(asked.calls_after({.key = "new"}), testing::IsEmpty());
}

TEST(Accessible, FocusIsToldOfThePartThatHasIt) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.window->let_listen();
  desk.window->wish({.kind = AccessibleWish::Kind::Focus, .key = "nav/settings"});
  desk.frames(2);
  std::vector<std::string> focused;
  for (const Accessible& part : desk.window->take_told())
    if (part.is_focused) focused.push_back(part.name);
  EXPECT_THAT(focused, testing::ElementsAre("Settings"));
}

}  // namespace
}  // namespace meanwhile
