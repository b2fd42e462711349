#include "app/platform/keys.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

SDL_Event pressed(SDL_Keycode symbol, SDL_Scancode place, int modifiers = KMOD_NONE) {
  SDL_Event event{};
  event.type = SDL_KEYDOWN;
  event.key.keysym.sym = symbol;
  event.key.keysym.scancode = place;
  event.key.keysym.mod = static_cast<Uint16>(modifiers);
  return event;
}

TEST(Keys, ALatinLayoutSaysWhatALetterIs) {
  const auto press = to_key_press(pressed('m', SDL_SCANCODE_SEMICOLON));
  ASSERT_TRUE(press);
  EXPECT_EQ(press->character, 'm');
  EXPECT_FALSE(to_key_press(pressed(0xE9, SDL_SCANCODE_2)));  // "é" is Latin too
}

TEST(Keys, UnderAnotherScriptTheirPlacesCount) {
  EXPECT_EQ(to_key_press(pressed(0x44B, SDL_SCANCODE_S))->character, 's');  // Cyrillic
  EXPECT_EQ(to_key_press(pressed(0x3BC, SDL_SCANCODE_M))->character, 'm');  // Greek
  EXPECT_EQ(to_key_press(pressed(0x5D4, SDL_SCANCODE_V))->character, 'v');  // Hebrew
  EXPECT_EQ(to_key_press(pressed(0x661, SDL_SCANCODE_1))->character, '1');  // Arabic digits
  EXPECT_EQ(to_key_press(pressed(0x445, SDL_SCANCODE_LEFTBRACKET))->character, '[');
  EXPECT_EQ(to_key_press(pressed(0x431, SDL_SCANCODE_COMMA, KMOD_SHIFT))->character, '<');
  EXPECT_TRUE(to_key_press(pressed(0x44F, SDL_SCANCODE_Z, KMOD_CTRL))->control);
  EXPECT_FALSE(to_key_press(pressed(0x44D, SDL_SCANCODE_APOSTROPHE)));
  EXPECT_FALSE(to_key_press(pressed(0x44B, SDL_SCANCODE_S, KMOD_ALT)));
}

TEST(Keys, KeysWithoutACharacterStayWhatTheyAre) {
  EXPECT_EQ(to_key_press(pressed(SDLK_LEFT, SDL_SCANCODE_LEFT))->key, Key::Left);
  EXPECT_FALSE(to_key_press(pressed(SDLK_F5, SDL_SCANCODE_F5)));
}

}  // namespace
}  // namespace meanwhile
