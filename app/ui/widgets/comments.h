// Beside the picture: the clip's comments as threads, reactions, and the field for a new comment.
#pragma once

#include <string>

#include "app/ui/box.h"
#include "app/ui/comment_filter.h"
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
  void draw_head(View& view, Box row);
  void draw_list(View& view, const Box& area);
  void draw_nothing(View& view, const Box& area);
  void open_filter(View& view, const Box& anchor);

  CommentField field_;
  std::string clip_;  // that the filter is of
  CommentFilter filter_;
  std::string followed_;  // the comment at the moment that is played, when the list last moved to one
  std::string hovered_;
  std::string revealed_;  // the ask that the list was scrolled to
};

}  // namespace meanwhile
