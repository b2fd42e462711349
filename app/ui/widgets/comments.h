// Beside the picture: the clip's comments as threads, and the field for a new one.
#pragma once

#include "app/ui/page.h"

namespace meanwhile {

class CommentsPanel {
 public:
  void draw(View& view, Box area);
  // C: the field takes the keyboard in the next frame.
  void focus() { takes_focus_ = true; }

 private:
  void draw_list(View& view, const Box& area);
  void draw_composer(View& view, Box area);
  bool takes_focus_ = false;
  int generation_ = 0;
};

// Points that the composer needs.
float composer_height(const WatchState& state);

}  // namespace meanwhile
