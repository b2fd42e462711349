// People's names as others are shown them: none that can't be seen, and no two that look the same. Threads:
// any.
#pragma once

#include <string>
#include <string_view>

#include "media/base/translation.h"

namespace meanwhile {

// Something of it is to be seen: a letter, a digit or a sign, not only blanks, fillers or marks without a
// letter.
bool is_visible_name(std::string_view name);
// Somebody's own, as a system has it: not an account's ("root", "Debian Live user"), nor a login ("anna7").
bool is_persons_name(std::string_view name);
// What to tell a person whose own name isn't; tr() where it is told.
inline constexpr const char* kInvisibleNameAdvice =
    tr_later("Your name needs at least one letter or sign that others can see");

// The same for names that people take for one another: "Ada", "ADA", "Аda" with a Cyrillic А, one with a
// joiner in it; and for "Ada · 2nd", which only shown_name() may say. "": no visible name. Source: Unicode
// UTS #39, "skeleton".
std::string name_skeleton(std::string_view name);

// name: as its person said it (display_line). place: among those whose names have its skeleton, from 1: all
// but the first are marked, "Ada · 2nd (k3f9)", with the beginning of their ids. Who has no visible name is
// "Unnamed (k3f9)".
std::string shown_name(std::string_view name, std::string_view person, int place);

// Somebody who isn't in the library, by their shown_name(): "Sam (guest)", "Sam (guest, known)".
std::string guest_name(std::string_view shown, bool is_known);
// "Sam" again, of a guest's.
std::string_view without_guest_mark(std::string_view name);

}  // namespace meanwhile
