// The languages that the program speaks, and which of them its reader wants.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace meanwhile {

struct Language {
  const char* code;  // BCP 47: "de"
  const char* name;  // its own: "Deutsch"
  // GNU gettext's format, in the program; empty: the source's own.
  std::string_view catalog;
};

// English first.
std::span<const Language> languages();

// A variable's value; nullopt: not set.
using VariableReader = std::function<std::optional<std::string>(const std::string& name)>;

// setting: a code of languages(); "": as the desktop says. Source: GNU gettext's manual, "The LANGUAGE
// variable"; POSIX, "Environment Variables".
const Language& choose_language(std::string_view setting, const VariableReader& variables);
// How the reader writes times and numbers, for set_format_locale: the language with the desktop's region; "":
// nobody said, so as the source has them.
std::string choose_formats(const Language& language, const VariableReader& variables);

// From here on, in all threads.
void use_language(const Language& language, const VariableReader& variables);

}  // namespace meanwhile
