#include "tests/support/slow_line.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/support/raw_http.h"

namespace meanwhile {
namespace {

using Clock = std::chrono::steady_clock;

struct OnItsWay {
  Clock::time_point arrives;
  std::string bytes;
};

constexpr std::string_view kPost = "POST ";

void send_at_once(int socket) {
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int milliseconds_until(Clock::time_point moment) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(moment - Clock::now());
  return static_cast<int>(std::max<std::int64_t>(0, left.count()));
}

}  // namespace

SlowLine::SlowLine(int port, std::chrono::milliseconds each_way) : server_port_(port), each_way_(each_way) {
  listener_ = listen_on_loopback(port_);
  acceptor_ = std::jthread([this] { accept_all(); });
}

SlowLine::~SlowLine() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  std::vector<std::jthread> threads;
  {
    auto state = state_.lock();
    threads.swap(state->threads);
    for (const int socket : state->sockets) ::shutdown(socket, SHUT_RDWR);
  }
  threads.clear();
  ::close(listener_);
}

void SlowLine::cut() {
  is_cut_ = true;
  auto state = state_.lock();
  for (const int socket : state->sockets) ::shutdown(socket, SHUT_RDWR);
}

void SlowLine::accept_all() {
  while (true) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    if (is_cut_) {
      close_with_reset(client);
      continue;
    }
    auto state = state_.lock();
    state->threads.emplace_back([this, client] { serve(client); });
  }
}

void SlowLine::serve(int client) {
  const int server = connect_to_loopback(server_port_);
  if (server < 0) return close_with_reset(client);
  for (const int socket : {client, server}) {
    send_at_once(socket);
    state_.lock()->sockets.insert(socket);
  }
  {
    const std::jthread up([&] { pass_on(client, server, Way::Up); });
    pass_on(server, client, Way::Down);
  }
  for (const int socket : {client, server}) {
    state_.lock()->sockets.erase(socket);
    ::close(socket);
  }
}

// What is read waits its time out, while more is read.
void SlowLine::pass_on(int from, int to, Way way) {
  // A server hears nothing before its "you may" has gone there and something has come back.
  const auto opened = Clock::now() + (way == Way::Up ? 2 * each_way_ : std::chrono::milliseconds(0));
  std::deque<OnItsWay> line;
  bool is_open = true;
  while (is_open || !line.empty()) {
    while (!line.empty() && line.front().arrives <= Clock::now()) {
      send_all(to, line.front().bytes);
      line.pop_front();
    }
    pollfd waiting{.fd = is_open ? from : -1, .events = POLLIN, .revents = 0};
    if (!is_open && line.empty()) break;
    ::poll(&waiting, 1, line.empty() ? -1 : milliseconds_until(line.front().arrives));
    if (!is_open || waiting.revents == 0) continue;
    std::array<char, 65536> piece{};
    const ssize_t count = ::recv(from, piece.data(), piece.size(), 0);
    if (count <= 0) {
      is_open = false;
      continue;
    }
    if (way == Way::Up && !takes_posts_ && std::string_view(piece.data(), kPost.size()) == kPost) {
      send_all(from, "HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      ::shutdown(from, SHUT_RDWR);
      is_open = false;
      continue;
    }
    if (way == Way::Down) bytes_down_ += static_cast<std::uint64_t>(count);
    line.push_back({std::max(opened, Clock::now()) + each_way_,
                    std::string(piece.data(), static_cast<std::size_t>(count))});
  }
  ::shutdown(to, SHUT_WR);
}

}  // namespace meanwhile
