// Records the screen or window that a person picks in the desktop's own dialog.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/capture_options.h"
#include "media/capture/source.h"

namespace meanwhile {

// "portal:": what was picked the last time, where the desktop remembers it, else the dialog.
inline constexpr std::string_view kPortalSpec = "portal:";
// Always the dialog.
inline constexpr std::string_view kPortalAskSpec = "portal:ask";

// The desktop shows windows of its own protocol only through the portal: X11 would be black.
bool is_wayland_session();

// That the portal can record. Blocks for a moment. Errors: Unavailable, saying what to install.
Result<void> check_portal();

// As open_cast(); blocks while the person picks. Errors: Aborted (cancelled, or options.stop), Unavailable,
// InvalidArgument.
Result<std::unique_ptr<FrameSource>> open_portal_screen(const std::string& spec, int frames_per_second,
                                                        const Clock& clock, const CaptureOptions& options);

}  // namespace meanwhile
