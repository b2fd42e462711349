// Beside the picture: what is cut out of an update, what is joined to it, how its pictures stand.
#pragma once

#include <functional>

#include "app/platform/keys.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/zoom.h"

namespace meanwhile {

// view.state.watch.arrange is set. zoom: the viewer's closer look: a place to zoom to, or to cover.
void draw_arrange_form(View& view, Box area, const Zoom& zoom);

// What nobody else has seen yet isn't dropped without a question.
void leave_arranging(View& view, std::function<void(Actions&)> leave);

// I and O mark a part, X cuts it, Ctrl+Z takes a step back. true: it was one of them.
bool act_on_arrange_key(View& view, const KeyPress& press);

}  // namespace meanwhile
