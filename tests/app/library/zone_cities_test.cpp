#include "app/library/zone_cities.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace meanwhile {
namespace {

const std::vector<std::string> kZones{"America/Argentina/Buenos_Aires",
                                      "America/New_York",
                                      "Asia/Kolkata",
                                      "Asia/Singapore",
                                      "Australia/Sydney",
                                      "Etc/GMT+3",
                                      "Europe/Zurich",
                                      "US/Eastern",
                                      "UTC"};

TEST(ZoneCities, AreNamedAsPeopleNameThem) {
  const auto cities = zone_cities(kZones);
  const auto found = std::ranges::find(cities, "Buenos Aires", &ZoneCity::city);
  ASSERT_NE(found, cities.end());
  EXPECT_EQ(found->region, "America, Argentina");
  EXPECT_EQ(found->zone, "America/Argentina/Buenos_Aires");
  EXPECT_EQ(std::ranges::count(cities, "US/Eastern", &ZoneCity::zone), 0);
  EXPECT_EQ(std::ranges::count(cities, "Etc/GMT+3", &ZoneCity::zone), 0);
  EXPECT_EQ(std::ranges::count(cities, "UTC", &ZoneCity::city), 1);
}

TEST(ZoneCities, HaveLargeCitiesAfterWhichNoZoneIsNamed) {
  EXPECT_EQ(zone_called("Mumbai", kZones), "Asia/Kolkata");
  EXPECT_EQ(zone_called("boston", kZones), "America/New_York");
  EXPECT_EQ(zone_called("Munich", kZones), "");  // its zone isn't there
}

TEST(ZoneCities, AreFoundWhateverTheirCaseAndAccents) {
  EXPECT_EQ(zone_called("sydney", kZones), "Australia/Sydney");
  EXPECT_EQ(zone_called("Zürich", kZones), "Europe/Zurich");
  EXPECT_EQ(zone_called("australia/sydney", kZones), "Australia/Sydney");
  EXPECT_EQ(zone_called("US/Eastern", kZones), "US/Eastern");
  EXPECT_EQ(zone_called("syd", kZones), "");
}

TEST(ZoneCities, TellTheOffsetOfTheSeason) {
  const auto winter = *parse_rfc3339("2026-01-15T00:00:00Z");
  const auto summer = *parse_rfc3339("2026-07-15T00:00:00Z");
  EXPECT_EQ(offset_words("Europe/Berlin", winter), "UTC+1");
  EXPECT_EQ(offset_words("Europe/Berlin", summer), "UTC+2");
  EXPECT_EQ(offset_words("Asia/Kolkata", winter), "UTC+5:30");
  EXPECT_EQ(offset_words("America/New_York", winter), "UTC-5");
  EXPECT_EQ(offset_words("UTC", winter), "UTC");
  EXPECT_EQ(offset_words("No/Where", winter), "UTC");
}

TEST(ZoneCities, AreNamedByTheirZone) {
  EXPECT_EQ(city_of_zone("America/Argentina/Buenos_Aires"), "Buenos Aires");
  EXPECT_EQ(city_of_zone("Etc/GMT+3"), "Etc/GMT+3");
}

}  // namespace
}  // namespace meanwhile
