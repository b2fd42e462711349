// Characters as web pages and captions write them: "&eacute;", "&#233;", "&#xE9;".
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// Takes the reference at the front of text, which begins with '&', and adds the character to `plain`: white
// space and control characters as a space, so that lines stay lines. What is no reference is an ampersand.
// Source: https://html.spec.whatwg.org/multipage/parsing.html, "character reference state".
void take_reference(std::string_view& text, std::string& plain);

}  // namespace meanwhile
