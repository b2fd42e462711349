// A catalog of GNU gettext as text ("PO"). Source: GNU gettext's manual, "The Format of PO Files".
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace meanwhile::test {

struct PoEntry {
  std::string context;
  std::string id;
  std::string plural;             // "": it isn't counted
  std::vector<std::string> said;  // its translations: one, or one for each plural form
  bool is_fuzzy = false;
};

// Without the header and without what is out of use.
std::vector<PoEntry> read_po(const std::filesystem::path& file);

}  // namespace meanwhile::test
