// What windows say of themselves, made fit for people. Every program may write there what it likes.
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// Of WM_NAME, whose type STRING means Latin-1.
std::string utf8_from_latin1(std::string_view bytes);

// Of WM_CLASS: "instance NUL class NUL", of which the class is the program's name. Source: ICCCM 4.1.2.5.
std::string_view program_in(std::string_view wm_class);

// One line of at most some 80 characters: the title, and the program in parentheses where the title doesn't
// name it. title, program: UTF-8, or what claims to be. Empty: there is neither.
std::string window_name(std::string_view title, std::string_view program);

}  // namespace meanwhile
