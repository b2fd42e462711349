// A field of several lines, typed into and clicked into, as it is seen: broken at words, in any script.
#include <gtest/gtest.h>

#include "app/ui/widgets/text_field.h"
#include "tests/offscreen/offscreen.h"

namespace meanwhile {
namespace {

class Field {
 public:
  explicit Field(bool is_multiline = true) : is_multiline_(is_multiline) {
    window_ = std::move(Offscreen::create(400, 300, 1).value());
    frame();
    click({kBox.left + 15, kBox.top + 12});
  }

  void type(std::string_view typed) {
    window_->type(typed);
    frame();
  }
  void press(KeyPress press) {
    window_->press(press);
    frame();
  }
  // Long after the click before: it's no double click.
  void click(ImVec2 at) {
    for (int i = 0; i < 30; ++i) frame();
    window_->click(at.x, at.y, draw());
  }
  void frame() { window_->frame(draw()); }

  std::string text;

 private:
  static constexpr Box kBox{10, 10, 210, 200};

  Offscreen::Draw draw() {
    return [this](Painter& painter) {
      input_.begin_frame({});
      Pen pen(painter, theme_of(ThemeChoice::Dark), input_);
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({400, 300});
      ImGui::Begin("window", nullptr, ImGuiWindowFlags_NoDecoration);
      const auto response = draw_text_field(
          pen, kBox, {.name = "field", .text = text, .hint = "", .is_multiline = is_multiline_});
      if (response.edited) text = *response.edited;
      ImGui::End();
    };
  }

  const bool is_multiline_;
  Interactions input_;
  std::unique_ptr<Offscreen> window_;
};

constexpr const char* kSentence = "one two three four five six seven eight nine ten eleven twelve";

TEST(ShapedEditing, WhatIsTypedGoesToWhereOneClicked) {
  Field field;
  field.type(kSentence);
  ASSERT_EQ(field.text, kSentence);
  field.click({23, 24});  // the first line's beginning
  field.type("X");
  EXPECT_EQ(field.text, "X" + std::string(kSentence));
}

TEST(ShapedEditing, AClickInAWrappedLineIsInThatLine) {
  Field field;
  field.type(kSentence);
  field.click({23, 46});  // the second line, which only wrapping made
  field.type("X");
  const auto place = field.text.find('X');
  ASSERT_NE(place, std::string::npos);
  EXPECT_GT(place, 10U);
  EXPECT_LT(place, field.text.size() - 1);
  EXPECT_EQ(field.text[place - 1], ' ') << "a line begins with a word: " << field.text;
}

TEST(ShapedEditing, UpAndDownGoByLinesAsTheyAreSeen) {
  Field field;
  field.type(kSentence);
  field.click({23, 24});
  field.press({.key = Key::Down});
  field.type("X");
  const auto down = field.text.find('X');
  EXPECT_GT(down, 10U);
  EXPECT_LT(down, 40U);
  field.press({.key = Key::Up});
  field.press({.key = Key::Up});
  field.type("Y");
  EXPECT_EQ(field.text.find('Y'), 0U);
  for (int i = 0; i < 12; ++i) field.press({.key = Key::Down});
  field.type("Z");
  EXPECT_TRUE(field.text.ends_with('Z')) << field.text;
}

TEST(ShapedEditing, OtherScriptsAreTypedBetweenWholeCharacters) {
  for (const bool is_multiline : {true, false}) {
    Field field(is_multiline);
    field.type("你好世界");
    field.type("سلام");
    EXPECT_EQ(field.text, "你好世界سلام");
    for (float x = 20; x < 200; x += 7) {
      field.click({x, is_multiline ? 24.0F : 105.0F});
      field.type("a");
    }
    std::string without = field.text;
    std::erase(without, 'a');
    EXPECT_EQ(without, "你好世界سلام");
  }
}

TEST(ShapedEditing, MoreLinesThanThereIsRoomForAreTyped) {
  Field field;
  std::string all;
  for (int i = 0; i < 40; ++i) all += "line\n";
  field.type(all);
  field.type("end");
  EXPECT_EQ(field.text, all + "end");
}

}  // namespace
}  // namespace meanwhile
