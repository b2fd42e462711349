// Places that are libraries already, made without the program.
#pragma once

#include <string>

namespace meanwhile {

// Makes the place at url a library, if it isn't one; gives url back. Throws if that fails.
std::string founded(const std::string& url, const std::string& name = "Team");

}  // namespace meanwhile
