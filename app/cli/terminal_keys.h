// Single keys from a terminal, without Enter.
#pragma once

#include <termios.h>

#include <optional>
#include <string>

#include "media/base/thread_checker.h"

namespace meanwhile {

// While it lives, keys typed into the terminal arrive at once and aren't echoed; Ctrl-C stays Ctrl-C. Not a
// terminal, or a job in the background: there are no keys; they are there once it comes to the foreground,
// also after Ctrl-Z. One thread.
class TerminalKeys {
 public:
  explicit TerminalKeys(int terminal) : terminal_(terminal) { take_over(); }
  ~TerminalKeys();
  TerminalKeys(const TerminalKeys&) = delete;
  TerminalKeys& operator=(const TerminalKeys&) = delete;

  bool are_there() const { return is_in_foreground(); }
  // The next one that was typed, as the Latin layout has it (key_places.h); arrows and the like are passed
  // over. nullopt: none since the last call. Never blocks.
  std::optional<char> next();

 private:
  bool is_in_foreground() const;
  void take_over();
  void read_typed();

  const int terminal_;
  std::optional<termios> before_;  // how the terminal was
  std::string typed_;              // not handed out yet
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
