#include "app/ui/widgets/range_marks.h"

#include <algorithm>

#include "app/ui/box.h"
#include "app/ui/draft.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/timeline.h"
#include "media/base/media_time.h"

namespace meanwhile {
namespace {

constexpr float kLine = 3;  // points

Box span_of(const Box& box, MediaTime from, MediaTime to, MediaTime duration) {
  Box span = box;
  span.left = box.left + box.width() * float(share_of(from, duration));
  span.right = std::max(span.left + 2, box.left + box.width() * float(share_of(to, duration)));
  return span;
}

}  // namespace

void draw_ranges(View& view, const Box& box) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  for (const CommentView& comment : state.comments) {
    if (!comment.to || comment.is_resolved) continue;
    Box span = span_of(box, comment.at, *comment.to, state.player.duration);
    pen.fill(span, faded(person_color(comment.author.id), 0.14F));
    pen.fill(span.cut_top(pen.px(kLine)), person_color(comment.author.id), 1.5F);
  }
  const Draft& draft = state.draft;
  if (!draft.at || !draft.to) return;
  Box span = span_of(box, *draft.at, *draft.to, state.player.duration);
  pen.fill(span, faded(pen.theme.accent, 0.25F));
  pen.fill(span.cut_top(pen.px(kLine)), pen.theme.accent, 1.5F);
  for (const float x : {span.left, span.right})
    pen.fill(Box{x - pen.px(1), box.top, x + pen.px(1), box.bottom}, pen.theme.accent);
}

}  // namespace meanwhile
