// What a person types that nobody is to see.
#pragma once

#include <string>

#include "media/base/result.h"

namespace meanwhile {

enum class Echo { On, Off };

// Somebody can be asked: standard input is a terminal.
bool is_at_terminal();

// One line of standard input, without its end. At a terminal the question is asked first, on standard error,
// and with Echo::Off what is typed isn't shown. Errors: EndOfStream, Aborted (Ctrl-C).
Result<std::string> ask_line(const std::string& question, Echo echo);

}  // namespace meanwhile
