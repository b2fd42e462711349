// Languages as people call them.
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// "German", "Portuguese (Brazil)"; a tag that nobody knows is its own name, "" is "Captions".
std::string language_name(std::string_view tag);

}  // namespace meanwhile
