// What lies over a page: menus, questions, the shortcut sheet and notices.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/icons.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"

namespace meanwhile {

class ScrollArea;

struct MenuItem {
  std::string label;
  std::string detail;
  std::optional<Icon> icon;
  bool is_checked = false;
  bool is_dangerous = false;
  std::string words = {};     // more that it is found by, where the menu is searched
  bool begins_group = false;  // a line above it
};

// choose holds copies only: it runs frames later. Up, Down, Home, End and the first letters of a label find
// an item by keyboard; in a long one words are sought.
struct Menu {
  std::string name;
  Box anchor;                // opens below it, or above where there is no room
  float width_points = 240;  // at least; as wide as its longest item
  std::vector<MenuItem> items;
  std::function<void(Actions&, std::size_t)> choose;
  std::string search_hint = {};  // of the field above the items; empty: there is none
};

// Numbers of the items that the words may mean, those that begin with them first. No words: all.
std::vector<std::size_t> items_found(const std::vector<MenuItem>& items, std::string_view words);
// Where the pointer is, for a menu that opens there.
Box pointer_anchor();

// Asked before something that can't be undone, or that others notice.
struct Question {
  std::string title;
  std::string text;
  std::string yes;
  std::function<void(Actions&)> answer_yes;
  bool is_dangerous = true;  // "yes" is red
};

class Overlays {
 public:
  void open(Menu menu);
  void ask(Question question) { question_ = std::move(question); }
  bool is_open() const { return menu_ || question_; }
  // Closes the topmost; false: there was none. The keyboard is where it was before.
  bool close_top(Interactions& input);

  void draw(Pen& pen, const UiState& state, Actions& actions);

 private:
  void draw_menu(Pen& pen, Actions& actions);
  std::optional<std::size_t> draw_items(Pen& pen, const Box& box);
  std::optional<std::size_t> draw_search(Pen& pen, const Box& box);
  void begin_menu(Pen& pen, ScrollArea& area);
  void find_by_keys(Pen& pen, ScrollArea& area);
  void go_to_item(Pen& pen, ScrollArea& area, std::size_t item, Interactions::Ring ring);
  void move_item(Pen& pen, ScrollArea& area, int steps);
  std::optional<std::size_t> item_with(std::string_view beginning) const;
  std::string part_of(std::size_t item) const;
  void close_menu(Interactions& input);
  void draw_question(Pen& pen, Actions& actions);

  std::optional<Menu> menu_;
  std::optional<Question> question_;
  bool menu_is_new_ = false;
  std::string menu_opener_;          // had the keyboard's focus before the menu
  std::optional<std::size_t> item_;  // that the keyboard is at
  std::string sought_;               // words in the field above the items
  std::vector<std::size_t> shown_;   // numbers of the items
  std::string typed_;                // the first letters of an item
  double typed_at_ = 0;              // the last of them, by ImGui::GetTime()
};

}  // namespace meanwhile
