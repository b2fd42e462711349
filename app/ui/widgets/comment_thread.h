// A comment or an ask with its replies.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"

namespace meanwhile {

float thread_height(const Pen& pen, float width, const CommentView& comment, const AnswerState& answers);
void draw_thread(View& view, const Box& box, const CommentView& comment);

}  // namespace meanwhile
