// Single keys from a terminal, without Enter.
#pragma once

#include <termios.h>

#include <optional>

#include "media/base/thread_checker.h"

namespace meanwhile {

// While it lives, keys typed into the terminal arrive at once and aren't echoed; Ctrl-C stays Ctrl-C. Not a
// terminal, or a job in the background: there are no keys. One thread.
class TerminalKeys {
 public:
  explicit TerminalKeys(int terminal);
  ~TerminalKeys();
  TerminalKeys(const TerminalKeys&) = delete;
  TerminalKeys& operator=(const TerminalKeys&) = delete;

  bool are_there() const { return before_.has_value(); }
  // The next one that was typed; nullopt: none since the last call. Never blocks.
  std::optional<char> next();

 private:
  bool is_in_foreground() const;

  const int terminal_;
  std::optional<termios> before_;  // how the terminal was
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
