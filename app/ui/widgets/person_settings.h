// What the settings say of the person: how others see them, when they work, what others learn, and when they
// are told of something.
#pragma once

#include <optional>
#include <string>

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

class PersonSettings {
 public:
  void draw(View& view, Box& area);

 private:
  void draw_hours(View& view, Box row);
  void draw_days_off(View& view, Box row);

  std::optional<std::string> typed_days_;  // until Enter: half a date is none
};

}  // namespace meanwhile
