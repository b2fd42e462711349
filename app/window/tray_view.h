// What the tray shows of a running take.
#pragma once

#include "app/platform/tray.h"
#include "app/ui/state.h"

namespace meanwhile {

TrayView tray_view(const RecordPageState& record);

}  // namespace meanwhile
