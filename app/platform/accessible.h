// What a screen reader is told of a frame: plain data, the words as a person reads them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace meanwhile {

enum class AccessibleRole {
  Unknown,  // nobody said what it is: a mistake, which a test finds
  Group,
  Page,        // a landmark: what the window is for now
  Navigation,  // a landmark: the ways to other pages
  Dialog,
  Menu,
  Notice,  // said aloud when it comes
  Alert,   // likewise, and at once
  List,
  ListItem,
  MenuItem,
  Button,
  MenuButton,  // opens a menu
  Toggle,      // a button that stays pressed
  Switch,
  Choice,  // one of several, of which one holds
  Tab,
  Link,
  Field,
  Slider,
  Progress,
  Picture,
  Heading,
  Words,
};

struct AccessibleRange {
  double at = 0;
  double least = 0;
  double most = 1;
  double step = 0;      // what the arrow keys do; 0: unknown
  std::string words{};  // "1:23 of 5:00"
  bool operator==(const AccessibleRange&) const = default;
};

// Places are in bytes.
struct AccessibleText {
  std::string text{};
  std::size_t caret = 0;
  std::size_t chosen_from = 0;  // as chosen_to: nothing is
  std::size_t chosen_to = 0;
  bool has_lines = false;
  bool is_hidden = false;  // a password: `text` is as many stars
  bool operator==(const AccessibleText&) const = default;
};

// In units of the window's coordinates, from the window's upper left corner.
struct AccessiblePlace {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool operator==(const AccessiblePlace&) const = default;
};

struct Accessible {
  // Which one it is, from frame to frame; never said. Empty: words, told apart by what they say.
  std::string key{};
  int parent = -1;  // its place in the frame, which is before this one; -1: the window
  AccessibleRole role = AccessibleRole::Unknown;
  std::string name{};
  std::string description{};
  std::string shortcut{};
  AccessiblePlace place{};
  bool is_enabled = true;
  bool is_seen = true;  // not scrolled out of sight
  bool takes_focus = false;
  bool is_focused = false;
  bool can_press = false;
  bool has_menu = false;        // the menu key does something there
  std::optional<bool> is_on{};  // of what is switched or chosen
  std::optional<AccessibleRange> range{};
  std::optional<AccessibleText> text{};
  bool operator==(const Accessible&) const = default;
};

struct AccessibleFrame {
  std::string title{};       // the window's
  AccessiblePlace window{};  // on the screen
  bool is_active = false;    // has the keyboard
  std::vector<Accessible> parts{};
  bool operator==(const AccessibleFrame&) const = default;
};

// What is asked for through the tree, of the part with that key. The window does it as if a person had.
struct AccessibleWish {
  enum class Kind { Press, Menu, Focus, Value, Text, Caret };
  Kind kind = Kind::Press;
  std::string key{};
  double value = 0;       // Value
  std::string text{};     // Text: all of it, from now on
  std::size_t caret = 0;  // Caret: bytes; to `chosen_from` is chosen
  std::size_t chosen_from = 0;
};

}  // namespace meanwhile
