#include "app/platform/hotkeys.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "app/platform/portal_hotkeys.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#ifdef MEANWHILE_X11
#include <sys/socket.h>
#include <xcb/xcb.h>

#include <cstddef>
#include <expected>

#include "app/platform/x11_keyboard.h"
#include "app/platform/x11_session.h"
#include "media/base/log.h"
#include "media/base/named_thread.h"
#endif

namespace meanwhile {
namespace {

struct Combination {
  Hotkey key;
  char letter;
};

constexpr std::array<Combination, 6> kCombinations{{{Hotkey::PauseOrResume, 'p'},
                                                    {Hotkey::Stop, 's'},
                                                    {Hotkey::Mute, 'm'},
                                                    {Hotkey::SayAgain, 'b'},
                                                    {Hotkey::Draw, 'd'},
                                                    {Hotkey::Chapter, 'c'}}};

Result<std::unique_ptr<Hotkeys>> ask_portal(std::function<void(Hotkey)> on_press) {
  auto keys = make_portal_hotkeys(std::move(on_press));
  if (!keys) return fail(ErrorCode::Unsupported, tr("this system gives programs no keys of their own"));
  return keys;
}

}  // namespace

std::string hotkey_name(Hotkey key) {
  for (const Combination& one : kCombinations)
    // TRANSLATORS: The names that these keys have on your keyboards; {} is a letter.
    if (one.key == key) return tr_format("Ctrl+Alt+{}", static_cast<char>(one.letter - 'a' + 'A'));
  return {};
}

std::string hotkeys_words() {
#ifdef MEANWHILE_X11
  if (is_x11_session())
    return tr(
        "Ctrl+Alt with P pauses, S stops, M mutes, B redoes the last sentence, C begins a chapter, D "
        "draws.");
#endif
  return tr(
      "Where your desktop gives programs keys, it asks you once which ones pause, stop and mute. "
      "Elsewhere, use the tray, or this window.");
}

#ifdef MEANWHILE_X11
namespace {

class X11Hotkeys final : public Hotkeys {
 public:
  explicit X11Hotkeys(std::function<void(Hotkey)> on_press)
      : on_press_(std::move(on_press)), x_(xcb_connect(nullptr, nullptr)) {}
  ~X11Hotkeys() override {
    // The server gives the keys back when the connection ends, and the thread wakes from it.
    ::shutdown(xcb_get_file_descriptor(x_.get()), SHUT_RDWR);
  }

  Result<void> grab();
  void listen() {
    thread_ = NamedThread("hotkeys", [this] { run(); });
  }

 private:
  Result<void> grab_one(const Combination& combination);
  void grab_again();
  void handle(const xcb_generic_event_t& event);
  void run();

  const std::function<void(Hotkey)> on_press_;
  const X11Connection x_;
  std::unique_ptr<X11Keyboard> keyboard_;
  std::array<xcb_keycode_t, kCombinations.size()> codes_{};
  NamedThread thread_;  // last: joined before the connection goes
};

// A grab holds for exactly these modifiers: Caps Lock and Num Lock (Mod2) may be on too.
Result<void> X11Hotkeys::grab_one(const Combination& combination) {
  const auto code = keyboard_->code_of(combination.letter);
  if (!code)
    return fail(ErrorCode::Unavailable,
                tr_format("the keyboard has no key for {}", hotkey_name(combination.key)));
  codes_[static_cast<std::size_t>(&combination - kCombinations.data())] = *code;
  const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(x_.get())).data->root;
  for (const int locks :
       {0, int{XCB_MOD_MASK_LOCK}, int{XCB_MOD_MASK_2}, XCB_MOD_MASK_LOCK | XCB_MOD_MASK_2}) {
    const auto modifiers = static_cast<std::uint16_t>(XCB_MOD_MASK_CONTROL | XCB_MOD_MASK_1 | locks);
    const X11Reply<xcb_generic_error_t> error(xcb_request_check(
        x_.get(),
        xcb_grab_key_checked(x_.get(), 0, root, modifiers, *code, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC)));
    if (error)
      return fail(ErrorCode::AlreadyExists,
                  tr_format("another program holds the keys {}", hotkey_name(combination.key)));
  }
  return {};
}

Result<void> X11Hotkeys::grab() {
  if (xcb_connection_has_error(x_.get()))
    return fail(ErrorCode::Unavailable, tr("the X server can't be reached for keys"));
  auto keyboard = X11Keyboard::create(x_.get());
  if (!keyboard) return std::unexpected(keyboard.error());
  keyboard_ = std::move(*keyboard);
  for (const Combination& combination : kCombinations) MEANWHILE_TRY(grab_one(combination));
  return {};
}

// Under another layout the letters are elsewhere. What another program holds there stays its own.
void X11Hotkeys::grab_again() {
  const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(x_.get())).data->root;
  xcb_ungrab_key(x_.get(), XCB_GRAB_ANY, root, XCB_MOD_MASK_ANY);
  codes_.fill(0);
  for (const Combination& combination : kCombinations) {
    if (const auto grabbed = grab_one(combination); !grabbed) log(LogLevel::Warning, grabbed.error().message);
  }
}

void X11Hotkeys::handle(const xcb_generic_event_t& event) {
  constexpr int kSentEventBit = 0x80;
  if (keyboard_->note(event)) return grab_again();
  if ((event.response_type & ~kSentEventBit) != XCB_KEY_PRESS) return;
  const auto code = reinterpret_cast<const xcb_key_press_event_t&>(event).detail;
  for (std::size_t i = 0; i < codes_.size(); ++i)
    if (codes_[i] == code) on_press_(kCombinations[i].key);
}

void X11Hotkeys::run() {
  while (const X11Reply<xcb_generic_event_t> event{xcb_wait_for_event(x_.get())}) handle(*event);
}

}  // namespace

Result<std::unique_ptr<Hotkeys>> Hotkeys::create(std::function<void(Hotkey)> on_press) {
  if (!is_x11_session()) return ask_portal(std::move(on_press));
  auto keys = std::make_unique<X11Hotkeys>(std::move(on_press));
  MEANWHILE_TRY(keys->grab());
  keys->listen();
  return keys;
}

#else

Result<std::unique_ptr<Hotkeys>> Hotkeys::create(std::function<void(Hotkey)> on_press) {
  return ask_portal(std::move(on_press));
}

#endif

}  // namespace meanwhile
