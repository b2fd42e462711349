// What the named characters of HTML stand for, "name=character " one after the other, a space behind each.
// White space itself isn't among them. Source: https://html.spec.whatwg.org/multipage/named-characters.html
#pragma once

#include <string_view>

namespace meanwhile {

// Those that also stand without a semicolon: &eacute and &eacute;
std::string_view names_without_end();
// Those that don't.
std::string_view names_with_end();

}  // namespace meanwhile
