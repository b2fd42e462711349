#include "tests/bench/mpv_session.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <thread>

#include "tests/support/process_times.h"

namespace meanwhile {
namespace {

constexpr auto kDeadline = std::chrono::seconds(30);
constexpr int kDeadlineMilliseconds = 30'000;
constexpr auto kRetry = std::chrono::milliseconds(10);

bool connect_to(int socket, const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

Result<std::unique_ptr<MpvSession>> MpvSession::start(const std::vector<std::string>& options) {
  std::unique_ptr<MpvSession> session(new MpvSession);
  std::vector<std::string> words{"mpv",
                                 "--no-config",
                                 "--idle=yes",
                                 "--pause",
                                 "--vo=null",
                                 "--no-audio",
                                 "--hr-seek=yes",
                                 "--keep-open=yes",
                                 "--input-ipc-server=" + (session->folder_.path() / "socket").string()};
  words.insert(words.end(), options.begin(), options.end());
  auto process = ChildProcess::start(words, {.environment = {}, .output = session->folder_.path() / "log"});
  if (!process) return std::unexpected(process.error());
  session->process_ = std::move(*process);
  MEANWHILE_TRY(session->connect());
  return session;
}

MpvSession::~MpvSession() {
  if (socket_ >= 0) ::close(socket_);
}

// Nothing tells when the socket is there.
Result<void> MpvSession::connect() {
  socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const std::string path = (folder_.path() / "socket").string();
  const auto end = std::chrono::steady_clock::now() + kDeadline;
  while (!connect_to(socket_, path)) {
    if (std::chrono::steady_clock::now() > end)
      return fail(ErrorCode::Unavailable, "connecting to mpv: it doesn't listen");
    std::this_thread::sleep_for(kRetry);
  }
  return {};
}

Result<Json> MpvSession::request(const Json& command) {
  events_.clear();
  const int id = ++last_request_;
  const std::string text = Json{{"command", command}, {"request_id", id}}.dump() + "\n";
  if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
    return fail(ErrorCode::Unavailable, "asking mpv: it is gone");
  auto answer = receive([id](const Json& message) { return message.value("request_id", 0) == id; });
  if (!answer) return answer;
  if (answer->value("error", "") != "success")
    return fail(ErrorCode::Io,
                fmt::format("asking mpv for {}: {}", command.dump(), answer->value("error", "")));
  return answer->value("data", Json{});
}

Result<void> MpvSession::wait_for_event(const std::string& name) {
  const auto is_wanted = [&name](const Json& message) { return message.value("event", "") == name; };
  if (std::ranges::any_of(events_, is_wanted)) return {};
  auto event = receive(is_wanted);
  if (!event) return std::unexpected(event.error());
  return {};
}

int MpvSession::take_events(const std::string& name) {
  return static_cast<int>(
      std::erase_if(events_, [&name](const Json& event) { return event.value("event", "") == name; }));
}

Result<Json> MpvSession::receive(const std::function<bool(const Json&)>& is_wanted) {
  for (;;) {
    auto line = read_line();
    if (!line) return std::unexpected(line.error());
    const Json message = Json::parse(*line, nullptr, false);
    if (is_wanted(message)) return message;
    if (message.contains("event")) events_.push_back(message);
  }
}

Result<std::string> MpvSession::read_line() {
  std::size_t end = 0;
  while ((end = received_.find('\n')) == std::string::npos) {
    std::array<char, 4096> bytes{};
    pollfd waiting{socket_, POLLIN, 0};
    const ssize_t count =
        poll(&waiting, 1, kDeadlineMilliseconds) == 1 ? ::recv(socket_, bytes.data(), bytes.size(), 0) : 0;
    if (count <= 0) return fail(ErrorCode::Unavailable, "waiting for mpv: no answer");
    received_.append(bytes.data(), static_cast<std::size_t>(count));
  }
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 1);
  return line;
}

double MpvSession::processor_seconds() const {
  return processor_seconds_of(process_->id());
}

}  // namespace meanwhile
