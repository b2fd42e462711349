#include "media/capture/x11/connection.h"

#include <csignal>
#include <cstdlib>
#include <string>
#include <utility>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

xcb_screen_t* screen_at(xcb_connection_t* connection, int number) {
  xcb_screen_iterator_t screens = xcb_setup_roots_iterator(xcb_get_setup(connection));
  for (; number > 0 && screens.rem > 1; --number) xcb_screen_next(&screens);
  return screens.rem > 0 ? screens.data : nullptr;
}

}  // namespace

Result<XScreen> connect_to_x(const std::string& display) {
  const char* variable = std::getenv("DISPLAY");
  const std::string name = !display.empty() ? display : variable ? variable : "";
  if (name.empty())
    return fail(ErrorCode::NotFound, tr("finding a screen: there is no X display ($DISPLAY is empty)"));
  int number = 0;
  XConnection connection(xcb_connect(name.c_str(), &number));
  const int error = xcb_connection_has_error(connection.get());
  if (error == XCB_CONN_CLOSED_PARSE_ERR) {
    return fail(ErrorCode::NotFound,
                tr_format("connecting to the X display “{}”: that isn't a display's name", name));
  }
  if (error != 0) {
    return fail(
        ErrorCode::NotFound,
        tr_format("connecting to the X display “{}”: no X server answers there, or it refuses us", name));
  }
  xcb_screen_t* screen = screen_at(connection.get(), number);
  if (!screen) return fail(ErrorCode::NotFound, tr_format("the X display “{}” has no screen", name));
  return XScreen{std::move(connection), screen, name};
}

void block_broken_pipe_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace meanwhile
