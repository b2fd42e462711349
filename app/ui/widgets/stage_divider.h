// The line between screen and camera, side by side: a hand moves it, and it stays there.
#pragma once

#include <optional>

#include "app/library/settings.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "media/base/layout.h"

namespace meanwhile {

class StageDivider {
 public:
  // The camera's share now: as it is dragged, else as it was chosen.
  [[nodiscard]] double share(const Settings& settings) const;
  // After the pictures. inside: what they share. A double click: as it fits best.
  void draw(View& view, const Box& inside, Size screen, Size camera);

 private:
  std::optional<double> dragged_;
};

}  // namespace meanwhile
