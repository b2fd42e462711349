// A catalog of GNU gettext's format ("MO").
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "media/base/translation.h"

namespace meanwhile {

// mo: a whole file. nullptr: it is none. Source: GNU gettext's manual, "The Format of GNU MO Files";
// Boost.Locale.
std::unique_ptr<const Catalog> make_catalog(const std::string& language, std::string_view mo);

}  // namespace meanwhile
