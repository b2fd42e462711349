#include "app/ui/widgets/zone_picker.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "app/library/settings.h"
#include "app/platform/icons.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "media/base/translation.h"

namespace meanwhile {

void draw_zone_picker(View& view, const Box& box) {
  const SettingsState& settings = view.state.settings;
  if (!draw_picker(view.pen, box, "zone", icons::kEarth, settings.zone_label, settings.time_zone)) return;
  Menu menu{.name = "zone/menu", .anchor = box, .width_points = 300, .search_hint = tr("Type a city")};
  std::vector<std::string> zones;
  bool has_chosen = false;
  for (const ZoneView& zone : settings.zones) {
    // Several cities have one zone: the first of them stands for it.
    const bool is_chosen = zone.zone == settings.time_zone && !has_chosen;
    has_chosen = has_chosen || is_chosen;
    menu.items.push_back({.label = zone.city,
                          .detail = zone.detail,
                          .icon = {},
                          .is_checked = is_chosen,
                          .words = zone.zone + " " + zone.detail});
    zones.push_back(zone.zone);
  }
  menu.choose = [zones = std::move(zones)](Actions& actions, std::size_t item) {
    actions.settings.change([&zone = zones[item]](Settings& chosen) { chosen.time_zone = zone; });
  };
  view.overlays.open(std::move(menu));
}

}  // namespace meanwhile
