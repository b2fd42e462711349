#include "app/platform/metered_network.h"

#ifdef MEANWHILE_KEYRING
#include <gio/gio.h>

#include "media/base/blocking.h"
#endif

namespace meanwhile {

#ifdef MEANWHILE_KEYRING
// The monitor hears of changes through the main context, which nothing else of this program runs.
bool is_network_metered() {
  may_block(Blocking::Bus, "network monitor");
  GNetworkMonitor* const monitor = g_network_monitor_get_default();
  while (g_main_context_iteration(nullptr, FALSE)) {
  }
  return g_network_monitor_get_network_metered(monitor) != FALSE;
}
#else
bool is_network_metered() {
  return false;
}
#endif

}  // namespace meanwhile
