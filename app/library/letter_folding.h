// Letters as a search compares them: upper and lower case, and what people leave out or type in another way,
// are the same; what makes another word of it is not.
#pragma once

#include <unicode/unistr.h>

#include <string>
#include <string_view>

namespace meanwhile {

// "Straße" is "strasse", "Đà Nẵng" "da nang", "Ёлка" "елка", "مُحَمَّد" "محمد"; Indic vowel signs, Thai tones,
// "й" and "が" stay. Full-width forms, ligatures and every script's digits are the plain ones. What ICU fails
// at stays as it is. Thread: any. Source: Unicode UAX #15 (NFKD), UAX #44 (Script, General_Category).
icu::UnicodeString fold_letters(const icu::UnicodeString& text);
// The same of UTF-8.
std::string folded_letters(std::string_view text);

// UTF-8 in which a letter that can be written in several ways is written in one (NFC); otherwise as it was.
std::string composed_letters(std::string_view text);

}  // namespace meanwhile
