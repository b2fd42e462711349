// Captions over the picture, how they look, and the search in them.
#pragma once

#include <string>

#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/play_tools.h"

namespace meanwhile {

// At the lower edge of the picture.
void draw_caption(View& view, const Box& picture);
// On or off, size, ground.
Menu caption_menu(const Box& anchor, const CaptionLook& look);

class CaptionSearch {
 public:
  void open();
  void close() { is_open_ = false; }
  [[nodiscard]] bool is_open() const { return is_open_; }
  // At the upper right of the picture: a field, and what was found; a click goes there.
  void draw(View& view, const Box& picture);

 private:
  bool is_open_ = false;
  bool takes_focus_ = false;
  int generation_ = 0;
  std::string words_;
};

}  // namespace meanwhile
