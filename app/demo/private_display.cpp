#include "app/demo/private_display.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <xcb/xcb.h>
#include <xcb/xtest.h>

#include <array>
#include <cstdlib>

#include "media/base/files.h"

namespace meanwhile {
namespace {

constexpr int kStartTimeoutMs = 10'000;
constexpr int kWindowTimeoutMs = 20'000;

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  ~Pipe() {
    for (int end : ends) {
      if (end >= 0) ::close(end);
    }
  }
  void close_write_end() { ::close(std::exchange(ends[1], -1)); }
};

// Xvfb writes its display's number and a newline when it is ready.
Result<std::string> read_display_number(int descriptor) {
  std::string number;
  while (number.find('\n') == std::string::npos) {
    pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
    std::array<char, 16> buffer{};
    if (::poll(&watched, 1, kStartTimeoutMs) <= 0)
      return fail(ErrorCode::Unavailable, "Xvfb did not start in time");
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count <= 0) return fail(ErrorCode::Unavailable, "Xvfb ended while starting");
    number.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return number.substr(0, number.find('\n'));
}

}  // namespace

struct PrivateDisplay::Connection {
  xcb_connection_t* xcb;
  xcb_window_t root;

  ~Connection() { xcb_disconnect(xcb); }

  Result<void> fake_input(std::uint8_t type, std::uint8_t detail, int x, int y) {
    xcb_test_fake_input(xcb, type, detail, XCB_CURRENT_TIME, root, static_cast<std::int16_t>(x),
                        static_cast<std::int16_t>(y), 0);
    if (xcb_flush(xcb) <= 0) return fail(ErrorCode::Unavailable, "the private X server is gone");
    return {};
  }
};

PrivateDisplay::PrivateDisplay(ChildProcess server, std::string name, std::unique_ptr<Connection> connection)
    : server_(std::move(server)), name_(std::move(name)), connection_(std::move(connection)) {}

PrivateDisplay::~PrivateDisplay() = default;

Result<std::unique_ptr<PrivateDisplay>> PrivateDisplay::start(int width, int height,
                                                              const std::filesystem::path& log) {
  Pipe pipe;
  if (::pipe2(pipe.ends.data(), O_CLOEXEC) != 0)
    return std::unexpected(error_from_errno(errno, "making a pipe"));
  const std::string size = std::to_string(width) + "x" + std::to_string(height) + "x24";
  auto server = ChildProcess::start({"Xvfb", "-displayfd", std::to_string(pipe.ends[1]), "-screen", "0", size,
                                     "-nolisten", "tcp", "-noreset"},
                                    {.log = log, .inherited_descriptor = pipe.ends[1]});
  if (!server) return std::unexpected(server.error());
  pipe.close_write_end();
  auto number = read_display_number(pipe.ends[0]);
  if (!number) return std::unexpected(number.error());

  const std::string name = ":" + *number;
  xcb_connection_t* xcb = xcb_connect(name.c_str(), nullptr);
  if (xcb_connection_has_error(xcb)) {
    xcb_disconnect(xcb);
    return fail(ErrorCode::Unavailable, "connecting to the private X server " + name + " failed");
  }
  const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(xcb)).data->root;
  constexpr std::uint32_t kTellOfWindows = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
  xcb_change_window_attributes(xcb, root, XCB_CW_EVENT_MASK, &kTellOfWindows);
  xcb_flush(xcb);
  auto connection = std::unique_ptr<Connection>(new Connection{xcb, root});
  return std::unique_ptr<PrivateDisplay>(new PrivateDisplay(std::move(*server), name, std::move(connection)));
}

Result<void> PrivateDisplay::wait_for_window() {
  pollfd watched{.fd = xcb_get_file_descriptor(connection_->xcb), .events = POLLIN, .revents = 0};
  while (!xcb_connection_has_error(connection_->xcb)) {
    while (const auto event = std::unique_ptr<xcb_generic_event_t, decltype(&std::free)>(
               xcb_poll_for_event(connection_->xcb), &std::free)) {
      constexpr int kSentEventBit = 0x80;
      if ((event->response_type & ~kSentEventBit) == XCB_MAP_NOTIFY) return {};
    }
    if (::poll(&watched, 1, kWindowTimeoutMs) <= 0)
      return fail(ErrorCode::Unavailable, "no window was shown in time");
  }
  return fail(ErrorCode::Unavailable, "the private X server is gone");
}

Result<void> PrivateDisplay::move_pointer(int x, int y) {
  return connection_->fake_input(XCB_MOTION_NOTIFY, 0, x, y);
}

Result<void> PrivateDisplay::click(int x, int y) {
  MEANWHILE_TRY(move_pointer(x, y));
  MEANWHILE_TRY(connection_->fake_input(XCB_BUTTON_PRESS, 1, 0, 0));
  return connection_->fake_input(XCB_BUTTON_RELEASE, 1, 0, 0);
}

}  // namespace meanwhile
