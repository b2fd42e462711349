// Answers of guests that somebody pastes into the window.
#pragma once

#include <string>

#include "app/window/desk.h"

namespace meanwhile {

// Takes up those in the text, and tells what came in. true: some did.
bool take_pasted(const Desk& desk, const std::string& text);

}  // namespace meanwhile
