// How the reader writes times and numbers. Which words are around them is a matter of translation.h.
#pragma once

#include <optional>
#include <string>

#include "media/base/identifier.h"

namespace meanwhile {

// "de_AT", as ICU calls locales; "": as the source writes them ("3 Nov 14:05", "1.5"). For all threads.
void set_format_locale(std::string locale);
std::string format_locale();

// "1.5" or "1,5": with so many digits behind the point.
std::string decimal_words(double value, int digits);
// The same for "0.5", "1" or "1.25": as many digits as it takes, up to so many.
std::string short_decimal_words(double value, int most_digits);

// Fields of a time, in the order and with the words of the locale; nullopt: there is none. wall: what the
// clock on the wall shows, as if it were UTC. skeleton: which fields, in ICU's letters: "yMMMdjm". Source:
// unicode.org/reports/tr35/tr35-dates.html, "Date Field Symbol Table".
std::optional<std::string> time_fields(WallTime wall, const char* skeleton);

}  // namespace meanwhile
