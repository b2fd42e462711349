// Captions over the picture, how they look, and the search in them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"

namespace meanwhile {

// At the lower or upper edge of the picture, off what is taken there, and off the cards and tools that lie
// over it. Below the picture: picture is that strip, of caption_strip_height.
void draw_captions(View& view, const Box& picture, const std::vector<std::optional<Box>>& taken);
// What captions below the picture take of its height: the same whether somebody speaks or not; 0: they aren't
// there.
float caption_strip_height(const Pen& pen, const PlayTools& tools);

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
