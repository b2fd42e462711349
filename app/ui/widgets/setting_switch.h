// A switch that is one of the settings.
#pragma once

#include <string_view>

#include "app/library/settings.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/widgets/section.h"

namespace meanwhile {

struct SettingSwitch {
  bool Settings::* setting;
  std::string_view name;  // of the part: as in the settings' file, with hyphens
  std::string_view label;
  std::string_view detail;
  std::string_view tip;
};

// As a row of a section.
void draw_setting_switch(View& view, Section& section, const SettingSwitch& shown);

// The switch alone; the words are drawn by whoever calls.
void draw_setting_switch(View& view, const Box& box, const SettingSwitch& shown);

}  // namespace meanwhile
