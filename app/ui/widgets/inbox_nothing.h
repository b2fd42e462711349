// The Inbox where it has nothing to show: why, and what to do.
#pragma once

#include <string_view>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/state.h"

namespace meanwhile {

void draw_inbox_nothing(View& view, const Box& area);
// The same in a line, below recordings that wait.
std::string_view no_clips_words(const InboxState& inbox);

}  // namespace meanwhile
