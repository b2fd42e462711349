// Which time zone this machine is in.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace meanwhile {

// Where a system keeps that.
struct ZonePlaces {
  std::optional<std::string> variable;                      // TZ; nullopt: it isn't set
  std::filesystem::path local_time = "/etc/localtime";      // a link to a zone's file, or a copy of one
  std::filesystem::path zone_name = "/etc/timezone";        // its name; not on every system
  std::filesystem::path zone_data = "/usr/share/zoneinfo";  // the files of all zones
};

// An IANA name ("Europe/Berlin"): as the system's own clocks have it, also where only the rules are known (TZ
// as in POSIX, a copy of an older file). "UTC" if that can't be told.
std::string local_zone(const ZonePlaces& places);

}  // namespace meanwhile
