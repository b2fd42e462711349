// The waits that the window's thread still has. Meant to become none.
#pragma once

#include <span>

#include "media/base/blocking.h"

namespace meanwhile {

std::span<const BlockingException> allowed_waits();

}  // namespace meanwhile
