#include "app/ui/widgets/range_marks.h"

#include <algorithm>

#include "app/ui/box.h"
#include "app/ui/draft.h"
#include "app/ui/edited_time.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/timeline.h"
#include "media/base/media_time.h"

namespace meanwhile {
namespace {

constexpr float kLine = 3;  // points

Box span_of(const WatchState& state, const Box& box, MediaTime from, MediaTime to) {
  const auto share = [&](MediaTime at) {
    return float(share_of(shown_time(state, at), shown_duration(state)));
  };
  Box span = box;
  span.left = box.left + box.width() * share(from);
  span.right = std::max(span.left + 2, box.left + box.width() * share(to));
  return span;
}

}  // namespace

void draw_ranges(View& view, const Box& box) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  for (const CommentView& comment : state.comments) {
    if (!comment.to || comment.is_resolved) continue;
    Box span = span_of(state, box, comment.at, *comment.to);
    pen.fill(span, faded(person_color(comment.author.id), 0.14F));
    pen.fill(span.cut_top(pen.px(kLine)), person_color(comment.author.id), 1.5F);
  }
  const Draft& draft = state.draft;
  if (!draft.at || !draft.to) return;
  Box span = span_of(state, box, *draft.at, *draft.to);
  pen.fill(span, faded(pen.theme.accent, 0.25F));
  pen.fill(span.cut_top(pen.px(kLine)), pen.theme.accent, 1.5F);
  for (const float x : {span.left, span.right})
    pen.fill(Box{x - pen.px(1), box.top, x + pen.px(1), box.bottom}, pen.theme.accent);
}

}  // namespace meanwhile
