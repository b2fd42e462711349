// A comment with its replies.
#pragma once

#include "app/ui/page.h"

namespace meanwhile {

float thread_height(const Pen& pen, float width, const CommentView& comment);
void draw_thread(View& view, const Box& box, const CommentView& comment);

}  // namespace meanwhile
