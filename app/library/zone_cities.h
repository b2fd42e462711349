// Time zones by their cities: people know where they live, not what their zone is called.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/identifier.h"

namespace meanwhile {

struct ZoneCity {
  std::string city;    // "Sydney", "Ho Chi Minh"
  std::string region;  // "Australia", "America, Indiana"; "" of UTC
  std::string zone;    // IANA: "Australia/Sydney"
};

// Of the system's zones (IANA names): those that are named after places, and other large cities of them, by
// city. Legacy names ("US/Eastern", "Etc/GMT+3") are no cities.
std::vector<ZoneCity> zone_cities(std::span<const std::string> zones);

// The zone that is called so, or that has a city of that name, whatever its case and accents; "": none has.
std::string zone_called(std::string_view name, std::span<const std::string> zones);

// "Sydney" of "Australia/Sydney"; as it is where it is named after no place.
std::string city_of_zone(std::string_view zone);

// "UTC+11", "UTC-3:30" at that time; "UTC" of an unknown zone.
std::string offset_words(std::string_view zone, WallTime now);

// Names of the system's time zone data, sorted; empty: it has none. Reads the disk the first time.
std::vector<std::string> all_time_zones();

}  // namespace meanwhile
