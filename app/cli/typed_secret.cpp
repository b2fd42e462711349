#include "app/cli/typed_secret.h"

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestLine = 64 << 10;

// While it lives, the terminal shows nothing of what is typed, if it is asked to.
class TerminalEcho {
 public:
  explicit TerminalEcho(Echo echo) {
    is_changed_ = echo == Echo::Off && ::tcgetattr(STDIN_FILENO, &before_) == 0;
    if (!is_changed_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~TerminalEcho() {
    if (!is_changed_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::fputc('\n', stderr);
  }
  TerminalEcho(const TerminalEcho&) = delete;
  TerminalEcho& operator=(const TerminalEcho&) = delete;

 private:
  bool is_changed_ = false;
  termios before_{};
};

}  // namespace

bool is_at_terminal() {
  return ::isatty(STDIN_FILENO) == 1;
}

Result<std::string> ask_line(const std::string& question, Echo echo) {
  if (is_at_terminal()) std::fprintf(stderr, "%s: ", question.c_str());
  const TerminalEcho quiet(echo);
  std::string line;
  char c = 0;
  // Byte by byte: what follows the line is the next question's.
  while (line.size() < kLongestLine) {
    const ssize_t count = ::read(STDIN_FILENO, &c, 1);
    if (count < 0) return fail(errno == EINTR ? ErrorCode::Aborted : ErrorCode::EndOfStream, tr("stopped"));
    if (count == 0 && line.empty()) return fail(ErrorCode::EndOfStream, tr("there is no more input"));
    if (count == 0 || c == '\n') break;
    line += c;
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace meanwhile
