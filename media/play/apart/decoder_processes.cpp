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
#include <optional>
#include <string>
#include <utility>

#include "media/base/blocking.h"
#include "media/base/descriptor.h"
#include "media/base/files.h"
#include "media/base/guarded.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/apart/decoder_link.h"
#include "media/play/apart/decoder_program.h"
#include "media/play/apart/packets.h"
#include "media/play/apart/sanitizers.h"

namespace meanwhile {
namespace {

constexpr const char* kStarting = tr_later("starting a decoder");
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
    if (id == 0) return errno_failure(tr(kStarting));
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

  // Asks for a process and doesn't wait for it.
  Result<void> ask() {
    auto shared = DecoderLink::make_shared();
    if (!shared) return std::unexpected(shared.error());
    auto ends = make_packet_pair();
    if (!ends) return std::unexpected(ends.error());
    const std::array<int, 3> given{ends->second.get(), shared->lap->descriptor(),
                                   shared->arena->descriptor()};
    const SplitOff wish;
    if (!send_packet(socket_.get(), bytes_of(wish), given))
      return fail(ErrorCode::Unavailable, tr(kStarting));
    asked_ = Asked{std::move(ends->first), std::move(*shared)};
    return {};
  }

  // The process that was asked for; where there is none, or it has ended since, a new one.
  Result<std::unique_ptr<DecoderLink>> take() {
    if (asked_) {
      auto spare = receive();
      if (!spare || !(*spare)->has_ended()) return spare;
    }
    MEANWHILE_TRY(ask());
    return receive();
  }

 private:
  struct Asked {
    Descriptor socket;
    DecoderLink::Shared shared;
  };

  Running(Descriptor socket, pid_t id) : socket_(std::move(socket)), id_(id) {}

  Result<std::unique_ptr<DecoderLink>> receive() {
    Asked asked = std::move(*std::exchange(asked_, std::nullopt));
    pollfd waited{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&waited, 1, static_cast<int>(kLongestStart.count())) <= 0)
      return fail(ErrorCode::Unavailable, tr(kStarting));
    SplitOff answer;
    auto packet = receive_with_descriptors(socket_.get(), writable_bytes_of(answer));
    if (!packet) return fail(ErrorCode::Unavailable, tr(kStarting));
    if (packet->descriptors.size() != 1)
      return fail(ErrorCode::Unavailable, std::string(tr(kStarting)) + ": " + std::strerror(answer.error));
    return std::make_unique<DecoderLink>(std::move(asked.socket), std::move(packet->descriptors.front()),
                                         std::move(asked.shared));
  }

  const Descriptor socket_;
  const pid_t id_;
  std::optional<Asked> asked_;  // whose answer waits in the socket, or will
};

struct State {
  std::string program;  // empty: none
  std::unique_ptr<Running> running;
  bool keeps_spare = false;  // a process that waits for the next track
};

Guarded<State>& state() {
  static Guarded<State> only;
  return only;
}

Result<void> start_if_needed(State& state) {
  if (state.running) return {};
  if (state.program.empty()) return fail(ErrorCode::Unavailable, tr("no decoders are set up"));
  auto running = Running::start(state.program);
  if (!running) return fail(ErrorCode::Unavailable, running.error().message);
  state.running = std::move(*running);
  return {};
}

Result<std::unique_ptr<DecoderLink>> take_one(State& state) {
  MEANWHILE_TRY(start_if_needed(state));
  auto link = state.running->take();
  if (link && state.keeps_spare) (void)state.running->ask();  // if it fails, so will the next take()
  return link;
}

}  // namespace

void set_decoder_program(const std::string& program) {
  auto all = state().lock();
  *all = State{.program = program, .running = nullptr};
}

bool are_decoders_apart() {
  return !state().lock()->program.empty();
}

void prepare_decoder() {
  auto all = state().lock();
  if (std::exchange(all->keeps_spare, true) || !start_if_needed(*all)) return;
  (void)all->running->ask();
}

// Waits for the lock as long as another one takes: nobody opens tracks faster than they are split off.
Result<std::unique_ptr<DecoderLink>> start_decoder() {
  may_block(Blocking::Process, "a decoder");
  auto all = state().lock();
  const bool was_running = all->running != nullptr;
  auto link = take_one(*all);
  if (link || !was_running) return link;
  // It was ended from outside: a new one.
  all->running.reset();
  return take_one(*all);
}

}  // namespace meanwhile
