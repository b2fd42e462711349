// Short messages in the lower left corner of a page.
#pragma once

#include <vector>

#include "app/ui/actions/notice_actions.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"

namespace meanwhile {

// Upwards from area's lower left corner.
void draw_notices(Pen& pen, const Box& area, const std::vector<Notice>& notices, NoticeActions& actions);

}  // namespace meanwhile
