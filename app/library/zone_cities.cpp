#include "app/library/zone_cities.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/letter_folding.h"
#include "media/base/identifier.h"
#include "media/base/log.h"

namespace meanwhile {
namespace {

constexpr std::array<std::string_view, 10> kRegions{"Africa", "America",  "Antarctica", "Arctic",
                                                    "Asia",   "Atlantic", "Australia",  "Europe",
                                                    "Indian", "Pacific"};

// Large cities after which no zone is named.
constexpr std::array<std::pair<std::string_view, std::string_view>, 60> kMoreCities{
    {{"Abu Dhabi", "Asia/Dubai"},
     {"Ankara", "Europe/Istanbul"},
     {"Antwerp", "Europe/Brussels"},
     {"Atlanta", "America/New_York"},
     {"Austin", "America/Chicago"},
     {"Barcelona", "Europe/Madrid"},
     {"Basel", "Europe/Zurich"},
     {"Beijing", "Asia/Shanghai"},
     {"Bengaluru", "Asia/Kolkata"},
     {"Birmingham", "Europe/London"},
     {"Boston", "America/New_York"},
     {"Brasília", "America/Sao_Paulo"},
     {"Busan", "Asia/Seoul"},
     {"Calgary", "America/Edmonton"},
     {"Canberra", "Australia/Sydney"},
     {"Cape Town", "Africa/Johannesburg"},
     {"Chennai", "Asia/Kolkata"},
     {"Cologne", "Europe/Berlin"},
     {"Cracow", "Europe/Warsaw"},
     {"Dallas", "America/Chicago"},
     {"Delhi", "Asia/Kolkata"},
     {"Edinburgh", "Europe/London"},
     {"Frankfurt", "Europe/Berlin"},
     {"Geneva", "Europe/Zurich"},
     {"Glasgow", "Europe/London"},
     {"Gothenburg", "Europe/Stockholm"},
     {"Guangzhou", "Asia/Shanghai"},
     {"Hamburg", "Europe/Berlin"},
     {"Hanoi", "Asia/Ho_Chi_Minh"},
     {"Houston", "America/Chicago"},
     {"Hyderabad", "Asia/Kolkata"},
     {"Islamabad", "Asia/Karachi"},
     {"Kyoto", "Asia/Tokyo"},
     {"Lahore", "Asia/Karachi"},
     {"Lyon", "Europe/Paris"},
     {"Manchester", "Europe/London"},
     {"Medellín", "America/Bogota"},
     {"Miami", "America/New_York"},
     {"Milan", "Europe/Rome"},
     {"Montreal", "America/Toronto"},
     {"Mumbai", "Asia/Kolkata"},
     {"Munich", "Europe/Berlin"},
     {"Naples", "Europe/Rome"},
     {"Osaka", "Asia/Tokyo"},
     {"Ottawa", "America/Toronto"},
     {"Philadelphia", "America/New_York"},
     {"Porto", "Europe/Lisbon"},
     {"Pretoria", "Africa/Johannesburg"},
     {"Pune", "Asia/Kolkata"},
     {"Rio de Janeiro", "America/Sao_Paulo"},
     {"Rotterdam", "Europe/Amsterdam"},
     {"Saint Petersburg", "Europe/Moscow"},
     {"San Francisco", "America/Los_Angeles"},
     {"Seattle", "America/Los_Angeles"},
     {"Seville", "Europe/Madrid"},
     {"Shenzhen", "Asia/Shanghai"},
     {"Stuttgart", "Europe/Berlin"},
     {"Tel Aviv", "Asia/Jerusalem"},
     {"Washington", "America/New_York"},
     {"Wellington", "Pacific/Auckland"}}};

std::string readable(std::string_view part) {
  std::string text(part);
  std::ranges::replace(text, '_', ' ');
  return text;
}

// "America, Indiana" of "America/Indiana/Knox"; "": it is named after no place.
std::string region_of(std::string_view zone) {
  const auto last = zone.rfind('/');
  if (last == std::string_view::npos) return "";
  const std::string_view region = zone.substr(0, last);
  const std::string_view area = region.substr(0, region.find('/'));
  if (std::ranges::find(kRegions, area) == kRegions.end()) return "";
  std::string text = readable(region);
  if (const auto slash = text.find('/'); slash != std::string::npos) text.replace(slash, 1, ", ");
  return text;
}

}  // namespace

std::string city_of_zone(std::string_view zone) {
  return region_of(zone).empty() ? std::string(zone) : readable(zone.substr(zone.rfind('/') + 1));
}

std::vector<ZoneCity> zone_cities(std::span<const std::string> zones) {
  std::vector<ZoneCity> cities;
  for (const std::string& zone : zones) {
    std::string region = region_of(zone);
    if (!region.empty() || zone == "UTC") cities.push_back({city_of_zone(zone), std::move(region), zone});
  }
  for (const auto& [city, zone] : kMoreCities) {
    if (std::ranges::find(zones, zone) != zones.end())
      cities.push_back({std::string(city), region_of(zone), std::string(zone)});
  }
  std::ranges::sort(cities, [](const ZoneCity& a, const ZoneCity& b) {
    return std::pair(folded_letters(a.city), a.zone) < std::pair(folded_letters(b.city), b.zone);
  });
  return cities;
}

std::string zone_called(std::string_view name, std::span<const std::string> zones) {
  const auto exact = std::ranges::find(zones, name);
  if (exact != zones.end()) return *exact;
  const std::string sought = folded_letters(name);
  for (const ZoneCity& city : zone_cities(zones)) {
    if (folded_letters(city.city) == sought || folded_letters(city.zone) == sought) return city.zone;
  }
  return "";
}

std::string offset_words(std::string_view zone, WallTime now) {
  std::chrono::minutes offset{};
  try {
    const auto info = date::locate_zone(std::string(zone))->get_info(now);
    offset = std::chrono::duration_cast<std::chrono::minutes>(info.offset);
  } catch (const std::exception&) {
    return "UTC";
  }
  if (offset.count() == 0) return "UTC";
  const auto minutes = std::abs(offset.count());
  const char* sign = offset.count() < 0 ? "-" : "+";
  if (minutes % 60 == 0) return fmt::format("UTC{}{}", sign, minutes / 60);
  return fmt::format("UTC{}{}:{:02}", sign, minutes / 60, minutes % 60);
}

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
