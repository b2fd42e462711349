#include "app/cli/terminal_keys.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "app/cli/key_places.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

constexpr char kEscape = 0x1B;

// A key that sends more than a letter: "ESC [ A", "ESC O P", "ESC [ 1 ; 5 C". Source: ECMA-48 s. 5.4.
std::size_t escape_length(std::string_view typed) {
  if (typed.size() < 2 || (typed[1] != '[' && typed[1] != 'O')) return 1;
  std::size_t length = 2;
  while (length < typed.size() && (typed[length] < '@' || typed[length] > '~')) ++length;
  return length < typed.size() ? length + 1 : length;
}

// A character of several bytes of which the rest is on its way.
bool is_cut_off(std::string_view typed) {
  const auto first = static_cast<unsigned char>(typed.front());
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  return typed.size() < length;
}

}  // namespace

TerminalKeys::~TerminalKeys() {
  if (before_ && is_in_foreground()) ::tcsetattr(terminal_, TCSANOW, &*before_);
}

// Also again: a shell makes the terminal its own whenever this job is stopped or in the background, in which
// changing it would stop the job (POSIX, SIGTTOU).
void TerminalKeys::take_over() {
  constexpr auto kLines = static_cast<tcflag_t>(ICANON | ECHO);
  termios settings{};
  if (!is_in_foreground() || ::tcgetattr(terminal_, &settings) != 0) return;
  if ((settings.c_lflag & kLines) == 0) return;
  before_ = settings;
  settings.c_lflag &= ~kLines;
  ::tcsetattr(terminal_, TCSANOW, &settings);
}

void TerminalKeys::read_typed() {
  pollfd waiting{.fd = terminal_, .events = POLLIN, .revents = 0};
  std::array<char, 64> bytes{};
  if (::poll(&waiting, 1, 0) != 1) return;
  const ssize_t count = ::read(terminal_, bytes.data(), bytes.size());
  if (count > 0) typed_.append(bytes.data(), static_cast<std::size_t>(count));
}

std::optional<char> TerminalKeys::next() {
  one_thread_.check();
  if (!is_in_foreground()) return std::nullopt;
  take_over();
  read_typed();
  while (!typed_.empty() && !is_cut_off(typed_)) {
    std::string_view rest = typed_;
    char key = 0;
    if (rest.front() == kEscape) {
      rest.remove_prefix(escape_length(rest));
    } else {
      key = key_at_place(take_code_point(rest).value_or(0));
    }
    typed_.erase(0, typed_.size() - rest.size());
    if (key != 0) return key;
  }
  return std::nullopt;
}

bool TerminalKeys::is_in_foreground() const {
  return ::isatty(terminal_) == 1 && ::tcgetpgrp(terminal_) == ::getpgrp();
}

}  // namespace meanwhile
