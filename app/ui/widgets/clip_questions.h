// What is asked before something is done with an update that others notice.
#pragma once

#include <string>

#include "app/ui/overlays.h"

namespace meanwhile {

void ask_to_delete_clip(Overlays& overlays, const std::string& clip);

}  // namespace meanwhile
