#include "app/demo/private_display.h"

#include <poll.h>
#include <xcb/xcb.h>
#include <xcb/xtest.h>

#include <cstdint>
#include <cstdlib>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "app/demo/xvfb.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr int kWindowTimeoutMs = 20'000;

}  // namespace

struct PrivateDisplay::Connection {
  xcb_connection_t* xcb;
  xcb_window_t root;

  ~Connection() { xcb_disconnect(xcb); }

  Result<void> fake_input(std::uint8_t type, std::uint8_t detail, int x, int y) {
    xcb_test_fake_input(xcb, type, detail, XCB_CURRENT_TIME, root, static_cast<std::int16_t>(x),
                        static_cast<std::int16_t>(y), 0);
    if (xcb_flush(xcb) <= 0) return fail(ErrorCode::Unavailable, tr("the private X server is gone"));
    return {};
  }
};

PrivateDisplay::PrivateDisplay(std::unique_ptr<Xvfb> server, std::unique_ptr<Connection> connection)
    : server_(std::move(server)), connection_(std::move(connection)) {}

PrivateDisplay::~PrivateDisplay() = default;

Result<std::unique_ptr<PrivateDisplay>> PrivateDisplay::start(int width, int height,
                                                              const std::filesystem::path& log) {
  auto server = Xvfb::start({width, height}, {}, log);
  if (!server) return std::unexpected(server.error());
  const std::string& name = (*server)->display();
  xcb_connection_t* xcb = xcb_connect(name.c_str(), nullptr);
  if (xcb_connection_has_error(xcb)) {
    xcb_disconnect(xcb);
    return fail(ErrorCode::Unavailable, tr_format("connecting to the private X server {} failed", name));
  }
  const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(xcb)).data->root;
  constexpr std::uint32_t kTellOfWindows = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
  xcb_change_window_attributes(xcb, root, XCB_CW_EVENT_MASK, &kTellOfWindows);
  xcb_flush(xcb);
  auto connection = std::unique_ptr<Connection>(new Connection{xcb, root});
  return std::unique_ptr<PrivateDisplay>(new PrivateDisplay(std::move(*server), std::move(connection)));
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
      return fail(ErrorCode::Unavailable, tr("no window was shown in time"));
  }
  return fail(ErrorCode::Unavailable, tr("the private X server is gone"));
}

Result<void> PrivateDisplay::move_pointer(int x, int y) {
  return connection_->fake_input(XCB_MOTION_NOTIFY, 0, x, y);
}

}  // namespace meanwhile
