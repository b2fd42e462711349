// Records a monitor, an area or a window of an X screen.
#pragma once

#include <memory>
#include <string>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/source.h"

namespace meanwhile {

// spec: "x11:…" as in screen_spec.h, or "default", the primary monitor of $DISPLAY. most_width: wider ones
// are scaled down to it. Its frames are BT.601, limited range, without the pointer; it knows what didn't
// change. Their size stays: a monitor or a window that gets another size is shown in it whole, scaled down or
// with black around. A minimised window's last picture holds, and its pointer is elsewhere (PointerWatch).
// Owns the thread "screen". Ends (on_ended) with Unavailable: the X server went away, the window was closed,
// the monitor was off for 10 s, or nothing of the area is left on the screen. Errors: as open_screen();
// Unsupported also for a server without DAMAGE, XFIXES or 32 bits a pixel (for windows: COMPOSITE), and for
// windows under 16 pixels.
Result<std::unique_ptr<FrameSource>> open_x11_screen(const std::string& spec, int frames_per_second,
                                                     int most_width, const Clock& clock);

}  // namespace meanwhile
