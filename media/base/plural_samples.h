// How a language counts.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace meanwhile {

// Of each category of CLDR that a language has for whole numbers ("one", "few", "other", ...) a number that
// is said so, for asking a catalog how a sentence is said in each. language: BCP 47. Empty: ICU has no rules.
std::map<std::string, std::uint64_t> plural_samples(const std::string& language);

}  // namespace meanwhile
