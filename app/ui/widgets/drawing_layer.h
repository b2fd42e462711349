// Drawings over the picture: those that show now, and the tools to make one.
#pragma once

#include <optional>
#include <string>

#include "app/library/drawing.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/widgets/stage.h"

namespace meanwhile {

class DrawingLayer {
 public:
  // picture: the whole stage. screen: nullopt: the screen track isn't shown, and neither is any drawing.
  // pointed_at: a comment's id; may be empty.
  void draw(View& view, const Box& picture, const std::optional<ScreenPlace>& screen,
            const std::string& pointed_at);

 private:
  void draw_tools(View& view, const Box& picture);
  void take_strokes(View& view, const ScreenPlace& screen);
  void draw_text_being_typed(View& view, const ScreenPlace& screen);
  void finish_stroke(View& view);
  void finish_text(View& view);

  std::optional<Shape> stroke_;  // while the button is held
  std::optional<Shape> text_;    // while it is typed
  bool text_is_new_ = false;
};

void draw_shapes(Pen& pen, const ScreenPlace& screen, const Drawing& drawing);
ImU32 shape_color(ShapeColor color);

}  // namespace meanwhile
