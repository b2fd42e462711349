#include "app/platform/metered_network.h"

#ifdef MEANWHILE_KEYRING
#include <gio/gio.h>

#include <mutex>

#include "media/base/blocking.h"
#endif

namespace meanwhile {

#ifdef MEANWHILE_KEYRING
namespace {

// The monitor hears of changes through the context in which it is first asked for. The main one is the
// accessible tree's.
GMainContext* monitor_context() {
  static GMainContext* const context = g_main_context_new();
  return context;
}

// A context is one thread's at a time.
std::mutex monitor_in_use;

}  // namespace

bool is_network_metered() {
  may_block(Blocking::Bus, "network monitor");
  const std::scoped_lock lock(monitor_in_use);
  GMainContext* const context = monitor_context();
  g_main_context_push_thread_default(context);
  GNetworkMonitor* const monitor = g_network_monitor_get_default();
  while (g_main_context_iteration(context, FALSE)) {
  }
  const bool is_metered = g_network_monitor_get_network_metered(monitor) != FALSE;
  g_main_context_pop_thread_default(context);
  return is_metered;
}
#else
bool is_network_metered() {
  return false;
}
#endif

}  // namespace meanwhile
