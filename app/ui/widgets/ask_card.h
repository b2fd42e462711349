// Over the picture, where playing stopped at something that is asked of the person who watches.
#pragma once

#include <string_view>

#include "app/library/events.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/theme.h"

namespace meanwhile {

// Nothing, if it didn't stop.
void draw_ask_card(View& view, const Box& picture);

// Its colours: words on a tint.
struct AskColors {
  ImU32 words;
  ImU32 tint;
};
AskColors ask_colors(const Theme& theme, AskKind kind);

}  // namespace meanwhile
