// How long the texts of a library may be, in characters.
#pragma once

#include <cstddef>

namespace meanwhile {

// Comments, replies and edits. Characters are Unicode code points.
constexpr std::size_t kLongestText = 10'000;
constexpr std::size_t kLongestTitle = 300;
constexpr std::size_t kLongestDescription = 2'000;
constexpr std::size_t kLongestName = 100;

}  // namespace meanwhile
