#include "app/platform/window_seat.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "media/base/descriptor.h"
#include "media/base/files.h"
#include "media/base/log.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr const char* kSeatLock = "window.lock";
constexpr const char* kSeatSocket = "window.socket";
constexpr char kTakenUp = '+';
constexpr int kWaitingCallers = 16;
// Whoever calls says it at once; the next one mustn't wait for a silent one.
constexpr timeval kTimeToSpeak{.tv_sec = 1, .tv_usec = 0};

// A home's path may be longer than a socket's address: through the folder's descriptor it is short (proc(5)).
sockaddr_un address_in(const Descriptor& folder) {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  const std::string path = fmt::format("/proc/self/fd/{}/{}", folder.get(), kSeatSocket);
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

Descriptor open_folder(const std::filesystem::path& folder) {
  return Descriptor(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

// A file that stays of one that was killed is replaced: whoever has the lock has the name.
Descriptor open_socket(const std::filesystem::path& folder) {
  const Descriptor place = open_folder(folder);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_un address = address_in(place);
  ::unlinkat(place.get(), kSeatSocket, 0);
  const bool is_open =
      ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::listen(socket.get(), kWaitingCallers) == 0;
  if (is_open) return socket;
  log(LogLevel::Warning, std::string("links can't be given to this window: ") + std::strerror(errno));
  return Descriptor();
}

void write_process_id(const Descriptor& lock) {
  const std::string id = fmt::format("{}\n", ::getpid());
  if (::ftruncate(lock.get(), 0) != 0 || ::pwrite(lock.get(), id.data(), id.size(), 0) < 0)
    log(LogLevel::Warning, std::string("writing ") + kSeatLock + ": " + std::strerror(errno));
}

std::string process_of_seat(const std::filesystem::path& folder) {
  const Descriptor lock(::open((folder / kSeatLock).c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 16> text{};
  const auto size = ::read(lock.get(), text.data(), text.size() - 1);
  const std::string id(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return id.substr(0, id.find_first_not_of("0123456789"));
}

bool is_mine(const Descriptor& caller) {
  ucred who{};
  socklen_t size = sizeof who;
  return ::getsockopt(caller.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && who.uid == ::geteuid();
}

// Up to the line's end; "": none came, or it is too long.
std::string read_line(const Descriptor& caller) {
  ::setsockopt(caller.get(), SOL_SOCKET, SO_RCVTIMEO, &kTimeToSpeak, sizeof kTimeToSpeak);
  std::string line;
  std::array<char, 1024> part{};
  while (line.size() <= WindowSeat::kLongestCall) {
    const auto got = ::recv(caller.get(), part.data(), part.size(), 0);
    if (got <= 0) return {};
    line.append(part.data(), static_cast<std::size_t>(got));
    if (const auto end = line.find('\n'); end != std::string::npos) return line.substr(0, end);
  }
  return {};
}

std::unexpected<Error> silent(const std::filesystem::path& folder) {
  const std::string process = process_of_seat(folder);
  if (process.empty())
    return fail(
        ErrorCode::Unavailable,
        tr("a window of Meanwhile is open for this home, but it doesn't answer; end it and try again"));
  return fail(
      ErrorCode::Unavailable,
      // TRANSLATORS: {} is a process's number.
      tr_format("a window of Meanwhile is open for this home, but it doesn't answer (process {}); end it "
                "and try again",
                process));
}

}  // namespace

WindowSeat::WindowSeat(Descriptor lock, Descriptor socket)
    : lock_(std::move(lock)), socket_(std::move(socket)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

WindowSeat::~WindowSeat() {
  eventfd_write(wake_.get(), 1);
}

Result<std::unique_ptr<WindowSeat>> WindowSeat::take(const std::filesystem::path& folder) {
  const auto file = folder / kSeatLock;
  Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!lock.is_open())
    return std::unexpected(error_from_errno(errno, tr_format("opening {}", file.string())));
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return nullptr;
    log(LogLevel::Warning, "locking " + file.string() + ": " + std::strerror(errno));
    return std::unique_ptr<WindowSeat>(new WindowSeat(std::move(lock), Descriptor()));
  }
  write_process_id(lock);
  return std::unique_ptr<WindowSeat>(new WindowSeat(std::move(lock), open_socket(folder)));
}

void WindowSeat::listen(OnCall on_call) {
  if (!socket_.is_open()) return;
  on_call_ = std::move(on_call);
  thread_ = NamedThread("second-start", [this] { run(); });
}

void WindowSeat::run() {
  std::array<pollfd, 2> both{{{.fd = socket_.get(), .events = POLLIN, .revents = 0},
                              {.fd = wake_.get(), .events = POLLIN, .revents = 0}}};
  for (;;) {
    if (::poll(both.data(), both.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return;
    }
    if (both[1].revents != 0) return;
    if (both[0].revents == 0) continue;
    Descriptor caller(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (caller.is_open() && is_mine(caller)) answer(std::move(caller));
  }
}

void WindowSeat::answer(Descriptor caller) {
  const std::string line = read_line(caller);
  if (line.empty()) return;
  const auto shared = std::make_shared<const Descriptor>(std::move(caller));
  on_call_(line, [shared] { (void)::send(shared->get(), &kTakenUp, 1, MSG_NOSIGNAL | MSG_DONTWAIT); });
}

Result<void> call_window(const std::filesystem::path& folder, const std::string& line,
                         std::chrono::milliseconds patience) {
  const Descriptor place = open_folder(folder);
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const sockaddr_un address = address_in(place);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    // EAGAIN: so many wait already that it surely hangs.
    if (errno == EAGAIN) return silent(folder);
    if (errno == ENOENT || errno == ECONNREFUSED)
      return fail(ErrorCode::TryAgain, tr("the window of this home isn't up yet"));
    return std::unexpected(error_from_errno(errno, tr("calling the window of this home")));
  }
  const std::string words = line + "\n";
  if (::send(socket.get(), words.data(), words.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(words.size()))
    return silent(folder);
  pollfd answer{.fd = socket.get(), .events = POLLIN, .revents = 0};
  if (::poll(&answer, 1, static_cast<int>(patience.count())) <= 0) return silent(folder);
  char taken = 0;
  if (::recv(socket.get(), &taken, 1, 0) == 1 && taken == kTakenUp) return {};
  return fail(ErrorCode::TryAgain, tr("the window of this home has just been closed"));
}

}  // namespace meanwhile
