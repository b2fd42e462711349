// Whether the desktop's person wants dark windows.
#pragma once

#include <optional>

namespace meanwhile {

// nullopt: the desktop says nothing. Asks the desktop's portal, for at most a quarter of a second.
// Source: org.freedesktop.portal.Settings, "org.freedesktop.appearance" "color-scheme".
std::optional<bool> desktop_wants_dark();

}  // namespace meanwhile
