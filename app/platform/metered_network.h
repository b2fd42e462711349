// Whether each byte over the network costs: what the desktop says of the connection.
#pragma once

namespace meanwhile {

// false also where nothing says so. Thread: any one, always the same.
// Source: GIO, GNetworkMonitor:network-metered.
bool is_network_metered();

}  // namespace meanwhile
