// A part of a page that scrolls up and down, and follows the keyboard's focus.
#pragma once

#include <string_view>

#include "app/ui/box.h"
#include "app/ui/pen.h"

namespace meanwhile {

// While it lives, drawing goes inside, clipped; content() is where. Its height is told before the end.
class ScrollArea {
 public:
  ScrollArea(Pen& pen, std::string_view name, const Box& view);
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;

  // As wide as the view, starting at its top less what is scrolled; its bottom is the view's.
  const Box& content() const { return content_; }
  // What is seen of it, in the same coordinates.
  const Box& view() const { return view_; }
  // The view and a little more, so that Tab finds what comes next.
  const Box& drawn() const { return drawn_; }
  bool shows(const Box& box) const { return box.bottom > drawn_.top && box.top < drawn_.bottom; }
  void set_height(float height) { height_ = height; }
  // Scrolls so that box is seen, now or in the next frame.
  void reveal(const Box& box);

 private:
  Pen& pen_;
  const Box view_;
  const Box drawn_;
  Box content_;
  float height_ = 0;
};

}  // namespace meanwhile
