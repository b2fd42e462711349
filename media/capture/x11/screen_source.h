// Records a monitor, or an area, of an X screen.
#pragma once

#include <memory>
#include <string>

#include "media/capture/source.h"

namespace meanwhile {

// spec: "x11:…" as in monitors.h, or "default", the primary monitor of $DISPLAY. Its frames are BT.601,
// limited range, without the pointer; it knows what didn't change. Owns the thread "screen". Ends (on_ended)
// with Unavailable: the X server went away, or the screen became too small for what is recorded. Errors: as
// open_screen(); Unsupported also for a server without DAMAGE, XFIXES or 32 bits a pixel.
Result<std::unique_ptr<FrameSource>> open_x11_screen(const std::string& spec, int frames_per_second,
                                                     const Clock& clock);

}  // namespace meanwhile
