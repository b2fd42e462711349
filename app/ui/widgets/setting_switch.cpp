#include "app/ui/widgets/setting_switch.h"

#include "app/library/settings.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/section.h"

namespace meanwhile {

void draw_setting_switch(View& view, const Box& box, const SettingSwitch& shown) {
  view.pen.input.narration().set_label(shown.label, shown.detail);
  const bool is_on = view.state.settings.chosen.*shown.setting;
  if (draw_switch(view.pen, box, shown.name, is_on, shown.tip))
    view.actions.settings.change(
        [setting = shown.setting, is_on](Settings& settings) { settings.*setting = !is_on; });
}

void draw_setting_switch(View& view, Section& section, const SettingSwitch& shown) {
  Box row = section.row(shown.label, shown.detail);
  draw_setting_switch(view, row.cut_right(view.pen.px(44)), shown);
}

}  // namespace meanwhile
