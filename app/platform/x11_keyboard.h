// Where the letters are on the keyboard of an X server, as it is laid out now.
#pragma once

#include <xcb/xcb.h>

#include <cstdint>
#include <memory>
#include <optional>

#include "media/base/result.h"

struct xkb_context;
struct xkb_keymap;
struct xkb_state;

namespace meanwhile {

// One thread at a time; the connection must outlive it.
class X11Keyboard {
 public:
  // Errors: Unavailable (the server has no such extension).
  static Result<std::unique_ptr<X11Keyboard>> create(xcb_connection_t* x);

  // The key that writes this small Latin letter in the layout that is in use; where that layout has no such
  // letter, the one that a US keyboard has in its place.
  std::optional<xcb_keycode_t> code_of(char letter) const;
  // Whether the event tells of another layout; then that is read.
  bool note(const xcb_generic_event_t& event);

 private:
  explicit X11Keyboard(xcb_connection_t* x) : x_(x) {}
  Result<void> read();

  struct Unref {
    void operator()(xkb_context* context) const;
    void operator()(xkb_keymap* keymap) const;
    void operator()(xkb_state* state) const;
  };
  xcb_connection_t* const x_;
  std::uint8_t first_event_ = 0;
  std::int32_t device_ = -1;
  std::unique_ptr<xkb_context, Unref> context_;
  std::unique_ptr<xkb_keymap, Unref> keymap_;
  std::uint32_t layout_ = 0;
};

}  // namespace meanwhile
