#include "tests/structure/po_file.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace meanwhile::test {
namespace {

// What stands between the first and the last quotation mark of a line.
std::string text_of(std::string_view line) {
  std::string text;
  const auto begin = line.find('"') + 1;
  for (std::size_t i = begin; i + 1 < line.size(); ++i) {
    if (line[i] != '\\') {
      text += line[i];
      continue;
    }
    const char escaped = line[++i];
    text += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped;
  }
  return text;
}

}  // namespace

std::vector<PoEntry> read_po(const std::filesystem::path& file) {
  std::vector<PoEntry> entries;
  PoEntry entry;
  std::string* open = nullptr;
  const auto finish = [&] {
    if (!entry.id.empty()) entries.push_back(entry);
    entry = {};
    open = nullptr;
  };
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) finish();
    if (line.starts_with("#,") && line.find("fuzzy") != line.npos) entry.is_fuzzy = true;
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with("msgctxt ")) open = &entry.context;
    if (line.starts_with("msgid ")) open = &entry.id;
    if (line.starts_with("msgid_plural ")) open = &entry.plural;
    if (line.starts_with("msgstr")) open = &entry.said.emplace_back();
    if (open) *open += text_of(line);
  }
  finish();
  return entries;
}

}  // namespace meanwhile::test
