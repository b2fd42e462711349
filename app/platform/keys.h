// Key presses as pages see them: what the keyboard's layout makes of a key; where it lies, under a layout
// whose letters aren't Latin.
#pragma once

#include <SDL.h>

#include <optional>

namespace meanwhile {

enum class Key {
  Character,  // KeyPress::character: a small letter, a digit or a sign
  Enter,
  Escape,
  Space,
  Tab,
  Left,
  Right,
  Up,
  Down,
  Home,
  End,
  Backspace,
  Menu,  // or Shift+F10
};

struct KeyPress {
  Key key = Key::Character;
  char character = 0;
  bool control = false;
  bool shift = false;
};

// Letters, digits and named keys come from key-down events, signs ("?", "<") from text events, so that a
// layout that needs Shift or AltGr for them works too. nullopt: nothing that a page acts on.
std::optional<KeyPress> to_key_press(const SDL_Event& event);

}  // namespace meanwhile
