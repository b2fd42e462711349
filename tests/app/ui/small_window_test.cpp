// Large text in a small window: nothing lies over anything else, and what has no room can be scrolled to.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>

#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

// Of a control's edge: a ring or a shadow may touch its neighbour.
constexpr float kTouching = 3;

bool lies_within(const Box& inner, const Box& outer) {
  return inner.left >= outer.left - kTouching && inner.right <= outer.right + kTouching &&
         inner.top >= outer.top - kTouching && inner.bottom <= outer.bottom + kTouching;
}

bool lies_over(const Box& a, const Box& b) {
  const Box shared = a.clipped_to(b);
  if (shared.width() <= kTouching || shared.height() <= kTouching) return false;
  // A button on a card is within it.
  return !lies_within(a, b) && !lies_within(b, a);
}

std::string first_overprint(const Ui& ui) {
  const auto controls = ui.input().controls();
  for (std::size_t i = 0; i < controls.size(); ++i) {
    for (std::size_t j = i + 1; j < controls.size(); ++j) {
      const auto& [one, place] = controls[i];
      const auto& [other, there] = controls[j];
      if (one != other && lies_over(place, there)) return one + " lies over " + other;
    }
  }
  return "";
}

NamedState state_called(std::string_view name) {
  const auto all = all_states();
  return *std::ranges::find(all, name, &NamedState::name);
}

class SmallWindow : public testing::TestWithParam<std::tuple<const char*, float>> {};

TEST_P(SmallWindow, NothingLiesOverAnythingElse) {
  const auto& [name, scale] = GetParam();
  UiState state = state_called(name).state;
  state.notices.clear();
  PageDesk desk(state, 900, 600, scale);
  desk.frames(2);
  EXPECT_EQ(first_overprint(desk.ui), "");
}

INSTANTIATE_TEST_SUITE_P(Pages, SmallWindow,
                         testing::Combine(testing::Values("inbox-crowded", "inbox-list", "inbox-welcome",
                                                          "record", "record-running", "publish-failed",
                                                          "watch-crowded", "settings-sealed"),
                                          testing::Values(1.0F, 1.5F, 2.0F)),
                         [](const auto& tested) {
                           std::string name = fmt::format("{}At{:.0f}", std::get<0>(tested.param),
                                                          std::get<1>(tested.param) * 100);
                           std::erase(name, '-');
                           return name;
                         });

bool is_in_sight(const PageDesk& desk, std::string_view part) {
  return desk.ui.input().find(part).has_value();
}

// With the wheel, over the middle of the page.
bool scrolls_to(PageDesk& desk, std::string_view part) {
  desk.window->move_mouse(520, 300);
  for (int turn = 0; turn < 40 && !is_in_sight(desk, part); ++turn) {
    desk.window->turn_wheel(-3);
    desk.frames(2);
  }
  return is_in_sight(desk, part);
}

TEST(SmallWindowPages, ScrollToWhatHasNoRoom) {
  PageDesk record(on(PageId::Record), 900, 600, 2);
  EXPECT_TRUE(scrolls_to(record, "start"));
  EXPECT_TRUE(scrolls_to(record, "notes"));
  PageDesk publish(on(PageId::Publish), 900, 600, 2);
  EXPECT_TRUE(scrolls_to(publish, "discard"));
  PageDesk watch(on(PageId::Watch), 900, 600, 2);
  EXPECT_TRUE(scrolls_to(watch, "draft"));
  PageDesk inbox(on(PageId::Inbox), 900, 600, 2);
  EXPECT_TRUE(scrolls_to(inbox, "clip/clip6"));
}

TEST(SmallWindowPages, FollowTheKeyboardsFocus) {
  PageDesk desk(on(PageId::Publish), 900, 600, 2);
  ASSERT_FALSE(is_in_sight(desk, "discard"));
  for (int i = 0; i < 40 && desk.ui.input().focused() != "discard"; ++i) desk.press({.key = Key::Tab});
  desk.frames(2);
  EXPECT_TRUE(is_in_sight(desk, "discard"));
}

TEST(SmallWindowPages, TheSidebarIsARailAndItsChannelsAMenu) {
  PageDesk desk(on(PageId::Inbox), 900, 600, 2);
  EXPECT_FALSE(is_in_sight(desk, "channel/design"));
  desk.click("nav/places");
  desk.frames(2);
  desk.click("places/menu/1");
  EXPECT_TRUE(desk.actions.has("choose_channel releases"));
}

TEST(SmallWindowPages, FiltersAreAMenuWhereTheyHaveNoRoom) {
  PageDesk desk(on(PageId::Inbox), 900, 600, 2);
  desk.click("filter");
  desk.frames(2);
  desk.click("filter/menu/2");
  EXPECT_TRUE(desk.actions.has("choose_filter 2"));
}

TEST(SmallWindowPages, TheShortcutsCanAllBeRead) {
  UiState state = on(PageId::Watch);
  state.shortcuts_shown = true;
  PageDesk desk(state, 900, 600, 2);
  desk.click("shortcuts/close");
  EXPECT_TRUE(desk.actions.has("show_shortcuts false"));
}

}  // namespace
}  // namespace meanwhile
