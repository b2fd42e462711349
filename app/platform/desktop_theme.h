// How the desktop's person wants windows to look.
#pragma once

#include <optional>

namespace meanwhile {

// nullopt: the desktop says nothing.
struct DesktopLooks {
  std::optional<bool> is_dark;
  std::optional<bool> has_high_contrast;
};

// Asks the desktop's portal, for at most a quarter of a second each.
// Source: org.freedesktop.portal.Settings, "org.freedesktop.appearance" "color-scheme" and "contrast".
DesktopLooks desktop_looks();

}  // namespace meanwhile
