// Keys of a desktop that gives them to programs by its portal: it asks the person once, and they choose.
#pragma once

#include <functional>
#include <memory>

#include "app/platform/hotkeys.h"

namespace meanwhile {

// Owns the thread "hotkeys", which talks to the session bus and never waits for its answers; on_press: on
// that thread. Where the desktop has no such portal no key ever comes. nullptr: this build can't ask.
std::unique_ptr<Hotkeys> make_portal_hotkeys(std::function<void(Hotkey)> on_press);

}  // namespace meanwhile
