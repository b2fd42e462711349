// The person's time zone, chosen by city.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

void draw_zone_picker(View& view, const Box& box);

}  // namespace meanwhile
