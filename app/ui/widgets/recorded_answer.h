// A recorded answer in its comment: what it is, and once it is pressed, itself.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"

namespace meanwhile {

// comment.media is there.
float recorded_answer_height(const Pen& pen, float width, const CommentView& comment,
                             const AnswerState& answers);
void draw_recorded_answer(View& view, Box area, const CommentView& comment);

}  // namespace meanwhile
