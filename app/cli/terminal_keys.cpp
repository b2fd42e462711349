#include "app/cli/terminal_keys.h"

#include <poll.h>
#include <unistd.h>

#include <optional>

namespace meanwhile {

TerminalKeys::TerminalKeys(int terminal) : terminal_(terminal) {
  termios settings{};
  // A job in the background would be stopped for changing its terminal (POSIX, SIGTTOU).
  if (!is_in_foreground() || ::tcgetattr(terminal_, &settings) != 0) return;
  before_ = settings;
  settings.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  ::tcsetattr(terminal_, TCSANOW, &settings);
}

TerminalKeys::~TerminalKeys() {
  if (before_ && is_in_foreground()) ::tcsetattr(terminal_, TCSANOW, &*before_);
}

std::optional<char> TerminalKeys::next() {
  one_thread_.check();
  if (!before_ || !is_in_foreground()) return std::nullopt;
  pollfd waiting{.fd = terminal_, .events = POLLIN, .revents = 0};
  char key = 0;
  if (::poll(&waiting, 1, 0) != 1 || ::read(terminal_, &key, 1) != 1) return std::nullopt;
  return key;
}

bool TerminalKeys::is_in_foreground() const {
  return ::isatty(terminal_) == 1 && ::tcgetpgrp(terminal_) == ::getpgrp();
}

}  // namespace meanwhile
