// One window a home: whoever sits is the window, later starts hand over what they were opened for. What a
// killed window leaves is in nobody's way.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "media/base/descriptor.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"

namespace meanwhile {

// Held while the object lives: a lock and a socket in the home's folder. Owns the thread "second-start".
class WindowSeat {
 public:
  static constexpr std::size_t kLongestCall = 16 * 1024;

  // folder: of the home, private to the person; there. nullptr: another living window has it. Where the
  // folder's file system knows no locks or sockets, a seat on which nobody is called. Errors:
  // PermissionDenied, NoSpace.
  static Result<std::unique_ptr<WindowSeat>> take(const std::filesystem::path& folder);
  ~WindowSeat();
  WindowSeat(const WindowSeat&) = delete;
  WindowSeat& operator=(const WindowSeat&) = delete;

  // on_call: on that thread; must return at once. taken_up: to be called, by any thread, when the window has
  // done what the line asks for; dropped uncalled, the caller hears that it wasn't.
  using OnCall = std::function<void(const std::string& line, std::function<void()> taken_up)>;
  void listen(OnCall on_call);

 private:
  WindowSeat(Descriptor lock, Descriptor socket);
  void run();
  void answer(Descriptor caller);

  const Descriptor lock_;
  const Descriptor socket_;  // may be none
  const Descriptor wake_;
  OnCall on_call_;
  NamedThread thread_;  // last: joined before anything above goes
};

// Gives the line to the window that has the seat, and waits until it is taken up. Errors: TryAgain (it is
// just coming up, or has just gone), Unavailable (it doesn't answer: says which process it is), Io.
Result<void> call_window(const std::filesystem::path& folder, const std::string& line,
                         std::chrono::milliseconds patience);

}  // namespace meanwhile
