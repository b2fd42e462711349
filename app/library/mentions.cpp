#include "app/library/mentions.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/ascii.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/person_name.h"

namespace meanwhile {
namespace {

// Longer than any beginning that one types: what follows an "@" far away is no name any more.
constexpr std::size_t kLongestBeginning = 60;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '(' || c == ',';
}

// Bytes beyond ASCII belong to words.
bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool begins_with(std::string_view text, std::string_view beginning) {
  const auto small = [](char c) { return ascii_lower(c); };
  return text.size() >= beginning.size() &&
         std::ranges::equal(text.substr(0, beginning.size()), beginning, {}, small, small);
}

bool stands_at(std::string_view text, std::string_view name) {
  return !name.empty() && begins_with(text, name) &&
         (text.size() == name.size() || !is_word(text[name.size()]));
}

// Which of a person's names stands there: with their mark, or as they said it. "": none.
std::string_view name_at(std::string_view text, const Person& person) {
  if (stands_at(text, person.name)) return person.name;
  return stands_at(text, person.said_name) ? person.said_name : std::string_view();
}

bool is_meant_by(std::string_view name, const Person& named, const Person& other) {
  if (named.id == other.id) return true;
  return name == named.said_name && name_skeleton(name) == name_skeleton(other.said_name);
}

void add_all_meant(std::string_view name, const Person& named, std::span<const Person> people,
                   std::vector<std::string>& ids) {
  for (const Person& person : people) {
    if (is_meant_by(name, named, person) && std::ranges::find(ids, person.id) == ids.end())
      ids.push_back(person.id);
  }
}

void add_those_named_at(std::string_view text, std::span<const Person> people,
                        std::vector<std::string>& ids) {
  std::size_t longest = 0;
  for (const Person& person : people) longest = std::max(longest, name_at(text, person).size());
  if (longest == 0) return;
  for (const Person& person : people) {
    const std::string_view name = name_at(text, person);
    if (name.size() == longest) add_all_meant(name, person, people, ids);
  }
}

}  // namespace

std::vector<std::string> mentions_in(std::string_view text, std::span<const Person> people) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '@' && (i == 0 || is_space(text[i - 1])))
      add_those_named_at(text.substr(i + 1), people, ids);
  }
  if (ids.size() > kMostPeople) ids.resize(kMostPeople);
  return ids;
}

std::optional<std::string> name_being_typed(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || (at > 0 && !is_space(text[at - 1]))) return std::nullopt;
  const std::string_view typed = text.substr(at + 1);
  if (typed.size() > kLongestBeginning || typed.contains('\n')) return std::nullopt;
  return std::string(typed);
}

bool has_word_beginning(std::string_view name, std::string_view beginning) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if ((i == 0 || is_space(name[i - 1])) && begins_with(name.substr(i), beginning)) return true;
  }
  return false;
}

}  // namespace meanwhile
