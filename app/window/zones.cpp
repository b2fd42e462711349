#include "app/window/zones.h"

#include <date/tz.h>

#include <exception>
#include <string>
#include <vector>

#include "media/base/log.h"

namespace meanwhile {

std::vector<std::string> all_time_zones() {
  std::vector<std::string> names;
  try {
    for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
  } catch (const std::exception& error) {
    log(LogLevel::Warning, std::string("the system has no time zone data: ") + error.what());
  }
  return names;
}

}  // namespace meanwhile
