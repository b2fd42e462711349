#include "app/demo/xvfb.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/files.h"
#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr int kStartTimeoutMilliseconds = 20'000;

// Xvfb writes the display number it took, and a newline, once it listens. Empty: it never did.
std::string read_display_number(int descriptor) {
  std::string text;
  pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
  char c = 0;
  while (::poll(&waiting, 1, kStartTimeoutMilliseconds) == 1 && ::read(descriptor, &c, 1) == 1) {
    if (c == '\n') return text;
    text.push_back(c);
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Xvfb>> Xvfb::start(Size size, const std::vector<std::string>& more,
                                          const std::filesystem::path& log) {
  std::array<int, 2> number{};
  if (::pipe2(number.data(), O_CLOEXEC) != 0)
    return std::unexpected(error_from_errno(errno, tr("making a pipe for Xvfb")));
  const std::string screen = std::to_string(size.width) + "x" + std::to_string(size.height) + "x24";
  std::vector<std::string> arguments{"Xvfb",      "-displayfd", std::to_string(number[1]),
                                     "-screen",   "0",          screen,
                                     "-nolisten", "tcp",        "-noreset"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  auto process = ChildProcess::start(arguments, {.output = log, .kept_descriptor = number[1]});
  ::close(number[1]);
  const std::string display = process ? read_display_number(number[0]) : "";
  ::close(number[0]);
  if (!process)
    return fail(tr("starting the private screen of Xvfb, which the package xvfb has"), process.error());
  if (display.empty())
    return fail(ErrorCode::Unavailable, tr("starting Xvfb: it never said which display it has"));
  return std::unique_ptr<Xvfb>(new Xvfb(std::move(*process), ":" + display));
}

}  // namespace meanwhile
