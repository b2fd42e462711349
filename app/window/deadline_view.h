// What the window shows of a question's deadline while it is being written.
#pragma once

#include <string_view>

#include "app/library/index.h"
#include "app/ui/draft.h"
#include "app/ui/state.h"
#include "media/base/identifier.h"

namespace meanwhile {

// By what those who are asked have said of their hours. zone: the asker's.
DeadlineView deadline_view(Index& index, const AskDraft& ask, WallTime now, std::string_view zone);

}  // namespace meanwhile
