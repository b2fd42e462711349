// Which folder of the source may include which, and what holds the source to it.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace meanwhile::test {

// A folder of the source that is a room of its own: "app/fetching". What lies in folders below it belongs to
// it.
using Room = std::string;

// The rooms, each with those that it may include directly or by way of them; and outside headers that only
// some rooms may name.
struct IncludeRules {
  std::map<Room, std::set<Room>> below;  // as the CMake targets are linked
  std::map<std::string, std::set<Room>>
      outside;  // by how the header's path begins: "libav" -> the rooms that may
};

const IncludeRules& include_rules();

// One sentence for each include below `root` that the rules forbid, and for each file that is in no room.
std::vector<std::string> forbidden_includes(const std::filesystem::path& root, const IncludeRules& rules);

// The circles of units (a .h and its .cpp are one) that include each other, largest first; each sorted.
std::vector<std::vector<std::string>> include_circles(const std::filesystem::path& root);

}  // namespace meanwhile::test
