#include "media/play/apart/decoder_processes.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <expected>
#include <memory>
#include <string>
#include <utility>

#include "media/base/blocking.h"
#include "media/base/descriptor.h"
#include "media/base/files.h"
#include "media/base/guarded.h"
#include "media/base/result.h"
#include "media/play/apart/decoder_link.h"
#include "media/play/apart/decoder_program.h"
#include "media/play/apart/packets.h"
#include "media/play/apart/sanitizers.h"

namespace meanwhile {
namespace {

constexpr const char* kStarting = "starting a decoder";
// A program that starts on a busy machine takes a second.
constexpr std::chrono::milliseconds kLongestStart{20'000};

// How it is started: in a process group of its own, so that Ctrl-C is for us alone, with no environment, and
// no descriptor but its end of the socket.
class Attributes {
 public:
  explicit Attributes(int socket) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&actions_, STDIN_FILENO, STDOUT_FILENO);
    // Sanitizers have things to say.
    if (!kIsSanitized) posix_spawn_file_actions_adddup2(&actions_, STDIN_FILENO, STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, socket, kDecoderSocket);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }
  // Its id, or 0 with errno.
  pid_t start(const std::string& program) const {
    std::array<char*, 2> arguments{const_cast<char*>(kDecoderName), nullptr};
    std::array<char*, 1> environment{nullptr};
    pid_t id = 0;
    errno = posix_spawn(&id, program.c_str(), &actions_, &attributes_, arguments.data(), environment.data());
    return errno == 0 ? id : 0;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// The program, while it runs.
class Running {
 public:
  static Result<std::unique_ptr<Running>> start(const std::string& program) {
    auto ends = make_packet_pair();
    if (!ends) return std::unexpected(ends.error());
    const Attributes attributes(ends->second.get());
    const pid_t id = attributes.start(program);
    if (id == 0) return errno_failure(kStarting);
    return std::unique_ptr<Running>(new Running(std::move(ends->first), id));
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  // Its processes end with it.
  ~Running() {
    ::kill(id_, SIGKILL);
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  // The pidfd of a new process that has these.
  Result<Descriptor> split_off(int socket, const DecoderLink::Shared& shared) const {
    const std::array<int, 3> given{socket, shared.lap->descriptor(), shared.arena->descriptor()};
    const SplitOff wish;
    if (!send_packet(socket_.get(), bytes_of(wish), given)) return fail(ErrorCode::Unavailable, kStarting);
    pollfd waited{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&waited, 1, static_cast<int>(kLongestStart.count())) <= 0)
      return fail(ErrorCode::Unavailable, kStarting);
    SplitOff answer;
    auto packet = receive_with_descriptors(socket_.get(), writable_bytes_of(answer));
    if (!packet) return fail(ErrorCode::Unavailable, kStarting);
    if (packet->descriptors.size() != 1)
      return fail(ErrorCode::Unavailable, std::string(kStarting) + ": " + std::strerror(answer.error));
    return std::move(packet->descriptors.front());
  }

 private:
  Running(Descriptor socket, pid_t id) : socket_(std::move(socket)), id_(id) {}
  const Descriptor socket_;
  const pid_t id_;
};

struct State {
  std::string program;  // empty: none
  std::unique_ptr<Running> running;
};

Guarded<State>& state() {
  static Guarded<State> only;
  return only;
}

Result<void> start_if_needed(State& state) {
  if (state.running) return {};
  if (state.program.empty()) return fail(ErrorCode::Unavailable, "no decoders are set up");
  auto running = Running::start(state.program);
  if (!running) return fail(ErrorCode::Unavailable, running.error().message);
  state.running = std::move(*running);
  return {};
}

// Waits for the lock as long as another one takes: nobody opens tracks faster than they are split off.
Result<Descriptor> split_off(int socket, const DecoderLink::Shared& shared) {
  auto all = state().lock();
  const bool was_running = all->running != nullptr;
  MEANWHILE_TRY(start_if_needed(*all));
  auto process = all->running->split_off(socket, shared);
  if (process || !was_running) return process;
  // It was ended from outside: a new one.
  all->running.reset();
  MEANWHILE_TRY(start_if_needed(*all));
  return all->running->split_off(socket, shared);
}

}  // namespace

void set_decoder_program(const std::string& program) {
  auto all = state().lock();
  all->program = program;
  all->running.reset();
}

bool are_decoders_apart() {
  return !state().lock()->program.empty();
}

void start_decoder_program() {
  (void)start_if_needed(*state().lock());
}

Result<std::unique_ptr<DecoderLink>> start_decoder() {
  may_block(Blocking::Process, "a decoder");
  auto shared = DecoderLink::make_shared();
  if (!shared) return std::unexpected(shared.error());
  auto ends = make_packet_pair();
  if (!ends) return std::unexpected(ends.error());
  auto process = split_off(ends->second.get(), *shared);
  if (!process) return std::unexpected(process.error());
  return std::make_unique<DecoderLink>(std::move(ends->first), std::move(*process), std::move(*shared));
}

}  // namespace meanwhile
