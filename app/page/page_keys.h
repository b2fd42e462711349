// What the objects of a share are called in the library.
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// "shares/<share>/"
std::string share_prefix(const std::string& share);
// "shares/<share>/answers/"
std::string answers_prefix(const std::string& share);

// Beside index.html.
constexpr std::string_view kRestName = "rest.json";
std::string rest_key(const std::string& share);

// The name of an object below answers/ that any guest may store, by chance: it says nothing of what is in it.
std::string new_answer_slot();
bool is_answer_slot(std::string_view name);

}  // namespace meanwhile
