// What a program is started with may be closed, or close in the middle.
#pragma once

namespace meanwhile {

// A write to somebody who reads no more fails from now on, and ends the program no longer; programs that are
// started from here get that signal as ever (POSIX: handlers aren't inherited). Of the three standard
// streams, those that are closed become /dev/null: else the next file that is opened would take what is said.
// At the start of the program.
void keep_standard_streams();

}  // namespace meanwhile
