// Title, channel, description and chapters of one's own update, being changed.
#pragma once

#include <string>

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

class ClipForm {
 public:
  // state.watch.clip_edit is there.
  void draw(View& view, Box area);

 private:
  std::string begun_for_;  // the clip whose title has had the keyboard
};

}  // namespace meanwhile
