// "@Anna" in what people write: who is meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/index.h"

namespace meanwhile {

// The ids of those whose whole name follows an "@" that begins a word; upper and lower case are the same, the
// longest name counts, and of several people whose names look the same all are meant, but for one who is
// named with their mark ("@Ada · 2nd (k3f9)"). Each once, by first mention; at most kMostPeople.
std::vector<std::string> mentions_in(std::string_view text, std::span<const Person> people);

// What is being typed behind an "@" at the end of text, for completion; nullopt: no name is. "": only the "@"
// so far.
std::optional<std::string> name_being_typed(std::string_view text);

// The name, or a word of it, begins so.
bool has_word_beginning(std::string_view name, std::string_view beginning);

}  // namespace meanwhile
