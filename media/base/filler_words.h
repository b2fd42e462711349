// Words as they are compared with each other, and those that say nothing: "um", "äh", "euh".
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// Of a word as it is written down, in small letters and without the signs around it: "Well," is "well".
std::string bare_word(std::string_view word);

// Somebody only looked for words, in that language (BCP 47, "en" or "en-AU"); "": only what is a word in no
// language. However long it was drawn ("Uhhm"). What may have a meaning ("you know", "well", "also") is none.
bool is_filler(std::string_view word, std::string_view language);

// Said twice in a row it may be meant so: "very very", "had had", "nous nous", a number.
bool may_be_doubled(std::string_view bare_word);

}  // namespace meanwhile
