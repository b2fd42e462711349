#include "app/platform/keys.h"

#include <array>
#include <cstring>
#include <optional>
#include <utility>

namespace meanwhile {
namespace {

constexpr std::array<std::pair<SDL_Keycode, Key>, 15> kNamedKeys{{
    {SDLK_RETURN, Key::Enter},
    {SDLK_KP_ENTER, Key::Enter},
    {SDLK_ESCAPE, Key::Escape},
    {SDLK_SPACE, Key::Space},
    {SDLK_TAB, Key::Tab},
    {SDLK_LEFT, Key::Left},
    {SDLK_RIGHT, Key::Right},
    {SDLK_UP, Key::Up},
    {SDLK_DOWN, Key::Down},
    {SDLK_HOME, Key::Home},
    {SDLK_END, Key::End},
    {SDLK_BACKSPACE, Key::Backspace},
    {SDLK_AUDIOPLAY, Key::Space},
    {SDLK_AC_BACK, Key::Escape},
    {SDLK_APPLICATION, Key::Menu},
}};

// Greek's block is the first whose letters aren't Latin; SDL's keys without a character are far above all.
bool is_of_another_script(SDL_Keycode code) {
  return code >= 0x370 && (code & SDLK_SCANCODE_MASK) == 0;
}

// What a US keyboard writes with this key; 0: nothing that a page acts on.
char at_place(SDL_Scancode place, bool shift) {
  if (place >= SDL_SCANCODE_A && place <= SDL_SCANCODE_Z)
    return static_cast<char>('a' + (place - SDL_SCANCODE_A));
  if (place >= SDL_SCANCODE_1 && place <= SDL_SCANCODE_9)
    return static_cast<char>('1' + (place - SDL_SCANCODE_1));
  switch (place) {
    case SDL_SCANCODE_0:
      return '0';
    case SDL_SCANCODE_LEFTBRACKET:
      return '[';
    case SDL_SCANCODE_RIGHTBRACKET:
      return ']';
    case SDL_SCANCODE_COMMA:
      return shift ? '<' : ',';
    case SDL_SCANCODE_PERIOD:
      return shift ? '>' : '.';
    case SDL_SCANCODE_SLASH:
      return shift ? '?' : '/';
    default:
      return 0;
  }
}

bool is_letter_or_digit(SDL_Keycode code) {
  return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9');
}

std::optional<KeyPress> from_key_down(const SDL_KeyboardEvent& event) {
  KeyPress press;
  press.control = (event.keysym.mod & (KMOD_CTRL | KMOD_GUI)) != 0;
  press.shift = (event.keysym.mod & KMOD_SHIFT) != 0;
  for (const auto& [code, key] : kNamedKeys) {
    if (code != event.keysym.sym) continue;
    press.key = key;
    return press;
  }
  if (event.keysym.sym == SDLK_F10 && press.shift) {
    press.key = Key::Menu;
    return press;
  }
  if ((event.keysym.mod & KMOD_ALT) != 0) return std::nullopt;
  if (is_of_another_script(event.keysym.sym)) {
    press.character = at_place(event.keysym.scancode, press.shift);
    return press.character != 0 ? std::optional(press) : std::nullopt;
  }
  if (!is_letter_or_digit(event.keysym.sym)) return std::nullopt;
  press.character = static_cast<char>(event.keysym.sym);
  return press;
}

std::optional<KeyPress> from_text(const char* text) {
  if (std::strlen(text) != 1 || std::strchr("?<>,./[]", text[0]) == nullptr) return std::nullopt;
  return KeyPress{.character = text[0]};
}

}  // namespace

std::optional<KeyPress> to_key_press(const SDL_Event& event) {
  if (event.type == SDL_KEYDOWN) return from_key_down(event.key);
  if (event.type == SDL_TEXTINPUT) return from_text(event.text.text);
  return std::nullopt;
}

}  // namespace meanwhile
