// Sentences of the Inbox. Pure functions.
#pragma once

#include <string>

#include "app/library/index.h"

namespace meanwhile {

// How a person watches.
struct Pace {
  double speed = 1;
  bool skips_pauses = false;
};

// "Since you were last here: 6 updates, 31 min, 17 min at your speed with pauses skipped"; "": nothing waits.
// since: of what waits, what came since then.
std::string news_words(const ClipSum& waiting, const ClipSum& since, const Pace& pace);

}  // namespace meanwhile
