// Short messages in the window's lower right corner.
#pragma once

#include <vector>

#include "app/ui/actions.h"
#include "app/ui/pen.h"

namespace meanwhile {

void draw_notices(Pen& pen, const Box& screen, const std::vector<Notice>& notices, Actions& actions);

}  // namespace meanwhile
