// The window's colours: two themes, each once more in high contrast, and one accent.
#pragma once

#include <imgui.h>

#include <string_view>

#include "app/ui/state.h"

namespace meanwhile {

struct Theme {
  bool is_dark = true;
  bool has_high_contrast = false;
  // Grounds, from the back to the front.
  ImU32 sidebar;
  ImU32 window;
  ImU32 surface;  // cards, panels, menus
  ImU32 hover;    // laid over any of them
  ImU32 pressed;
  ImU32 field;
  ImU32 chosen;  // one of several, beside each other
  ImU32 border;
  ImU32 strong_border;
  ImU32 stage;  // behind pictures
  ImU32 shade;  // over everything, below a dialog
  ImU32 shadow;
  // Words: all at least 4.5:1 on every ground; in high contrast 7:1, and lines 3:1.
  ImU32 text;
  ImU32 soft_text;
  ImU32 faint_text;
  // The accent: as words or lines, as a button's ground with what is written on it, and as a tint.
  ImU32 accent;
  ImU32 accent_fill;
  ImU32 on_accent;
  ImU32 accent_tint;
  // Meanings.
  ImU32 danger;
  ImU32 danger_fill;
  ImU32 danger_tint;
  ImU32 warning;
  ImU32 warning_tint;
  ImU32 success;
  ImU32 success_tint;
};

const Theme& theme_of(ThemeChoice choice);

// Mixes alpha into a colour: amount 0 to 1.
ImU32 faded(ImU32 color, float amount);
ImU32 mixed(ImU32 from, ImU32 to, float amount);

// A person's colour, the same on every machine. White writing on it has 4.5:1.
ImU32 person_color(std::string_view id);

}  // namespace meanwhile
