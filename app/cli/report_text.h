// What a person gives to whoever looks into a fault: versions, devices, how things stand, the log; without
// names, addresses and secrets.
#pragma once

#include <string>

#include "app/application.h"

namespace meanwhile {

// Plain text. Tells of the libraries that are open; tries no device. Blocks for a second or two.
std::string report_text(Application& application);

}  // namespace meanwhile
