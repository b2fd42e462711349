// The page's own sources (web/), as embed.cmake put them into the program.
#pragma once

#include <string_view>

namespace meanwhile {

std::string_view web_page();    // page.html
std::string_view web_style();   // page.css
std::string_view web_script();  // what order.txt names, joined

}  // namespace meanwhile
