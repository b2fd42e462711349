#include "app/library/local_zone.h"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <ios>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kZoneFileMark = "TZif";  // RFC 9636 s. 3.1
constexpr std::size_t kLargestZoneFile = 1 << 20;

// Empty: it can't be read, or is no zone's file.
std::string read_zone_file(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error || size > kLargestZoneFile) return "";
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  return bytes.starts_with(kZoneFileMark) ? bytes : "";
}

// What follows ".../zoneinfo/" in a path; empty: nothing does.
std::string name_in_path(const std::string& path) {
  constexpr std::string_view kFolder = "zoneinfo/";
  const auto at = path.rfind(kFolder);
  if (at == std::string::npos) return "";
  std::string name = path.substr(at + kFolder.size());
  for (const std::string_view kind : {"posix/", "right/"}) {
    if (name.starts_with(kind)) name.erase(0, kind.size());
  }
  return name;
}

bool is_zone(const std::string& name, const ZonePlaces& places) {
  return !name.empty() && name.front() != '/' && name.find("..") == std::string::npos &&
         !read_zone_file(places.zone_data / name).empty();
}

// A zone's rules for the time to come, as TZ may hold them too: "CET-1CEST,M3.5.0,M10.5.0/3". RFC 9636
// s. 3.3.
std::string rules_in(const std::string& zone_file) {
  if (zone_file.empty() || zone_file.back() != '\n') return "";
  const auto begin = zone_file.rfind('\n', zone_file.size() - 2);
  return begin == std::string::npos ? "" : zone_file.substr(begin + 1, zone_file.size() - begin - 2);
}

// Without the days on which the clocks change.
std::string offsets_of(const std::string& rules) {
  return rules.substr(0, rules.find(','));
}

// One name for each zone that there is, as people choose them: the third column of the tables.
std::vector<std::string> zone_names(const ZonePlaces& places) {
  std::vector<std::string> names;
  for (const char* table : {"zone1970.tab", "zone.tab"}) {
    std::ifstream file(places.zone_data / table);
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with('#')) continue;
      const auto second = line.find('\t', line.find('\t') + 1);
      if (second == std::string::npos) continue;
      names.push_back(line.substr(second + 1, line.find('\t', second + 1) - second - 1));
    }
  }
  return names;
}

std::string first_zone(const ZonePlaces& places, const std::function<bool(const std::string& file)>& is_it) {
  for (const std::string& name : zone_names(places)) {
    if (is_it(read_zone_file(places.zone_data / name))) return name;
  }
  return "";
}

// "JST-9", "<+03>-3": always the same. Their sign counts west of Greenwich, and so does that of Etc/GMT.
std::string fixed_zone(const std::string& rules) {
  const auto name_end = rules.starts_with('<') ? rules.find('>') : rules.find_first_of("+-0123456789");
  if (name_end == std::string::npos || name_end == 0) return "";
  std::string_view offset = std::string_view(rules).substr(name_end + (rules.starts_with('<') ? 1 : 0));
  if (offset.starts_with('+')) offset.remove_prefix(1);
  int hours = 0;
  const auto [end, error] = std::from_chars(offset.data(), offset.data() + offset.size(), hours);
  const std::string_view rest = offset.substr(static_cast<std::size_t>(end - offset.data()));
  if (error != std::errc() || (!rest.empty() && rest != ":00" && rest != ":00:00")) return "";
  return hours == 0 ? "UTC" : fmt::format("Etc/GMT{:+}", hours);
}

// The same rules; else, for what is written shorter than in the files, the same offsets.
std::string zone_of_rules(const std::string& rules, const ZonePlaces& places) {
  if (rules.empty()) return "";
  std::string name = first_zone(places, [&](const std::string& file) { return rules_in(file) == rules; });
  if (name.empty()) name = fixed_zone(rules);
  if (!name.empty()) return name;
  return first_zone(places,
                    [&](const std::string& file) { return offsets_of(rules_in(file)) == offsets_of(rules); });
}

std::string zone_of_file(const fs::path& path, const ZonePlaces& places) {
  std::error_code ignored;
  // Of links to links the first one that names a zone: others are how the files are stored.
  for (fs::path link = path; fs::is_symlink(link, ignored);) {
    const fs::path target = fs::read_symlink(link, ignored);
    link = target.is_absolute() ? target : link.parent_path() / target;
    if (const std::string name = name_in_path(link.string()); is_zone(name, places)) return name;
  }
  if (const std::string name = name_in_path(path.string()); is_zone(name, places)) return name;
  const std::string bytes = read_zone_file(path);
  if (bytes.empty()) return "";
  std::ifstream file(places.zone_name);
  std::string written;
  std::getline(file, written);
  if (is_zone(written, places) && read_zone_file(places.zone_data / written) == bytes) return written;
  const std::string same = first_zone(places, [&](const std::string& other) { return other == bytes; });
  return same.empty() ? zone_of_rules(rules_in(bytes), places) : same;
}

// Source: tzset(3): a name, a path, or rules; a colon may stand before the first two.
std::string zone_of_variable(std::string value, const ZonePlaces& places) {
  const bool is_file = value.starts_with(':');
  if (is_file) value.erase(0, 1);
  if (is_zone(value, places)) return value;
  if (value.starts_with('/')) return zone_of_file(value, places);
  return is_file ? "" : zone_of_rules(value, places);
}

}  // namespace

std::string local_zone(const ZonePlaces& places) {
  const std::string name =
      places.variable ? zone_of_variable(*places.variable, places) : zone_of_file(places.local_time, places);
  return name.empty() ? "UTC" : name;
}

}  // namespace meanwhile
