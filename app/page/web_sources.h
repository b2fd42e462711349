// The pages' own sources, as embed.cmake put them into the program.
#pragma once

#include <string_view>

namespace meanwhile {

// web/, which shows one update, and list/, which shows what a folder has.
std::string_view web_page();    // page.html
std::string_view web_style();   // theme.css and page.css
std::string_view web_script();  // what order.txt names, joined
std::string_view list_page();
std::string_view list_style();
std::string_view list_script();

}  // namespace meanwhile
