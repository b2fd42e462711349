// Beside the picture: the clip's comments as threads, reactions, and the field for a new comment.
#pragma once

#include <string>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/widgets/comment_field.h"

namespace meanwhile {

class CommentsPanel {
 public:
  void draw(View& view, Box area);
  // C: the field takes the keyboard in the next frame.
  void focus() { field_.focus(); }
  // The comment below the pointer; empty: none.
  const std::string& hovered() const { return hovered_; }

 private:
  void draw_list(View& view, const Box& area);

  CommentField field_;
  std::string hovered_;
  std::string revealed_;  // the ask that the list was scrolled to
};

}  // namespace meanwhile
