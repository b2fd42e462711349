// Text where some characters mean something else: in URLs, and in HTML and XML.
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// All but unreserved characters become %XX. keep: further ones that stay. Source: RFC 3986 s. 2.
std::string percent_encode(std::string_view text, std::string_view keep = "");

// What HTML and XML take for markup, in text or in a quoted attribute, as references. Captions know fewer of
// them: escaped_cue_text() (cue_text.h).
std::string escape_markup(std::string_view text);

}  // namespace meanwhile
