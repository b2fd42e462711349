#include "app/library/local_zone.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "app/library/time_words.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

class LocalZoneTest : public testing::Test {
 protected:
  LocalZoneTest() {
    places_.local_time = folder_.path() / "localtime";
    places_.zone_name = folder_.path() / "timezone";
  }
  std::string with_variable(const std::string& value) {
    places_.variable = value;
    return local_zone(places_);
  }
  static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

  ScopedFolder folder_;
  ZonePlaces places_;
};

TEST_F(LocalZoneTest, TheVariableNamesAZone) {
  for (const char* zone :
       {"America/New_York", "Australia/Sydney", "Asia/Kathmandu", "US/Eastern", "EST5EDT"}) {
    EXPECT_EQ(with_variable(zone), zone);
    EXPECT_EQ(with_variable(std::string(":") + zone), zone);
    EXPECT_TRUE(is_known_zone(zone));
  }
}

TEST_F(LocalZoneTest, TheVariableNamesAFile) {
  EXPECT_EQ(with_variable("/usr/share/zoneinfo/Asia/Tokyo"), "Asia/Tokyo");
  EXPECT_EQ(with_variable(":/usr/share/zoneinfo/posix/Asia/Tokyo"), "Asia/Tokyo");
  fs::copy_file("/usr/share/zoneinfo/America/New_York", folder_.path() / "mine");
  EXPECT_EQ(with_variable((folder_.path() / "mine").string()), "America/New_York");
}

TEST_F(LocalZoneTest, TheVariableHoldsRules) {
  EXPECT_EQ(with_variable("JST-9"), "Asia/Tokyo");
  EXPECT_EQ(with_variable("XYZ-5"), "Etc/GMT-5");
  EXPECT_EQ(with_variable("<+03>-03:00"), "Etc/GMT-3");
  EXPECT_EQ(with_variable("UTC0"), "UTC");
  // Which of Central Europe's zones: those of the tables that have these rules.
  places_.variable = "Europe/Berlin";
  for (const char* rules : {"CET-1CEST,M3.5.0,M10.5.0/3", "CET-1CEST"}) {
    const std::string zone = with_variable(rules);
    EXPECT_TRUE(zone.starts_with("Europe/") || zone.starts_with("Africa/Ceuta")) << zone;
  }
}

TEST_F(LocalZoneTest, NonsenseInTheVariableIsUtcAsTheSystemHasIt) {
  for (const char* value : {"", "UTC", ":", "Nowhere/City", "../../etc/passwd", "/etc/passwd", ":/none", "<"})
    EXPECT_EQ(with_variable(value), "UTC") << value;
}

TEST_F(LocalZoneTest, ALinkNamesTheZone) {
  fs::create_symlink("/usr/share/zoneinfo/Europe/Oslo", places_.local_time);
  EXPECT_EQ(local_zone(places_), "Europe/Oslo");
  const fs::path middle = folder_.path() / "middle";
  fs::rename(places_.local_time, middle);
  fs::create_symlink("middle", places_.local_time);
  EXPECT_EQ(local_zone(places_), "Europe/Oslo");
}

TEST_F(LocalZoneTest, ACopyIsRecognised) {
  fs::copy_file("/usr/share/zoneinfo/Asia/Kathmandu", places_.local_time);
  EXPECT_EQ(local_zone(places_), "Asia/Kathmandu");
}

TEST_F(LocalZoneTest, OfTwinsTheWrittenNameCounts) {
  const fs::path zones = folder_.path() / "zones";
  fs::create_directories(zones / "Europe");
  for (const char* name : {"Berlin", "Oslo"})
    fs::copy_file("/usr/share/zoneinfo/Europe/Berlin", zones / "Europe" / name);
  write(zones / "zone1970.tab", "# countries\nDE\t+5230+01322\tEurope/Berlin\tmost of it\n");
  places_.zone_data = zones;
  fs::copy_file("/usr/share/zoneinfo/Europe/Berlin", places_.local_time);
  EXPECT_EQ(local_zone(places_), "Europe/Berlin");
  write(places_.zone_name, "Europe/Oslo\n");
  EXPECT_EQ(local_zone(places_), "Europe/Oslo");
  write(places_.zone_name, "Asia/Tokyo\n");
  EXPECT_EQ(local_zone(places_), "Europe/Berlin");
}

TEST_F(LocalZoneTest, ACopyOfOlderDataIsRecognisedByItsRules) {
  std::ifstream file("/usr/share/zoneinfo/Asia/Tokyo", std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  bytes[bytes.size() / 2] ^= 1;
  write(places_.local_time, bytes);
  EXPECT_EQ(local_zone(places_), "Asia/Tokyo");
}

TEST_F(LocalZoneTest, NothingAtAllIsUtc) {
  EXPECT_EQ(local_zone(places_), "UTC");
  write(places_.local_time, "no zone");
  EXPECT_EQ(local_zone(places_), "UTC");
}

TEST_F(LocalZoneTest, ThisMachinesIsKnown) {
  const ScopedEnvironment environment(Environment{{"TZ", "Australia/Sydney"}});
  EXPECT_EQ(local_zone(), "Australia/Sydney");
}

}  // namespace
}  // namespace meanwhile
