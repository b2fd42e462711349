// Which language this run of the program speaks.
#pragma once

namespace meanwhile {

// MEANWHILE_LANGUAGE, else what the settings say of the home that the arguments or the environment name, else
// as the desktop says. Before anything is said.
void speak_readers_language(int argc, const char* const* argv);

}  // namespace meanwhile
