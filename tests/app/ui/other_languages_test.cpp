// What languages do to the window that are longer than English, or run the other way.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/app/ui/page_desk.h"
#include "tests/support/pseudo_language.h"

namespace meanwhile {
namespace {

using testing::IsEmpty;

// Those of the program, not of people; a sentence with a path in it may be of any length.
std::vector<std::string> cut_off_in(const NamedState& named, int width, int height, float scale) {
  PageDesk desk(named.state, width, height, scale);
  desk.frames(2);
  std::vector<std::string> texts;
  for (const std::string& text : desk.ui.input().shortened())
    if (is_long_pseudo(text) && text.find('/') == text.npos)
      texts.push_back(fmt::format("{}: {}", named.name, text));
  return texts;
}

TEST(LongLanguage, NothingIsCutOff) {
  const InPseudoLanguage language(Pseudo::Long);
  std::vector<std::string> cut_off;
  for (const NamedState& named : all_states()) {
    const auto texts = cut_off_in(named, 1280, 800, 1);
    cut_off.insert(cut_off.end(), texts.begin(), texts.end());
  }
  EXPECT_THAT(cut_off, IsEmpty());
}

// A window of 800 points, mirrored.
class RightToLeft : public testing::Test {
 protected:
  // Where a part is seen that is turned around with the window.
  static ImVec2 mirrored(PageDesk& desk, const std::string& part) {
    const auto box = desk.ui.input().find(part);
    if (!box) ADD_FAILURE() << "no part " << part;
    return box ? ImVec2(1280 - box->middle().x, box->middle().y) : ImVec2();
  }

  const InPseudoLanguage language_{Pseudo::RightToLeft};
};

TEST_F(RightToLeft, TheSidebarIsAtTheRightAndCanBePressedThere) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  const ImVec2 place = mirrored(desk, "nav/settings");
  EXPECT_GT(place.x, 1280 - 240);
  desk.window->click(place.x, place.y, desk.draw());
  EXPECT_TRUE(desk.actions.has("show_page 4")) << testing::PrintToString(desk.actions.calls);
}

TEST_F(RightToLeft, AFilmStillRunsFromLeftToRight) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  const auto box = desk.ui.input().find("timeline");
  ASSERT_TRUE(box);
  // Comments stand at the left now, and the timeline right of them.
  const float left = 1280 - box->right;
  EXPECT_GT(left, 200);
  desk.window->click(left + box->width() * 0.02F, box->middle().y, desk.draw());
  const auto early = desk.actions.calls;
  desk.window->click(left + box->width() * 0.98F, box->middle().y, desk.draw());
  const auto late = desk.actions.calls;
  const auto sought = [](const std::vector<std::string>& calls) {
    const auto found = std::find_if(calls.rbegin(), calls.rend(),
                                    [](const std::string& call) { return call.starts_with("seek "); });
    return found == calls.rend() ? -1.0 : std::stod(found->substr(5));
  };
  EXPECT_GE(sought(early), 0);
  EXPECT_GT(sought(late), sought(early));
}

// Two pixels of the window, mirrored: what was drawn at the left is at the right.
TEST_F(RightToLeft, TheWindowIsDrawnSo) {
  PageDesk mirrored_desk(on(PageId::Inbox), 1280, 800);
  const auto pixels = mirrored_desk.window->pixels();
  set_catalog(nullptr);
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  const auto plain = desk.window->pixels();
  // In the sidebar, below its entries, and in the page's ground.
  const std::size_t row = std::size_t(1280) * 700;
  EXPECT_EQ(pixels[row + 1275], plain[row + 4]);
  EXPECT_EQ(pixels[row + 4], plain[row + 1275]);
  EXPECT_NE(plain[row + 4], plain[row + 1275]);
}

TEST_F(RightToLeft, WhatIsTypedIsWrittenAndChosenWhereItIsSeen) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.types_into_draft = true;
  const ImVec2 place = mirrored(desk, "draft");
  desk.window->click(place.x, place.y, desk.draw());
  desk.window->type("hello");
  desk.frames(2);
  EXPECT_EQ(desk.state.watch.draft.text, "hello");
}

}  // namespace
}  // namespace meanwhile
