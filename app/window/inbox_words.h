// Sentences of the Inbox. Pure functions.
#pragma once

#include <string>

#include "app/library/index.h"

namespace meanwhile {

// "Since you were last here: 6 updates, 31 min, 17 min at your speed"; "": nothing waits. since: of what
// waits, what came since then.
std::string news_words(const ClipSum& waiting, const ClipSum& since, double speed);

}  // namespace meanwhile
