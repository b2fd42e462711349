// A connection to an X server, and owners for what xcb allocates.
#pragma once

#include <xcb/xcb.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "media/base/result.h"

namespace meanwhile {

struct XcbDisconnect {
  void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
};
using XConnection = std::unique_ptr<xcb_connection_t, XcbDisconnect>;

struct XcbFree {
  void operator()(void* memory) const { std::free(memory); }
};
// What an xcb_..._reply() gave; null after an X error or when the connection broke.
template <typename T>
using XReply = std::unique_ptr<T, XcbFree>;

using XEvent = std::unique_ptr<xcb_generic_event_t, XcbFree>;

template <typename T>
XReply<T> owned(T* reply) {
  return XReply<T>(reply);
}

struct XScreen {
  XConnection connection;
  xcb_screen_t* screen = nullptr;  // belongs to the connection
  std::string display;             // ":0", never empty
};

// display: ":99", "host:10.0"; empty: $DISPLAY. Blocks for the server's answer.
// Errors: NotFound (no display named, none there, or it refuses us).
Result<XScreen> connect_to_x(const std::string& display);

// A server that dies while it is written to must not end the process: xcb writes without MSG_NOSIGNAL. For
// the calling thread, for good.
void block_broken_pipe_signal();

}  // namespace meanwhile
