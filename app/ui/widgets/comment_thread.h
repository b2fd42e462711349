// A comment or an ask with its replies.
#pragma once

#include "app/ui/page.h"

namespace meanwhile {

float thread_height(const Pen& pen, float width, const CommentView& comment, const AnswerState& answers);
void draw_thread(View& view, const Box& box, const CommentView& comment);

}  // namespace meanwhile
