#include "app/platform/x11_keyboard.h"

#include <xkbcommon/xkbcommon-x11.h>
#include <xkbcommon/xkbcommon.h>

// Its C header has a field of this name.
#define explicit explicit_field
#include <xcb/xkb.h>
#undef explicit

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// A US keyboard's places of a to z, by row and column. Source: xkeyboard-config's keycodes/evdev.
constexpr const char* kPlaces[] = {"AC01", "AB05", "AB03", "AC03", "AD03", "AC04", "AC05", "AC06", "AD08",
                                   "AC07", "AC08", "AC09", "AB07", "AB06", "AD09", "AD10", "AD01", "AD04",
                                   "AC02", "AD05", "AD07", "AB04", "AD02", "AB02", "AD06", "AB01"};
constexpr int kSentEventBit = 0x80;

}  // namespace

void X11Keyboard::Unref::operator()(xkb_context* context) const {
  xkb_context_unref(context);
}
void X11Keyboard::Unref::operator()(xkb_keymap* keymap) const {
  xkb_keymap_unref(keymap);
}
void X11Keyboard::Unref::operator()(xkb_state* state) const {
  xkb_state_unref(state);
}

Result<std::unique_ptr<X11Keyboard>> X11Keyboard::create(xcb_connection_t* x) {
  std::unique_ptr<X11Keyboard> keyboard(new X11Keyboard(x));
  const bool has_extension = xkb_x11_setup_xkb_extension(
      x, XKB_X11_MIN_MAJOR_XKB_VERSION, XKB_X11_MIN_MINOR_XKB_VERSION, XKB_X11_SETUP_XKB_EXTENSION_NO_FLAGS,
      nullptr, nullptr, &keyboard->first_event_, nullptr);
  keyboard->device_ = has_extension ? xkb_x11_get_core_keyboard_device_id(x) : -1;
  keyboard->context_.reset(xkb_context_new(XKB_CONTEXT_NO_FLAGS));
  if (keyboard->device_ < 0 || !keyboard->context_)
    return fail(ErrorCode::Unavailable, tr("the X server doesn't tell how its keyboard is laid out"));
  constexpr std::uint16_t kNews = XCB_XKB_EVENT_TYPE_STATE_NOTIFY | XCB_XKB_EVENT_TYPE_MAP_NOTIFY |
                                  XCB_XKB_EVENT_TYPE_NEW_KEYBOARD_NOTIFY;
  xcb_xkb_select_events(x, static_cast<xcb_xkb_device_spec_t>(keyboard->device_), kNews, 0, kNews, 0xFF, 0xFF,
                        nullptr);
  MEANWHILE_TRY(keyboard->read());
  return keyboard;
}

Result<void> X11Keyboard::read() {
  std::unique_ptr<xkb_keymap, Unref> keymap(
      xkb_x11_keymap_new_from_device(context_.get(), x_, device_, XKB_KEYMAP_COMPILE_NO_FLAGS));
  const std::unique_ptr<xkb_state, Unref> state(
      keymap ? xkb_x11_state_new_from_device(keymap.get(), x_, device_) : nullptr);
  if (!state) return fail(ErrorCode::Unavailable, tr("reading how the keyboard is laid out"));
  layout_ = xkb_state_serialize_layout(state.get(), XKB_STATE_LAYOUT_EFFECTIVE);
  keymap_ = std::move(keymap);
  return {};
}

std::optional<xcb_keycode_t> X11Keyboard::code_of(char letter) const {
  const auto wanted = static_cast<xkb_keysym_t>(letter);
  for (xkb_keycode_t key = xkb_keymap_min_keycode(keymap_.get());
       key <= xkb_keymap_max_keycode(keymap_.get()); ++key) {
    const xkb_layout_index_t layouts = xkb_keymap_num_layouts_for_key(keymap_.get(), key);
    if (layouts == 0) continue;
    const xkb_keysym_t* symbols = nullptr;
    const int count = xkb_keymap_key_get_syms_by_level(keymap_.get(), key, layout_ % layouts, 0, &symbols);
    if (count == 1 && symbols[0] == wanted) return static_cast<xcb_keycode_t>(key);
  }
  const xkb_keycode_t place = xkb_keymap_key_by_name(keymap_.get(), kPlaces[letter - 'a']);
  return place == XKB_KEYCODE_INVALID ? std::nullopt : std::optional(static_cast<xcb_keycode_t>(place));
}

bool X11Keyboard::note(const xcb_generic_event_t& event) {
  if ((event.response_type & ~kSentEventBit) != first_event_) return false;
  // All of the extension's events begin alike; of the keyboard's state only another layout is news.
  const auto& state = reinterpret_cast<const xcb_xkb_state_notify_event_t&>(event);
  const bool is_state = state.xkbType == XCB_XKB_STATE_NOTIFY;
  if (is_state && (state.changed & XCB_XKB_STATE_PART_GROUP_STATE) == 0) return false;
  return read().has_value();
}

}  // namespace meanwhile
