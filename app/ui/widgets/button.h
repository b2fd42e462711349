// Things to press.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"

namespace meanwhile {

enum class ButtonKind { Primary, Secondary, Ghost, Danger };

struct Button {
  std::string_view name;  // the part's name
  std::string_view label;
  std::optional<Icon> icon = std::nullopt;
  ButtonKind kind = ButtonKind::Secondary;
  bool is_enabled = true;
  std::string_view tip = {};
  std::string_view shortcut = {};
  std::string_view spoken = {};  // for a screen reader, where the label says too little
};

// Points: the height of every button and field in a row.
constexpr float kControlHeight = 36;

float button_width(const Pen& pen, const Button& button);
// true: pressed.
bool draw_button(Pen& pen, const Box& box, const Button& button);

struct IconButton {
  std::string_view name;
  Icon icon;
  std::string_view tip;
  std::string_view shortcut = {};
  std::optional<bool> is_on = std::nullopt;  // of one that switches something
  IconSize size = IconSize::Medium;
  std::string_view spoken = {};  // for a screen reader, where the tip changes with is_on
};
bool draw_icon_button(Pen& pen, const Box& box, const IconButton& button);

// A row of choices, one of which holds. Gives the one that was pressed.
std::optional<int> draw_segments(Pen& pen, const Box& box, std::string_view name,
                                 const std::vector<std::string>& labels, int chosen);
float segments_width(const Pen& pen, const std::vector<std::string>& labels);

// On or off. true: pressed.
bool draw_switch(Pen& pen, const Box& box, std::string_view name, bool is_on, std::string_view tip);

// A field that opens a menu. true: pressed. tip: says what is chosen there, where no label does.
bool draw_picker(Pen& pen, const Box& box, std::string_view name, std::optional<Icon> icon,
                 std::string_view value, std::string_view tip);

}  // namespace meanwhile
